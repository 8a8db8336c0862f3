"""What tells of several applications, or goes to a helper, is looked at once more before it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot import put_off
from bot.flows.telling import tell
from bot.notifiers.astray import HELPS_NO_MORE, OUTDATED
from bot.notifiers.second_look import WAITED
from domain.notice import Told
from domain.phone import Phone
from storage import applications, conversations, helpers, sendings
from storage.database import Database
from storage.notices_to_send import LOST_SENSE
from storage.submitting import submit
from storage.tables import delivery
from storage.transaction import Transaction
from storage.withdrawals import withdraw
from tests.fakes.clock import START, SetClock
from tests.integration.queue_people import People
from tests.integration.test_astray import held_back
from tests.integration.test_falling_back import NIGHT, payloads

HELPERS_PHONE = Phone("+77015550301")
MORNING = NIGHT + timedelta(hours=9)
MOVED: dict[str, Any] = {"before": 5, "after": 4, "since": START.isoformat(), "reasons": [], "child": ""}


@dataclass(frozen=True)
class Household:
    """A parent with a messenger, a helper with another, and applications."""

    parent_id: int
    helper_id: int
    numbers: Sequence[int]

    def tells(self, tx: Transaction, kind: Told = Told.PLACE_MOVED) -> None:
        items = [{**MOVED, "application": _of(tx, each).id, "number": each} for each in self.numbers]
        if kind is Told.PLACE_MOVED:
            tell(tx, self.parent_id, kind, tx.now, items=items)
            return
        [item] = items
        tell(tx, self.parent_id, kind, tx.now, application_id=item["application"], number=item["number"])


@pytest.fixture
async def two(database: Database) -> Household:
    return await database.write(lambda tx: settle(tx, 2))


@pytest.fixture
async def one(database: Database) -> Household:
    return await database.write(lambda tx: settle(tx, 1))


def settle(tx: Transaction, children: int) -> Household:
    people = People.arrive(tx)
    entered = conversations.enter(tx, "telegram", "the parent")
    conversations.update_contact(tx, entered.contact_id, parent_id=people.parent_id, language="en")
    neighbour = conversations.enter(tx, "whatsapp", "the neighbour")
    helper_id = helpers.name(tx, people.parent_id, HELPERS_PHONE, "Әже", tx.now)
    assert helper_id is not None
    assert helpers.confirm(tx, helper_id, neighbour.contact_id, tx.now)
    numbers = [submit(tx, people.application(tx)).number for _ in range(children)]
    return Household(people.parent_id, helper_id, numbers)


def _of(tx: Transaction, number: int) -> applications.Application:
    found = applications.find_by_number(tx, number)
    assert found is not None
    return found


async def withdraws(database: Database, *numbers: int) -> None:
    def work(tx: Transaction) -> None:
        for number in numbers:
            withdraw(tx, _of(tx, number))

    await database.write(work)


async def texts(database: Database, channel: str) -> list[str]:
    return [text for text, *_ in await database.read(lambda tx: payloads(tx, channel))]


async def test_a_digest_that_waited_speaks_no_more_of_what_was_withdrawn_since(
    database: Database, clock: SetClock, two: Household
) -> None:
    await database.write(two.tells)
    gone, stays = two.numbers
    await withdraws(database, gone)
    clock.at = START + WAITED

    assert await held_back(database) == [OUTDATED]

    before, after = await texts(database, "telegram")
    assert (str(gone) in before, str(stays) in before) == (True, True)
    assert (str(gone) in after, str(stays) in after) == (False, True)


async def test_what_went_anew_is_not_made_again_while_it_waits(
    database: Database, clock: SetClock, two: Household
) -> None:
    await database.write(two.tells)
    await withdraws(database, two.numbers[0])
    clock.at = START + WAITED
    await held_back(database)
    clock.advance(WAITED)

    assert await held_back(database) == []
    assert len(await texts(database, "telegram")) == 2


async def test_of_a_digest_nothing_goes_where_all_was_withdrawn_since(
    database: Database, clock: SetClock, two: Household
) -> None:
    await database.write(two.tells)
    await withdraws(database, *two.numbers)
    clock.at = START + WAITED

    assert await held_back(database) == [LOST_SENSE] * 2

    assert len(await texts(database, "telegram")) == len(await texts(database, "whatsapp")) == 1


async def test_a_digest_of_the_night_leaves_out_in_the_morning_what_was_withdrawn_meanwhile(
    database: Database, clock: SetClock, two: Household
) -> None:
    clock.at = NIGHT
    await database.write(two.tells)
    gone, stays = two.numbers
    await withdraws(database, gone)
    clock.at = MORNING

    await database.write(put_off.send_due)

    [said] = await texts(database, "telegram")
    assert (str(gone) in said, str(stays) in said) == (False, True)
    clock.advance(WAITED)
    assert await held_back(database) == []


async def test_a_helper_is_not_told_late_what_is_not_so_any_more(
    database: Database, clock: SetClock, one: Household
) -> None:
    await database.write(lambda tx: one.tells(tx, Told.PAUSED))
    clock.at = START + WAITED

    assert await held_back(database) == [LOST_SENSE] * 2
    assert len(await texts(database, "whatsapp")) == 1


async def test_who_helps_no_more_is_not_told_what_still_waits(
    database: Database, clock: SetClock, one: Household
) -> None:
    await database.write(one.tells)
    assert await database.write(lambda tx: helpers.end(tx, one.helper_id, tx.now))
    clock.at = START + WAITED

    assert await held_back(database) == [HELPS_NO_MORE]


async def test_a_helper_who_still_helps_is_told_however_late(
    database: Database, clock: SetClock, one: Household
) -> None:
    await database.write(one.tells)
    clock.at = START + timedelta(hours=2)

    assert await held_back(database) == []


async def test_what_a_helper_was_told_is_no_proof_that_the_parent_was(
    database: Database, one: Household
) -> None:
    await database.write(one.tells)

    def channels(tx: Transaction) -> list[str]:
        ids = tx.conn.execute(delivery.select().where(delivery.c.notice_id.is_not(None))).all()
        return [each.channel for each in sendings.read(tx, [row.message_id for row in ids])]

    assert await database.read(channels) == ["telegram"]


@pytest.mark.parametrize(("kind", "urgency"), [(Told.PLACE_MOVED, 3), (Told.PAUSED, 2), (Told.RESUMED, 2)])
async def test_to_a_helper_it_is_as_urgent_as_to_the_parent(
    database: Database, one: Household, kind: Told, urgency: int
) -> None:
    await database.write(lambda tx: one.tells(tx, kind))

    rows = await database.read(lambda tx: tx.conn.execute(delivery.select()).all())
    assert [row.urgency for row in rows] == [urgency] * 2
