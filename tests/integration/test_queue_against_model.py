"""Every place, k-th, stretch, explanation and history, against a queue laid out anew each time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from domain.application import COUNTED, Happening, QueueClass, Status
from domain.queue_order import QueueKey
from storage import queue_block_sizes
from storage.application_changes import Changed, set_class, set_status
from storage.applications import Application, find
from storage.database import Database
from storage.place_journal import explain, history
from storage.queue_places import place_of
from storage.queue_stretch import from_kth, kth, stretch
from storage.queues import read_queue
from storage.recount import recount
from storage.submitting import submit
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.queue_model import PlainQueue
from tests.integration.queue_people import People

STEPS = 160


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so small that they are cut and joined all the time."""
    monkeypatch.setattr(queue_block_sizes, "SPLIT_AT", 8)
    monkeypatch.setattr(queue_block_sizes, "MERGE_BELOW", 3)


class Play:
    """Does the same to a queue in the database and to one in plain Python."""

    def __init__(self, seed: int, clock: SetClock) -> None:
        self.random = Random(seed)
        self.clock = clock
        self.plain = PlainQueue()
        self.ids: dict[int, int] = {}
        self.queue_id = 0

    def start(self, tx: Transaction) -> None:
        """Write whom the applications belong to."""
        self.people = People.arrive(tx)

    def steps(self, tx: Transaction) -> None:
        """Some of them in one transaction."""
        for _ in range(20):
            self.step(tx)

    def step(self, tx: Transaction) -> None:
        """One thing that happens, more often a joining than anything else."""
        moves: list[Callable[[Transaction], None]] = [self.change, self.reclassify]
        self.clock.advance(timedelta(minutes=self.random.randint(0, 30)))
        draw = self.random.random()
        if draw < 0.45 or len(self.ids) < 5:
            self.join(tx)
        else:
            self.random.choice(moves if draw < 0.7 else [self.change])(tx)

    def join(self, tx: Transaction) -> None:
        """At the back, at the front or in the middle."""
        ago = self.random.choice([0, 0, self.random.randint(1, 50_000)])
        new = self.people.application(
            tx,
            queue_class=self.random.choice([*QueueClass, QueueClass.GENERAL]),
            submitted_at=tx.now - timedelta(minutes=ago),
        )
        submitted = submit(tx, new)
        key = QueueKey(submitted.submitted_at, submitted.number)
        self.queue_id = submitted.queue_id
        self.ids[submitted.number] = submitted.application_id
        self.plain.members[submitted.number] = (new.queue_class, key)
        self.plain.happened(submitted.entered.state.sequence)
        assert submitted.place == self.plain.order().index(submitted.number) + 1

    def change(self, tx: Transaction) -> None:
        """Something becomes of somebody."""
        before = self.somebody(tx)
        happening = self.random.choice(POSSIBLE[before.status])
        changed = set_status(
            tx,
            before,
            happening,
            submitted_at=tx.now if happening is Happening.RESTORED else None,
            suspended=(tx.now, tx.now),
            carry_pattern=self.random.random() < 0.5,
        )
        self.follow(tx, changed)

    def reclassify(self, tx: Transaction) -> None:
        """A privilege comes or goes."""
        self.follow(tx, set_class(tx, self.somebody(tx), self.random.choice(list(QueueClass))))

    def somebody(self, tx: Transaction) -> Application:
        """Any application, one at the front more likely."""
        order = self.plain.order()[:3] if self.random.random() < 0.4 else []
        found = find(tx, self.ids[self.random.choice(order or list(self.ids))])
        assert found is not None
        return found

    def follow(self, tx: Transaction, changed: Changed) -> None:
        """Do the same to the plain queue."""
        after = changed.application
        queue = read_queue(tx, self.queue_id)
        assert queue is not None
        self.plain.phase = queue.phase
        if after.status in COUNTED:
            self.plain.members[after.number] = (after.queue_class, after.key)
        else:
            self.plain.members.pop(after.number, None)
        self.plain.happened(queue.sequence)


