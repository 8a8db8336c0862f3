"""The stop-list follows the child in a queue kind and territory, from the first second to before the last."""

from datetime import datetime, timedelta

import pytest

from domain.application import QueueKind
from storage.database import Database
from storage.suspensions import RunningSuspension, running
from storage.tables import suspension
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import add, add_child, add_territory

UNTIL = START + timedelta(days=14)
SECOND = timedelta(seconds=1)


def suspended(tx: Transaction, child_id: int, territory_id: int, until: timedelta = UNTIL - START) -> None:
    span = {"starts_at": START, "ends_at": START + until}
    add(tx, suspension, child_id=child_id, territory_id=territory_id, kind="general", **span)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (START - SECOND, None),
        (START, RunningSuspension(START, UNTIL)),
        (UNTIL - SECOND, RunningSuspension(START, UNTIL)),
        (UNTIL, None),
    ],
)
async def test_it_runs_from_its_first_instant_to_before_its_last(
    database: Database, at: datetime, expected: RunningSuspension | None
) -> None:
    def look(tx: Transaction) -> RunningSuspension | None:
        child_id, territory_id = add_child(tx), add_territory(tx)
        suspended(tx, child_id, territory_id)
        return running(tx, child_id, territory_id, QueueKind.GENERAL, at)

    assert await database.write(look) == expected


async def test_of_two_that_run_the_one_that_ends_last_counts(database: Database) -> None:
    def look(tx: Transaction) -> RunningSuspension | None:
        child_id, territory_id = add_child(tx), add_territory(tx)
        for days in (3, 14, 7):
            suspended(tx, child_id, territory_id, timedelta(days=days))
        return running(tx, child_id, territory_id, QueueKind.GENERAL, START)

    assert await database.write(look) == RunningSuspension(START, UNTIL)


async def test_another_child_territory_or_kind_is_not_suspended_by_it(database: Database) -> None:
    def look(tx: Transaction) -> list[RunningSuspension | None]:
        child_id, territory_id = add_child(tx), add_territory(tx)
        suspended(tx, child_id, territory_id)
        elsewhere = add_territory(tx, "elsewhere")
        return [
            running(tx, add_child(tx), territory_id, QueueKind.GENERAL, START),
            running(tx, child_id, elsewhere, QueueKind.GENERAL, START),
            running(tx, child_id, territory_id, QueueKind.CORRECTIONAL, START),
        ]

    assert await database.write(look) == [None, None, None]
