"""What has fallen due in a queue is made once, by whoever needs its places first."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.application import Happening, Status
from storage.application_changes import set_status
from storage.applications import Application, find
from storage.database import Database
from storage.fallen_due import make_due
from storage.queue_places import place_of
from storage.submitting import Submitted, submit
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.queue_people import People

UNTIL = START + timedelta(days=14)
AGES_OUT = datetime(2028, 8, 31, 19, 0, tzinfo=UTC)


@pytest.fixture
async def pair(database: Database) -> tuple[Submitted, Submitted]:
    """The first of a queue, suspended, and the one behind."""

    def suspend(tx: Transaction) -> tuple[Submitted, Submitted]:
        people = People.arrive(tx)
        first = submit(tx, people.application(tx))
        second = submit(tx, people.application(tx, submitted_at=START + timedelta(hours=1)))
        set_status(tx, read(tx, first), Happening.REFERRED)
        set_status(tx, read(tx, first), Happening.EXPIRED, suspended=(START, UNTIL))
        return first, second

    return await database.write(suspend)


def read(tx: Transaction, submitted: Submitted) -> Application:
    """An application as it now is."""
    found = find(tx, submitted.application_id)
    assert found is not None
    return found


async def due(database: Database, pair: tuple[Submitted, Submitted]) -> tuple[int, list[int | None]]:
    """How many were made due, and the places of both after it."""

    def make(tx: Transaction) -> tuple[int, list[int | None]]:
        made = make_due(tx, pair[0].queue_id)
        found = [place_of(tx, each.application_id) for each in pair]
        return made, [now.place if now else None for now in found]

    return await database.write(make)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (UNTIL - timedelta(seconds=1), (0, [None, 1])),
        (UNTIL, (1, [1, 2])),
        (UNTIL + timedelta(days=3), (1, [1, 2])),
    ],
)
async def test_a_suspension_that_is_over_gives_the_old_place_back(
    database: Database,
    pair: tuple[Submitted, Submitted],
    clock: SetClock,
    at: datetime,
    expected: tuple[int, list[int | None]],
) -> None:
    clock.at = at

    assert await due(database, pair) == expected


async def test_what_was_made_is_not_made_again(
    database: Database, pair: tuple[Submitted, Submitted], clock: SetClock
) -> None:
    clock.at = UNTIL
    await due(database, pair)

    assert await due(database, pair) == (0, [1, 2])


@pytest.mark.parametrize(
    ("at", "statuses"),
    [
        (AGES_OUT - timedelta(seconds=1), [Status.AWAITING_PLACE, Status.AWAITING_PLACE]),
        (AGES_OUT, [Status.AGED_OUT, Status.AGED_OUT]),
    ],
)
async def test_a_birth_year_ages_out_on_the_first_of_september(
    database: Database,
    pair: tuple[Submitted, Submitted],
    clock: SetClock,
    at: datetime,
    statuses: list[Status],
) -> None:
    clock.at = at
    await due(database, pair)

    assert await database.read(lambda tx: [read(tx, each).status for each in pair]) == statuses


async def test_what_was_sent_before_a_child_aged_out_is_honoured(
    database: Database, pair: tuple[Submitted, Submitted], clock: SetClock
) -> None:
    await database.write(lambda tx: set_status(tx, read(tx, pair[1]), Happening.SENT))
    clock.at = AGES_OUT

    await due(database, pair)

    assert await database.read(lambda tx: read(tx, pair[1]).status) is Status.APPLIED
