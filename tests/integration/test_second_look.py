"""What has waited to be delivered is looked at once more: at night, and where it is not so any more."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.clock import real_now
from bot.notifiers.second_look import WAITED, second_look
from domain.notice import Told
from storage import deliveries
from storage.database import Database
from storage.deliveries import Found
from storage.put_off_messages import QUIET_HOURS
from storage.shares import Room
from storage.tables import delivery
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.delivering import say
from tests.integration.test_falling_back import HOLD_GONE, NIGHT, family, told

MORNING = NIGHT + timedelta(hours=9)
SECOND = timedelta(seconds=1)


def lease(tx: Transaction) -> Found:
    soon = real_now() + SECOND
    return second_look(tx, deliveries.lease_due(tx, {"telegram": Room(9, 9)}, "w", soon, soon), "w")


@pytest.mark.parametrize(
    ("kind", "written", "at", "sent"),
    [
        (Told.ENROLLED, START, NIGHT - SECOND, True),
        (Told.ENROLLED, START, NIGHT, False),
        (Told.ENROLLED, START, MORNING - SECOND, False),
        (Told.ENROLLED, START, MORNING, True),
        (Told.ENROLLED, NIGHT - SECOND, NIGHT - SECOND + WAITED, False),
        (Told.ENROLLED, NIGHT - SECOND, NIGHT, True),
        (HOLD_GONE, START, NIGHT, True),
    ],
)
async def test_what_is_not_critical_and_has_waited_into_the_night_is_not_sent_before_the_morning(
    database: Database, clock: SetClock, kind: Told, written: datetime, at: datetime, sent: bool
) -> None:
    clock.at = written
    await database.write(lambda tx: told(tx, family(tx, "telegram"), kind))
    clock.at = at

    found = await database.write(lease)

    assert (len(found.leased) == 1, found.lost) == (sent, [])
    asked = select(delivery.c.state, delivery.c.tries, delivery.c.error, delivery.c.due_at)
    row = (await database.read(lambda tx: tx.conn.execute(asked).all()))[0]
    assert row[:3] == ("pending", 0, None if sent else QUIET_HOURS)
    waits = timedelta(0) if sent else MORNING - at
    assert real_now() + waits - timedelta(minutes=1) < row.due_at <= real_now() + waits


async def test_an_answer_is_sent_at_any_hour_however_long_it_waited(
    database: Database, clock: SetClock
) -> None:
    clock.at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    await database.write(lambda tx: say(tx, "1", ("your menu",), None))
    clock.at = NIGHT

    assert len((await database.write(lease)).leased) == 1


async def test_what_has_lost_its_sense_while_it_waited_is_given_up(
    database: Database, clock: SetClock
) -> None:
    await database.write(lambda tx: told(tx, family(tx, "telegram"), Told.SUSPENSION_OVER))
    clock.advance(WAITED - SECOND)
    assert len((await database.write(lease)).leased) == 1

    clock.advance(SECOND)
    found = await database.write(lease)

    assert (found.leased, [each.error for each in found.lost]) == ([], ["lost_sense"])
