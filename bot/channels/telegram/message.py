"""From a screen to the parameters of a message."""

from typing import Any

from bot.conversation.limits import TELEGRAM
from bot.conversation.reply import Ask, Pin, Row, Screen

Params = dict[str, Any]

REMOVE_KEYBOARD: Params = {"remove_keyboard": True}
_NO_PREVIEW = {"is_disabled": True}
_ASKS = {Ask.PHONE: "request_contact", Ask.LOCATION: "request_location"}
_LONGEST_HINT = 64
_LONGEST_IN_VENUE = 256


def asks(screen: Screen) -> bool:
    """The screen needs the keyboard below the entry field: only that one can share a phone or a place."""
    return screen.asks_by_keyboard and bool(screen.ask_label)


def venue_params(pin: Pin) -> Params:
    """A place on the map. Telegram wants an address: where there is none, the coordinates are one."""
    return {
        "latitude": pin.latitude,
        "longitude": pin.longitude,
        "title": pin.name[:_LONGEST_IN_VENUE],
        "address": pin.address[:_LONGEST_IN_VENUE] or pin.coordinates,
    }


def message_params(screen: Screen) -> Params:
    """Text, entities and markup of a screen. A picture is shown as the preview of its address, above all.

    A message has one markup: a screen that asks gets the keyboard, with its other buttons as plain rows,
    whose labels come back as typed text.
    """
    text = screen.text
    params: Params = {"link_preview_options": _preview(screen)}
    if screen.title and (title := screen.title.strip()):
        text = f"{title}\n\n{text}"
        params["entities"] = [{"type": "bold", "offset": 0, "length": _utf16_length(title)}]
    if asks(screen):
        text = _with_links(text, screen)
        params["reply_markup"] = _keyboard(screen)
    elif screen.rows:
        params["reply_markup"] = {"inline_keyboard": [_inline_row(row) for row in screen.rows]}
    if len(text) > TELEGRAM.plain_text:
        # Screens are measured before they get here; this is for the one that slipped through.
        text = text[: TELEGRAM.plain_text - 1] + "…"
    params["text"] = text
    return params


def _preview(screen: Screen) -> Params:
    """Telegram fetches the picture by itself, and shows none where it can't reach us."""
    if screen.picture is None:
        return _NO_PREVIEW
    return {"url": screen.picture, "prefer_large_media": True, "show_above_text": True}


def _utf16_length(text: str) -> int:
    """Entities are counted in UTF-16 units: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _inline_row(row: Row) -> list[Params]:
    return [
        {"text": button.label, "url": button.url}
        if button.url
        else {"text": button.label, "callback_data": button.action}
        for button in row
    ]


def _keyboard(screen: Screen) -> Params:
    assert screen.ask is not None
    rows: list[list[Params]] = [[{"text": screen.ask_label, _ASKS[screen.ask]: True}]]
    rows.extend([{"text": button.label} for button in row if not button.url] for row in screen.rows)
    markup: Params = {
        "keyboard": [row for row in rows if row],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    if screen.hint:
        markup["input_field_placeholder"] = screen.hint[:_LONGEST_HINT]
    return markup


def _with_links(text: str, screen: Screen) -> str:
    """The keyboard opens no pages: their addresses go into the text."""
    links = [f"{button.label}: {button.url}" for button in screen.buttons if button.url]
    return "\n\n".join([text, *links])
