"""What the Bot API refuses, in its own words."""

import re
from typing import Any

TEXT_LIMIT = 4096
CALLBACK_DATA_BYTES = 64
BUTTONS = 100
BUTTONS_IN_ROW = 8
TOAST_LIMIT = 200
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}|")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
URL = re.compile(r"(https?|tg)://\S+")
ENTITIES = {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "url"}

Json = dict[str, Any]

KNOWN_PARAMETERS = {
    "sendMessage": {"chat_id", "text", "entities", "reply_markup", "link_preview_options",
                    "disable_notification", "protect_content", "parse_mode"},
    "editMessageText": {"chat_id", "message_id", "text", "entities", "reply_markup", "link_preview_options",
                        "parse_mode"},
    "sendVenue": {"chat_id", "latitude", "longitude", "title", "address", "reply_markup",
                  "disable_notification", "protect_content"},
    "deleteMessage": {"chat_id", "message_id"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    "getFile": {"file_id"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
}  # fmt: skip


class Refusal(Exception):
    """A method that is not carried out: the answer's code, its description and its parameters."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(description: str) -> Refusal:
    """A refusal with code 400."""
    return Refusal(400, f"Bad Request: {description}")


def utf16_length(text: str) -> int:
    """The length that offsets of entities are counted in."""
    return len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """What an entity covers. Raises UnicodeDecodeError when it cuts a character in two."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def check_parameters(method: str, params: Json) -> None:
    """Refuse a parameter that is no part of a method: the real server is silent, a test should not be."""
    known = KNOWN_PARAMETERS.get(method)
    if known is not None and (strange := sorted(set(params) - known)):
        raise bad_request(f"unknown parameters {', '.join(strange)}")


def check_text(params: Json) -> str:
    """The text of a message, as long as is allowed."""
    text = params.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text


def check_venue(params: Json) -> Json:
    """A place on the map, as the message has it."""
    latitude, longitude = params.get("latitude"), params.get("longitude")
    if not isinstance(latitude, float | int) or not isinstance(longitude, float | int):
        raise bad_request("wrong location")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong location")
    title, address = params.get("title"), params.get("address")
    if not title or not address:
        raise bad_request("venue title and address must be non-empty")
    return {
        "location": {"latitude": latitude, "longitude": longitude},
        "title": title,
        "address": address,
    }


def check_preview(options: Any) -> str | None:
    """The address whose preview is shown with a message; None for none."""
    known = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
    if options is None:
        return None
    if not isinstance(options, dict) or set(options) - known:
        raise bad_request("can't parse link preview options")
    url = options.get("url")
    if url is not None and not URL.fullmatch(url):
        raise bad_request("wrong HTTP URL")
    return None if options.get("is_disabled") else url


def check_entities(text: str, entities: Any) -> list[Json]:
    """Entities that lie within the text and cut no character in two."""
    if entities is None:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array")
    for entity in entities:
        _check_entity(text, entity)
    return entities


def _check_entity(text: str, entity: Json) -> None:
    if entity.get("type") not in ENTITIES:
        raise bad_request(f"can't parse entities: unknown type {entity.get('type')!r}")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 1:
        raise bad_request("can't parse entities: wrong offset or length")
    if offset + length > utf16_length(text):
        raise bad_request("entity ends after the end of the text")
    try:
        utf16_slice(text, offset, length)
    except UnicodeDecodeError:
        raise bad_request("entity begins or ends in a middle of a UTF-16 symbol") from None


def check_markup(markup: Any, *, inline_only: bool = False) -> Json | None:
    """A reply markup of one kind within its limits."""
    if markup is None:
        return None
    kinds = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
    if not isinstance(markup, dict) or len(kinds & set(markup)) != 1:
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"], _check_inline_button)
    elif inline_only:
        raise bad_request("inline keyboard expected")
    elif "keyboard" in markup:
        _check_rows(markup["keyboard"], _check_keyboard_button)
        if len(markup.get("input_field_placeholder", "x")) not in range(1, 65):
            raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
    return markup


def _check_rows(rows: Any, check: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if sum(map(len, rows)) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            if not isinstance(button, dict) or not button.get("text"):
                raise bad_request("can't parse inline keyboard button: text is empty")
            check(button)


def _check_inline_button(button: Json) -> None:
    if len({"callback_data", "url"} & set(button)) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not URL.fullmatch(url):
        raise bad_request("BUTTON_URL_INVALID")


def _check_keyboard_button(button: Json) -> None:
    if {"callback_data", "url"} & set(button):
        raise bad_request("can't parse keyboard button")


def check_commands(params: Json) -> list[Json]:
    """A list of commands that the menu can show."""
    commands: list[Json] = params.get("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def check_language(params: Json) -> str:
    """The language that a setting is for; empty for all that have none of their own."""
    language = params.get("language_code") or ""
    if not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return str(language)
