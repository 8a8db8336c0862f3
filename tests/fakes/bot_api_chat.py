"""A private chat with the bot, from the person's side."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tests.fakes.bot_api_files import SentFiles
from tests.fakes.bot_api_rules import Json, bad_request, utf16_slice

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Seen:
    """A message as the person sees it. `rows` are the labels of its buttons, `bold` its bold parts.

    `picture` is the address of the preview above it, `place` the point of a place on the map.
    """

    message_id: int
    mine: bool
    text: str
    rows: Rows = ()
    bold: tuple[str, ...] = ()
    edited: bool = False
    picture: str | None = None
    place: tuple[float, float] | None = None


@dataclass
class Kept:
    """A message as the server keeps it."""

    message_id: int
    from_bot: bool
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    edited: bool = False
    venue: Json | None = None
    preview: str | None = None

    def seen(self) -> Seen:
        """How it is shown."""
        markup = self.markup or {}
        return Seen(
            message_id=self.message_id,
            mine=not self.from_bot,
            text=f"{self.venue['title']}\n{self.venue['address']}" if self.venue else self.text,
            picture=self.preview,
            place=self._place(),
            rows=labels(markup.get("inline_keyboard") or markup.get("keyboard") or []),
            bold=tuple(
                utf16_slice(self.text, entity["offset"], entity["length"])
                for entity in self.entities
                if entity["type"] == "bold"
            ),
            edited=self.edited,
        )

    def _place(self) -> tuple[float, float] | None:
        if self.venue is None:
            return None
        point = self.venue["location"]
        return point["latitude"], point["longitude"]


class Server(Protocol):
    """What a chat needs of the server."""

    @property
    def files(self) -> SentFiles: ...
    def new_message_id(self) -> int: ...
    def now(self) -> int: ...
    def publish(self, chat: "Chat", kind: str, body: Json) -> Json: ...
    def new_callback(self, chat: "Chat") -> str: ...


def labels(rows: list[list[Json]]) -> Rows:
    """What stands on the buttons of a keyboard."""
    return tuple(tuple(button["text"] for button in row) for row in rows)


class Chat:
    """One person's chat with the bot: what is on the screen, and what the person can do.

    `toasts` are the texts of answered presses, `opened` the pages opened by buttons, `unanswered` the
    presses whose button still spins.
    """

    def __init__(self, server: Server, chat_id: int, language_code: str | None, phone: str) -> None:
        self.id = chat_id
        self.language_code = language_code
        self.phone = phone
        self.blocked = False
        self.kept: list[Kept] = []
        self.reply_keyboard: Json | None = None
        self.toasts: list[str] = []
        self.opened: list[str] = []
        self.unanswered: set[str] = set()
        self._server = server
        self._answers = 0
        self._answers_at_act = 0
        self._changed = asyncio.Event()

    @property
    def messages(self) -> tuple[Seen, ...]:
        """Everything in the chat, oldest first."""
        return tuple(message.seen() for message in self.kept)

    @property
    def screen(self) -> Seen:
        """The bot's last message as the person sees it."""
        for message in reversed(self.kept):
            if message.from_bot:
                return message.seen()
        raise AssertionError(f"the bot has said nothing in chat {self.id}")

    @property
    def keyboard(self) -> Rows:
        """The labels of the keyboard below the entry field."""
        return labels(self.reply_keyboard["keyboard"]) if self.reply_keyboard else ()

    async def says(self, text: str) -> Json:
        """Type a text. Returns the update."""
        return self._send({"text": text}, text)

    async def taps(self, label: str, on: Seen | None = None) -> Json:
        """Press a button by what stands on it: of the keyboard, or of the newest message that has it.

        `on` chooses the message. Returns the update (empty for a button that opens a page).
        """
        if on is None and any(label in row for row in self.keyboard):
            return await self._tap_keyboard(label)
        for message in reversed(self.kept):
            if on is not None and message.message_id != on.message_id:
                continue
            for row in (message.markup or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        return self._press(message, button)
        raise AssertionError(f"no button {label!r}; keyboard {self.keyboard}, messages {self.messages[-3:]}")

    async def presses(self, data: str) -> Json:
        """Press a button of the newest message that was never put there. Returns the update."""
        newest = next(message for message in reversed(self.kept) if message.from_bot)
        return self._press(newest, {"callback_data": data})

    async def shares_phone(self, number: str | None = None, *, own: bool = True) -> Json:
        """Share a phone: one's own, or somebody else's contact card."""
        contact: Json = {"phone_number": number or self.phone, "first_name": "Person"}
        contact["user_id"] = self.id if own else self.id + 1
        return self._send({"contact": contact}, contact["phone_number"])

    async def shares_location(self, latitude: float, longitude: float) -> Json:
        """Share a point on the map."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}}, "")

    async def sends_photo(self, content: bytes) -> Json:
        """Send a picture as such: Telegram makes several sizes of it, the largest last."""
        small = {**self._server.files.keep(b"a thumbnail"), "width": 90, "height": 67}
        large = {**self._server.files.keep(content), "width": 1280, "height": 960}
        return await self.sends(photo=[small, large])

    async def sends_document(self, name: str, content: bytes) -> Json:
        """Send a file."""
        return await self.sends(document={**self._server.files.keep(content), "file_name": name})

    async def sends(self, **content: object) -> Json:
        """Send anything else, as the fields of the message: `sends(sticker={...})`."""
        return self._send(dict(content), "")

    async def waits(self, until: Callable[["Chat"], bool] | None = None, seconds: float = 10) -> None:
        """Wait until the bot has said or changed something after the last act, or until a condition holds."""
        async with asyncio.timeout(seconds):
            while not (until(self) if until else self._answers > self._answers_at_act):
                self._changed.clear()
                await self._changed.wait()

    def blocks(self) -> None:
        """Block the bot: from now on it gets 403."""
        self.blocked = True

    def find(self, message_id: int) -> Kept | None:
        """A message that is still there."""
        return next((message for message in self.kept if message.message_id == message_id), None)

    def show(self, message: Kept) -> None:
        """The bot's message arrives."""
        self.kept.append(message)
        markup = message.markup or {}
        if "keyboard" in markup:
            self.reply_keyboard = markup
        elif "remove_keyboard" in markup:
            self.reply_keyboard = None
        self.answered()

    def answered(self) -> None:
        """The bot did something that is seen."""
        self._answers += 1
        self._changed.set()

    def changed(self) -> None:
        """Something changed that is no answer by itself."""
        self._changed.set()

    def person(self) -> Json:
        """The person as the Bot API describes a user."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": "Person"}
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def _as_chat(self) -> Json:
        return {"id": self.id, "type": "private", "first_name": "Person"}

    def describe(self, message: Kept, bot: Json) -> Json:
        """A message of the bot as the Bot API describes it."""
        body: Json = {
            "message_id": message.message_id,
            "from": bot if message.from_bot else self.person(),
            "chat": self._as_chat(),
            "date": message.date,
            "text": message.text,
        }
        if message.venue:
            del body["text"]
            body |= {"venue": message.venue, "location": message.venue["location"]}
        if message.entities:
            body["entities"] = message.entities
        if message.markup and "inline_keyboard" in message.markup:
            body["reply_markup"] = message.markup
        return body

    def _send(self, content: Json, shown: str) -> Json:
        self._answers_at_act = self._answers
        message = Kept(self._server.new_message_id(), from_bot=False, date=self._server.now(), text=shown)
        self.kept.append(message)
        head = {"message_id": message.message_id, "from": self.person(), "chat": self._as_chat()}
        return self._server.publish(self, "message", {**head, "date": message.date, **content})

    def _press(self, message: Kept, button: Json) -> Json:
        if "url" in button:
            self.opened.append(button["url"])
            return {}
        self._answers_at_act = self._answers
        query = self._server.new_callback(self)
        self.unanswered.add(query)
        body = {
            "id": query,
            "from": self.person(),
            "message": self.describe(message, {"id": 1, "is_bot": True, "first_name": "Bot"}),
            "chat_instance": str(self.id),
            "data": button["callback_data"],
        }
        return self._server.publish(self, "callback_query", body)

    async def _tap_keyboard(self, label: str) -> Json:
        keyboard = self.reply_keyboard or {"keyboard": []}
        button = next(b for row in keyboard["keyboard"] for b in row if b["text"] == label)
        if keyboard.get("one_time_keyboard"):
            self.reply_keyboard = None
        if button.get("request_contact"):
            return await self.shares_phone()
        if button.get("request_location"):
            raise AssertionError("say where: shares_location(latitude, longitude)")
        return await self.says(label)

    def settle_press(self, query: str, text: str | None) -> None:
        """The bot answered a press. Raises Refusal for one that is unknown or was answered."""
        if query not in self.unanswered:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self.unanswered.discard(query)
        if text:
            self.toasts.append(text)
        self.changed()
