"""The conversation log as the web chat reads it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.conversation.reply import Screen


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the log: `mine` is the person's, `text` as it may be shown (masked).

    `kind` is the log's word for it ("text", "press", "location", "screen", …), `client_id` the name that
    the page gave a message of its own. `screen` is what we said, in `language`; `left` how long the seat
    that it holds out is held still: nothing when the time is over, None when it ended in another way.
    """

    id: int
    at: datetime
    mine: bool
    text: str
    kind: str = "text"
    client_id: str | None = None
    screen: Screen | None = None
    language: str | None = None
    left: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the log, oldest first. `end`: the log goes no further that way.

    `last` is the newest row that was looked at, also one that isn't shown to anybody.
    """

    said: tuple[Said, ...]
    end: bool
    last: int = 0


class ChatLog(Protocol):
    """Reads what was said in a web chat.

    Every method raises storage.errors.StorageError when the database can't be read.
    """

    async def newest(self, chat: str, limit: int) -> Piece:
        """The last messages."""

    async def after(self, chat: str, message_id: int, limit: int) -> Piece:
        """The first messages after one."""

    async def before(self, chat: str, message_id: int, limit: int) -> Piece:
        """The last messages before one."""

    async def seen(self, chat: str, message_id: int) -> None:
        """A person has this message and those above it before the eyes."""

    async def left_of(self, claim_ids: Collection[int]) -> Mapping[int, timedelta | None]:
        """How long seats are held still, as `Said.left` tells it."""
