"""Messages of the log as the web chat's page gets them; see webchat_protocol for the shape."""

from datetime import timedelta
from urllib.parse import urlsplit

from bot.conversation.reply import Button, Held, Keys, Pin, Screen
from bot.web.chat_log import Said
from domain.local_time import local

Json = dict[str, object]


def item(said: Said, label: str | None = None) -> Json:
    """A message of the log as the page gets it.

    `label` is what the button said that the page has pressed.
    """
    at = local(said.at)
    shown: Json = {
        "id": str(said.id),
        "mine": said.mine,
        "day": f"{at:%Y-%m-%d}",
        "time": f"{at:%H:%M}",
        "text": label or said.text,
    }
    if said.kind in {"location", "file"}:
        shown["kind"] = said.kind
    if said.client_id:
        shown["client_id"] = said.client_id
    if said.language is not None:
        shown["language"] = said.language
    if said.screen is not None:
        shown |= _screen(said.screen)
        if said.screen.held is not None:
            shown["held"] = _held(said.screen.held, said.left)
    return shown


def milliseconds(left: timedelta | None) -> int | None:
    """What is left of a held seat as the page gets it; rounded down: never more than there is."""
    return None if left is None else left // timedelta(milliseconds=1)


def _screen(screen: Screen) -> Json:
    shown: Json = {
        "text": screen.text,
        "title": screen.title,
        "rows": [[_button(button) for button in row] for row in screen.rows],
        "ask": screen.ask.value if screen.ask else None,
        "ask_label": screen.ask_label,
        "typing": screen.typing,
        "hint": screen.hint,
        "keys": screen.keys.value if screen.keys is not Keys.LETTERS else None,
        "pin": _pin(screen.pin) if screen.pin is not None else None,
        "picture": urlsplit(screen.picture).path if screen.picture is not None else None,
    }
    return {name: value for name, value in shown.items() if value}


def _held(held: Held, left: timedelta | None) -> Json:
    return {"claim": str(held.claim_id), "left": milliseconds(left), "actions": held.actions}


def _pin(pin: Pin) -> Json:
    return {"name": pin.name, "address": pin.address or pin.coordinates, "url": pin.url}


def _button(button: Button) -> Json:
    if button.url is not None:
        return {"label": button.label, "url": button.url}
    return {"label": button.label, "action": button.action}