POSSIBLE: dict[Status, list[Happening]] = {
    Status.AWAITING_PLACE: [Happening.REFERRED, Happening.WITHDRAWN, Happening.SENT],
    Status.APPLIED: [Happening.TAKEN_BACK, Happening.REFERRED],
    Status.REFERRED: [Happening.GIVEN_UP, Happening.EXPIRED],
    Status.SUSPENDED: [Happening.SUSPENSION_OVER, Happening.WITHDRAWN],
    Status.WITHDRAWN: [Happening.RESTORED, Happening.RESTORED_SUSPENDED],
}


async def played(database: Database, clock: SetClock, seed: int) -> Play:
    """A play after all its steps."""
    play = Play(seed, clock)

    await database.write(play.start)
    for _ in range(STEPS // 20):
        await database.write(play.steps)
    return play


@pytest.fixture(params=[1, 2])
async def play(request: pytest.FixtureRequest, database: Database, clock: SetClock) -> Play:
    """Two different courses of things."""
    return await played(database, clock, request.param)


async def test_every_place_and_every_kth_is_where_the_plain_queue_has_it(
    database: Database, play: Play
) -> None:
    order = play.plain.order()
    expected = {number: i for i, number in enumerate(order, start=1)}

    def places(tx: Transaction) -> dict[int, int]:
        all_places = {number: place_of(tx, play.ids[number]) for number in play.ids}
        return {n: now.place for n, now in all_places.items() if now and now.place is not None}

    def in_class(tx: Transaction) -> list[list[int | None]]:
        return [
            [
                standing.number if (standing := kth(tx, play.queue_id, each, index)) else None
                for index in range(len(play.plain.of_class(each)) + 1)
            ]
            for each in QueueClass
        ]

    assert await database.read(places) == expected
    assert await database.read(in_class) == [[*play.plain.of_class(each), None] for each in QueueClass]


async def test_any_stretch_shows_classes_and_dates_of_the_plain_queue(database: Database, play: Play) -> None:
    order = play.plain.order()
    shown = [
        (place, play.plain.members[number][0], play.plain.members[number][1].submitted_at)
        for place, number in enumerate(order, start=1)
    ]

    def around(tx: Transaction) -> list[list[tuple[int, QueueClass, datetime]]]:
        found = []
        for number in order:
            now = place_of(tx, play.ids[number])
            assert now is not None
            taken = stretch(tx, now, 4)
            found.append([(each.place, each.queue_class, each.submitted_at) for each in taken])
        return found

    assert await database.read(around) == [shown[max(i - 4, 0) : i + 5] for i in range(len(shown))]


async def test_several_of_a_class_are_read_from_any_index(database: Database, play: Play) -> None:
    general = play.plain.of_class(QueueClass.GENERAL)

    def some(tx: Transaction) -> list[list[int]]:
        return [
            [each.number for each in from_kth(tx, play.queue_id, QueueClass.GENERAL, i, 9)]
            for i in range(len(general))
        ]

    assert await database.read(some) == [general[i : i + 9] for i in range(len(general))]


async def test_the_journal_explains_every_move_to_the_unit(database: Database, play: Play) -> None:
    told = [
        (number, since)
        for since in range(1, max(play.plain.places) + 1, 7)
        for number in play.plain.places[since]
    ]
    chosen = play.random.sample(told, 120)

    def moves(tx: Transaction) -> list[tuple[int, int | None, int]]:
        found = []
        for number, since in chosen:
            move = explain(tx, play.ids[number], since)
            assert move is not None
            moved = sum(reason.places for reason in move.reasons)
            found.append((move.before, move.after, moved))
        return found

    last = play.plain.places[max(play.plain.places)]
    for (number, since), (before, after, moved) in zip(chosen, await database.read(moves), strict=True):
        assert (before, after) == (play.plain.places[since][number], last.get(number))
        assert after is None or moved == after - before


async def test_the_history_tells_the_place_after_each_event_that_moved_it(
    database: Database, play: Play
) -> None:
    since = max(play.plain.places) // 2
    numbers = list(play.plain.places[since])

    def histories(tx: Transaction) -> list[list[tuple[int, int | None]]]:
        return [
            [
                (step.event.sequence, step.after)
                for step in history(tx, play.ids[number], since)
                if step.after != step.before
            ]
            for number in numbers
        ]

    assert await database.read(histories) == [play.plain.moves(number, since) for number in numbers]


async def test_a_recount_finds_nothing_to_mend(database: Database, play: Play) -> None:
    assert await recount(database, repair=False) == []
