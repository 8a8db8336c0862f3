"""What a channel needs of the conversation, and what the delivery needs of a channel."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.conversation.incoming import Incoming
from bot.conversation.reply import Outgoing


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken in and is safe: the turn is committed.

    `incoming_id` is its row in the log; `answers` are the rows of what was answered.
    `duplicate`: it had been taken before, nothing happened now.
    """

    incoming_id: int
    answers: tuple[int, ...]
    duplicate: bool = False


class TakesIncoming(Protocol):
    """The conversation as a channel sees it."""

    async def take(self, incoming: Incoming) -> Taken:
        """Play one turn; returns after the commit. Raises StorageError when nothing was kept."""


class DeliveryError(Exception):
    """A message did not go out."""


class TryLater(DeliveryError):
    """A passing fault. `after` is what the channel asked for, if it asked.

    `of_person`: the channel works, and puts off this person alone.
    """

    def __init__(self, reason: str, after: timedelta | None = None, *, of_person: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.of_person = of_person


class Unreachable(DeliveryError):
    """The person can't be reached this way: blocked the bot, deleted the account."""


class Undeliverable(DeliveryError):
    """The channel refuses this very message and always will: a fault of ours."""


class Sender(Protocol):
    """The sending side of a channel."""

    channel: str

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Deliver one thing; returns the channel's id of the message shown.

        Raises TryLater, Unreachable or Undeliverable. An edit or a deletion that the channel refuses
        for good (too old, gone, not changed) is no error: an edit is then sent anew.
        """
