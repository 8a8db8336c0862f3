"""The conversation as the channels see it: take a message, play its turn, hand on what it left to do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from time import perf_counter
from typing import Protocol

import structlog

from bot.clock import real_now
from bot.conversation.book import Book
from bot.conversation.cleaning import cleaned
from bot.conversation.incoming import Incoming, Press, Text
from bot.conversation.outbox import Posted
from bot.conversation.play import Played, apologise, play
from bot.conversation.port import Taken
from bot.conversation.session import AnswerMissing
from bot.conversation.understand import begin_anew
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import Transaction

LEASE = timedelta(seconds=30)
log = structlog.get_logger("conversation")


class TakesPosted(Protocol):
    """The delivery as a turn sees it."""

    @property
    def worker(self) -> str | None:
        """The name under which rows are leased to this process; None: others deliver."""

    def accept(self, posted: Sequence[Posted]) -> None:
        """Deliver rows that are committed and leased to this worker. Never blocks."""


class RunsErrands(Protocol):
    """The errand runner as a turn sees it."""

    def accept(self, errand_ids: Sequence[int]) -> None:
        """Run errands that are committed. Never blocks."""


class Conversations:
    """Plays turns. One transaction each; what is to be sent or run is handed on after the commit."""

    def __init__(
        self, database: Database, book: Book, delivery: TakesPosted, on_turn: Callable[[str, float], None]
    ) -> None:
        self._database = database
        self._book = book
        self._delivery = delivery
        self._on_turn = on_turn
        self.errands: RunsErrands | None = None

    async def take(self, incoming: Incoming) -> Taken:
        """Play one turn; returns after the commit.

        A fault in a flow is told to the person in a turn of its own. Raises StorageError when
        nothing was kept: the channel lets the message come again.
        """
        started = perf_counter()
        incoming = _cleaned(incoming)
        try:
            played = await self._played(incoming)
        except StorageError:
            self._on_turn("not_kept", perf_counter() - started)
            raise
        except Exception as fault:
            # A conversation never ends in silence: the fault is logged here and told to the person.
            log.error("turn failed", fault=type(fault).__name__, exc_info=True)
            self._on_turn("failed", perf_counter() - started)
            played = await self._database.write(partial(self._apologise, incoming=incoming))
        else:
            self._on_turn("duplicate" if played.duplicate else "played", perf_counter() - started)
        return self._hand_on(played)

    async def _played(self, incoming: Incoming) -> Played:
        """One turn; in another one, where a draft turned out to be of another shape, its form begun anew."""
        try:
            return await self._database.write(partial(self._play, incoming=incoming))
        except AnswerMissing as missing:
            log.warning("a draft is of another shape", form=missing.form, missing=missing.key)
            anew = partial(self._begin_anew, incoming=incoming, form=missing.form)
            return await self._database.write(anew)

    def _hand_on(self, played: Played) -> Taken:
        if not played.duplicate:
            self._delivery.accept(played.posted)
            if played.errands and self.errands is not None:
                self.errands.accept(played.errands)
        answers = tuple(posted.message_id for posted in played.posted)
        return Taken(played.incoming_id, answers, played.duplicate)

    def _play(self, tx: Transaction, incoming: Incoming) -> Played:
        return play(tx, self._book, incoming, self._delivery.worker, real_now() + LEASE)

    def _begin_anew(self, tx: Transaction, incoming: Incoming, form: str) -> Played:
        worker, until = self._delivery.worker, real_now() + LEASE
        return play(tx, self._book, incoming, worker, until, lambda turn, _: begin_anew(turn, form))

    def _apologise(self, tx: Transaction, incoming: Incoming) -> Played:
        return apologise(tx, self._book, incoming, self._delivery.worker, real_now() + LEASE)


def _cleaned(incoming: Incoming) -> Incoming:
    match incoming.content:
        case Text(text=text):
            return replace(incoming, content=Text(cleaned(text)))
        case Press(action=action, screen_id=screen_id):
            return replace(incoming, content=Press(cleaned(action), screen_id))
        case _:
            return incoming
