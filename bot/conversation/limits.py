"""What a channel can show: the limits every reply is measured against."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.reply import Screen


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a channel, in characters unless the name says otherwise.

    `text` holds for a message with buttons, `plain_text` for one without. `as_list_from` is the number
    of buttons from which the channel shows a list instead (WhatsApp), `list_text` the limit then.
    `counts_down`: what the channel has shown goes on showing how long a seat is held. `tells_later`: the
    family is there later, too, so that it can be told there what comes.
    """

    channel: str
    text: int
    plain_text: int
    label: int
    buttons: int
    buttons_in_row: int
    action_bytes: int
    can_edit: bool
    can_delete: bool
    as_list_from: int | None = None
    list_text: int | None = None
    list_label: int | None = None
    counts_down: bool = False
    tells_later: bool = True


TELEGRAM = Limits(
    channel="telegram", text=4096, plain_text=4096, label=64, buttons=100, buttons_in_row=8,
    action_bytes=64, can_edit=True, can_delete=True,
)  # fmt: skip
WEBCHAT = Limits(
    channel="webchat", text=8000, plain_text=8000, label=80, buttons=100, buttons_in_row=4,
    action_bytes=64, can_edit=False, can_delete=False, counts_down=True,
)  # fmt: skip
ASSISTED = Limits(
    channel="assisted", text=8000, plain_text=8000, label=80, buttons=100, buttons_in_row=4,
    action_bytes=64, can_edit=False, can_delete=False, tells_later=False,
)  # fmt: skip
WHATSAPP = Limits(
    channel="whatsapp", text=1024, plain_text=4096, label=20, buttons=10, buttons_in_row=1,
    action_bytes=64, can_edit=False, can_delete=False, as_list_from=4, list_text=4096, list_label=24,
)  # fmt: skip
LONGEST_LABEL = min(limits.label for limits in (TELEGRAM, WEBCHAT, WHATSAPP))
"""What fits on a button everywhere: names are cut to it."""
PROFILES = {limits.channel: limits for limits in (TELEGRAM, WEBCHAT, WHATSAPP, ASSISTED)}


def faults(screen: Screen, limits: Limits) -> Iterator[str]:
    """Each way in which a screen breaks the limits of a channel, in words for a developer."""
    buttons = screen.buttons
    listed = limits.as_list_from is not None and len(buttons) >= limits.as_list_from
    allowed = limits.plain_text if not buttons else limits.text
    if listed and limits.list_text is not None:
        allowed = limits.list_text
    # A title stands on a line of its own, with an empty one below it.
    length = len(screen.text) + (len(screen.title) + 2 if screen.title else 0)
    if length > allowed:
        yield f"{length} characters of text, {allowed} allowed"
    if not screen.text.strip():
        yield "a message without text"
    if screen.pin is not None and (buttons or screen.ask):
        yield "something hangs under a place on the map"
    if len(buttons) > limits.buttons:
        yield f"{len(buttons)} buttons, {limits.buttons} allowed"
    label_limit = limits.list_label if listed and limits.list_label else limits.label
    for button in buttons:
        if not button.label or len(button.label) > label_limit:
            yield f"a label of {len(button.label)} characters, {label_limit} allowed: {button.label}"
        if len(button.action.encode()) > limits.action_bytes:
            yield f"an action of {len(button.action.encode())} bytes: {button.action}"
    for row in screen.rows:
        if limits.buttons_in_row > 1 and len(row) > limits.buttons_in_row:
            yield f"{len(row)} buttons in a row"
