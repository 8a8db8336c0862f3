"""One queue of a size, and all that parents do with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from benchmarks.place_queues import FIRST_DAY, class_of, new_application
from domain.application import Happening, QueueClass
from storage.application_changes import set_status
from storage.applications import find
from storage.database import Database
from storage.place_journal import explain
from storage.queue_places import place_of
from storage.queue_stretch import stretch
from storage.queues import read_queue
from storage.submitting import submit
from storage.transaction import Transaction

EVENTS_EXPLAINED = 100
"""How many events of the queue lie between a telling and the next one."""


@dataclass
class Subject:
    """One database with its queue, and what was measured on it: milliseconds by operation."""

    size: int
    database: Database
    queue_id: int
    ids: list[int]
    next_child: int
    random: Random
    front: datetime = FIRST_DAY
    times: dict[str, list[float]] = field(default_factory=dict)

    def somebody(self) -> int:
        """The id of a random application."""
        return self.random.choice(self.ids)

    async def read_place(self) -> None:
        """Read a place."""
        own = self.somebody()
        await self.database.read(lambda tx: place_of(tx, own))

    async def read_many(self) -> None:
        """Read ten places in one transaction: the statement more than the way to it."""
        some = [self.somebody() for _ in range(10)]
        await self.database.read(lambda tx: [place_of(tx, own) for own in some])

    async def explain_move(self) -> None:
        """Explain a move over the last events."""
        own = self.somebody()

        def why(tx: Transaction) -> None:
            queue = read_queue(tx, self.queue_id)
            assert queue is not None
            explain(tx, own, queue.sequence - EVENTS_EXPLAINED)

        await self.database.read(why)

    async def show_stretch(self) -> None:
        """Show ten places to each side of one."""
        own = self.somebody()

        def around(tx: Transaction) -> None:
            now = place_of(tx, own)
            assert now is not None
            stretch(tx, now, 10)

        await self.database.read(around)

    async def join_back(self) -> None:
        """Join behind everybody of a class."""
        await self._join(class_of(self.random), None)

    async def join_front(self) -> None:
        """Join before everybody of the largest class, with a restored date."""
        self.front -= timedelta(seconds=1)
        await self._join(QueueClass.GENERAL, self.front)

    async def leave(self) -> None:
        """Leave from anywhere."""
        at = self.random.randrange(len(self.ids))
        self.ids[at], self.ids[-1] = self.ids[-1], self.ids[at]
        own = self.ids.pop()

        def withdraw(tx: Transaction) -> None:
            before = find(tx, own)
            assert before is not None
            set_status(tx, before, Happening.WITHDRAWN)

        await self.database.write(withdraw)

    async def _join(self, queue_class: QueueClass, at: datetime | None) -> None:
        new = new_application(self.next_child, queue_class, at)
        self.next_child += 1
        submitted = await self.database.write(lambda tx: submit(tx, new))
        self.ids.append(submitted.application_id)


OPERATIONS: dict[str, Callable[[Subject], Awaitable[None]]] = {
    "read a place": Subject.read_place,
    "explain a move": Subject.explain_move,
    "join at the back": Subject.join_back,
    "join at the front": Subject.join_front,
    "leave": Subject.leave,
}
ALSO: dict[str, Callable[[Subject], Awaitable[None]]] = {
    "read 10 places at once": Subject.read_many,
    "show a stretch": Subject.show_stretch,
}
"""Shown, but not held to the ratio."""
