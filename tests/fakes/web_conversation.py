"""A conversation that remembers: answers by a script, keeps its log in memory, fails when told to."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.conversation.incoming import Incoming, Press, SharedFile, SharedLocation, SharedPhone, Text
from bot.conversation.log_copy import FILE_SIGN
from bot.conversation.masking import masked
from bot.conversation.port import Taken
from bot.conversation.reply import Screen
from bot.web.chat_log import Piece, Said
from bot.web.hub import Hub

Script = Callable[[Incoming], Sequence[Screen]]
FIRST_INSTANT = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)


def echo(incoming: Incoming) -> Sequence[Screen]:
    """The script of tests that care for the wire alone."""
    return [Screen(f"heard: {words(incoming)}")]


def words(incoming: Incoming) -> str:
    """What somebody sent, as words."""
    match incoming.content:
        case Text(text=text) | Press(action=text) | SharedPhone(number=text):
            return text
        case SharedLocation(latitude, longitude):
            return f"{latitude},{longitude}"
        case SharedFile():
            return FILE_SIGN
    return type(incoming.content).__name__


class FakeConversation:
    """`TakesIncoming` and `ChatLog` in one. `fault` is raised by turns while it is set, `log_fault` by
    whoever reads the log.

    A turn waits for `gate`, which is open unless a test closes it. `left` is how long seats are held still.
    """

    def __init__(self, hub: Hub, script: Script = echo, language: str = "en") -> None:
        self.taken: list[Incoming] = []
        self.fault: Exception | None = None
        self.log_fault: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.language = language
        self.now = FIRST_INSTANT
        self.left: dict[int, timedelta | None] = {}
        self.seen_to: list[int] = []
        self._hub = hub
        self._script = script
        self._log: dict[str, list[Said]] = {}
        self._known: dict[str, Taken] = {}
        self._ids = iter(range(1, 1_000_000))

    async def take(self, incoming: Incoming) -> Taken:
        """One turn."""
        await self.gate.wait()
        if self.fault is not None:
            raise self.fault
        known = self._known.get(incoming.external_id)
        if known is not None:
            return Taken(known.incoming_id, known.answers, duplicate=True)
        self.taken.append(incoming)
        chat = incoming.address.chat
        own = self._write(chat, mine=True, text=self._logged(incoming), kind=_kind(incoming))
        own = self._named(chat, own, incoming.external_id.removeprefix(f"{chat}:"))
        answers = tuple(self.says(chat, screen) for screen in self._script(incoming))
        self._known[incoming.external_id] = taken = Taken(own, answers)
        return taken

    def says(self, chat: str, screen: Screen) -> int:
        """Something said by us, answering or unasked."""
        row = self._write(chat, mine=False, text=screen.text, kind="screen", screen=screen)
        self._hub.wake(chat)
        return row

    async def seen(self, chat: str, message_id: int) -> None:
        """Remember it."""
        self.seen_to.append(message_id)

    async def newest(self, chat: str, limit: int) -> Piece:
        log = self._read(chat)
        return Piece(tuple(log[-limit:]), end=len(log) <= limit, last=log[-1].id if log else 0)

    async def after(self, chat: str, message_id: int, limit: int) -> Piece:
        log = [said for said in self._read(chat) if said.id > message_id][:limit]
        return Piece(tuple(log), end=len(log) < limit, last=log[-1].id if log else 0)

    async def before(self, chat: str, message_id: int, limit: int) -> Piece:
        log = [said for said in self._read(chat) if said.id < message_id]
        return Piece(tuple(log[-limit:]), end=len(log) <= limit)

    async def left_of(self, claim_ids: Collection[int]) -> Mapping[int, timedelta | None]:
        return {each: self.left.get(each) for each in claim_ids}

    def chats(self) -> list[str]:
        """Who has written."""
        return list(self._log)

    def _read(self, chat: str) -> list[Said]:
        if self.log_fault is not None:
            raise self.log_fault
        return [self._with_what_is_left(said) for said in self._log.get(chat, [])]

    def _with_what_is_left(self, said: Said) -> Said:
        held = said.screen.held if said.screen is not None else None
        return said if held is None else replace(said, left=self.left.get(held.claim_id))

    def _logged(self, incoming: Incoming) -> str:
        if isinstance(incoming.content, Press):
            buttons = {
                button.action: button.label
                for said in self._log.get(incoming.address.chat, [])
                if said.screen is not None
                for button in said.screen.buttons
            }
            return buttons.get(incoming.content.action, incoming.content.action)
        return masked(words(incoming))

    def _write(self, chat: str, *, mine: bool, text: str, kind: str, screen: Screen | None = None) -> int:
        self.now += timedelta(seconds=7)
        row = next(self._ids)
        said = Said(row, self.now, mine, text, kind, screen=screen, language=None if mine else self.language)
        self._log.setdefault(chat, []).append(said)
        return row

    def _named(self, chat: str, row: int, client_id: str) -> int:
        last = self._log[chat][-1]
        self._log[chat][-1] = Said(last.id, last.at, last.mine, last.text, last.kind, client_id)
        return row


def _kind(incoming: Incoming) -> str:
    kinds = {Press: "press", SharedLocation: "location", SharedPhone: "phone", SharedFile: "file"}
    return kinds.get(type(incoming.content), "text")
