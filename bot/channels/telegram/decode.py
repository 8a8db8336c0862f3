"""From an update to an incoming message.

Decoded by hand: this runs for every update, and building models of a library costs many times as much.
Only private chats are for us; groups, channels, edits and service messages are nothing.
"""

from typing import Any

from bot.conversation.incoming import (
    Address,
    Content,
    Incoming,
    Press,
    SharedFile,
    SharedLocation,
    SharedPhone,
    Text,
    Unsupported,
)

CHANNEL = "telegram"
ALLOWED_UPDATES = ("message", "callback_query")
_UNREADABLE = (
    "voice", "sticker", "video", "video_note", "audio", "animation", "poll", "dice",
    "story", "game", "paid_media", "checklist",
)  # fmt: skip
# What Telegram says about the chat itself. To anything else that we do not know we owe an answer.
_SERVICE = frozenset({
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "chat_background_set",
    "users_shared", "chat_shared", "web_app_data", "successful_payment", "refunded_payment", "invoice",
    "connected_website", "passport_data", "proximity_alert_triggered", "giveaway_created", "giveaway",
    "giveaway_winners", "giveaway_completed", "gift", "unique_gift", "boost_added",
    "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
    "new_chat_title", "new_chat_photo", "delete_chat_photo", "new_chat_members", "left_chat_member",
})  # fmt: skip


class MalformedUpdate(ValueError):
    """No update of the Bot API."""


def decode(update: Any) -> Incoming | None:
    """The message in an update; None when there is nothing for us. Raises MalformedUpdate."""
    try:
        external_id = str(_whole(update["update_id"]))
        if (message := update.get("message")) is not None:
            return _message(external_id, message)
        if (query := update.get("callback_query")) is not None:
            return _press(external_id, query)
    except (LookupError, TypeError, ValueError, AttributeError) as fault:
        raise MalformedUpdate(type(fault).__name__) from None
    return None


def press_to_answer(update: Any) -> str | None:
    """The id of the press in an update, whose button spins until it is answered, whatever it was for."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    query_id = query.get("id") if isinstance(query, dict) else None
    return query_id if isinstance(query_id, str) else None


def _message(external_id: str, message: Any) -> Incoming | None:
    chat = message["chat"]
    if chat["type"] != "private":
        return None
    sender = message["from"]
    content = _content(message, sender)
    if content is None or sender.get("is_bot") is True:
        return None
    return Incoming(
        address=Address(CHANNEL, str(_whole(chat["id"]))),
        external_id=external_id,
        content=content,
        message_id=str(_whole(message["message_id"])),
        language_hint=_language(sender),
    )


def _press(external_id: str, query: Any) -> Incoming | None:
    """A press of ours names its message; games and messages sent through other chats don't concern us."""
    message, action = query.get("message"), query.get("data")
    if message is None or action is None or message["chat"]["type"] != "private":
        return None
    return Incoming(
        address=Address(CHANNEL, str(_whole(message["chat"]["id"]))),
        external_id=external_id,
        content=Press(_text(action), str(_whole(message["message_id"]))),
        language_hint=_language(query["from"]),
    )


def _content(message: Any, sender: Any) -> Content | None:
    if (text := message.get("text")) is not None:
        return Text(_text(text))
    if (contact := message.get("contact")) is not None:
        # A card passed on may hold a number that its owner has given up since (ours).
        own = contact.get("user_id") == sender["id"] and "forward_origin" not in message
        return SharedPhone(_text(contact["phone_number"]), vouched=own)
    if (location := message.get("location")) is not None:
        return SharedLocation(float(location["latitude"]), float(location["longitude"]))
    for kind in _UNREADABLE:
        # Before documents: an animation comes as one, too.
        if kind in message:
            return Unsupported(kind)
    if sizes := message.get("photo"):
        return _photo(sizes)
    if (document := message.get("document")) is not None:
        return _document(document)
    return None if _SERVICE & message.keys() else Unsupported("other")


def _photo(sizes: Any) -> SharedFile:
    """Telegram makes a picture in several sizes: the largest is the one to be read."""
    largest = max(sizes, key=lambda size: _whole(size["width"]) * _whole(size["height"]))
    return SharedFile(_text(largest["file_id"]), "photo", size=_size(largest))


def _document(document: Any) -> SharedFile:
    """Whatever kind it says it is of: the look decides."""
    name = _text(document.get("file_name") or "")
    return SharedFile(_text(document["file_id"]), "document", name, _size(document))


def _size(file: Any) -> int | None:
    size = file.get("file_size")
    return None if size is None else _whole(size)


def _language(sender: Any) -> str | None:
    """`ru` of `ru-RU`."""
    code = sender.get("language_code")
    return code.partition("-")[0] if code else None


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise MalformedUpdate
    return number


def _text(text: Any) -> str:
    if type(text) is not str:
        raise MalformedUpdate
    # Without NUL, which PostgreSQL can't keep: such an update would come again for ever.
    return text.replace("\0", "")
