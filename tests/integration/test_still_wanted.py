"""The question of each quarter: asked once, of whom nothing was heard, and nothing follows from silence."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from bot.clockwork import Clockwork
from domain.local_time import local_date
from domain.notice import Told
from domain.rounds import A_QUARTER
from storage import applications, guardians, notices
from storage.database import Database
from storage.ids import new_id
from storage.notices import Notice
from storage.submitting import submit
from storage.tables import contact, conversation, round_
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.queue_people import People
from tests.integration.seat_town import Town

DAY = timedelta(days=1)


@pytest.fixture
async def town(database: Database) -> Town:
    return await database.write(Town.found)


async def family(database: Database, town: Town, children: int = 1) -> int:
    """A parent whose children have just joined the queue."""

    def work(tx: Transaction) -> int:
        own = People.arrive(tx).parent_id
        for _ in range(children):
            new = town.people.application(tx, birth_year=2024, parent_id=own)
            submit(tx, new)
            guardians.join(tx, own, new.child_id, "applied", tx.now)
        return own

    return await database.write(work)


async def wrote(database: Database, parent_id: int, at: datetime) -> None:
    """The parent pressed something."""

    def work(tx: Transaction) -> None:
        who = new_id()
        account = {"id": who, "channel": "telegram", "address": str(who), "parent_id": parent_id}
        tx.conn.execute(insert(contact), account | {"created_at": at})
        talk = {"id": new_id(), "contact_id": who, "step_token": 0, "last_message_at": at}
        tx.conn.execute(insert(conversation), talk)

    await database.write(work)


async def days_pass(database: Database, clock: SetClock, days: int) -> None:
    """So many days, looked at on the last: what was missed is made up for."""
    clock.at += days * DAY
    await asyncio.gather(*(Clockwork(database).look() for _ in range(2)))


async def asked(database: Database, parent_id: int) -> list[Notice]:
    page = await database.read(lambda tx: notices.page(tx, parent_id, 50))
    return [each for each in page if each.kind is Told.STILL_WANTED]


async def test_who_was_silent_for_a_quarter_is_asked_once_for_all_children(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await family(database, town, children=2)
    await days_pass(database, clock, 0)

    await days_pass(database, clock, A_QUARTER)
    [only] = await asked(database, own)
    await days_pass(database, clock, 1)

    assert len(only.data["items"]) == 2
    assert len(await asked(database, own)) == 1


async def test_who_was_asked_for_days_that_were_missed_is_not_asked_on_the_own_day_after_them(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = await family(database, town)
    await days_pass(database, clock, 0)
    tomorrow = local_date(clock.at).toordinal() + A_QUARTER + 1

    await days_pass(database, clock, A_QUARTER + (own - tomorrow) % A_QUARTER)
    late = await asked(database, own)
    await days_pass(database, clock, 1)

    assert len(late) == len(await asked(database, own)) == 1


async def test_nothing_follows_from_silence(database: Database, town: Town, clock: SetClock) -> None:
    own = await family(database, town)
    await days_pass(database, clock, 0)
    before = await database.read(lambda tx: applications.live_of_parent(tx, own))

    for _ in range(3):
        await days_pass(database, clock, A_QUARTER)

    assert len(await asked(database, own)) == 3
    assert await database.read(lambda tx: applications.live_of_parent(tx, own)) == before


@pytest.mark.parametrize(("ago", "times"), [(A_QUARTER - 1, 0), (A_QUARTER, 1)])
async def test_whatever_was_heard_within_the_quarter_is_an_answer(
    database: Database, town: Town, clock: SetClock, ago: int, times: int
) -> None:
    own = await family(database, town)
    await days_pass(database, clock, 0)
    await wrote(database, own, clock.at + (A_QUARTER * 2 - ago) * DAY)

    def from_there(tx: Transaction) -> None:
        tx.conn.execute(update(round_).values(done_through=(clock.at + A_QUARTER * DAY).date()))

    await database.write(from_there)
    await days_pass(database, clock, A_QUARTER * 2)

    assert len(await asked(database, own)) == times


async def test_who_has_just_applied_is_not_asked(database: Database, town: Town, clock: SetClock) -> None:
    await days_pass(database, clock, 0)
    own = await family(database, town)

    await days_pass(database, clock, A_QUARTER - 2)

    assert await asked(database, own) == []


async def test_parents_are_asked_on_days_of_their_own(
    database: Database, town: Town, clock: SetClock
) -> None:
    own = [await family(database, town) for _ in range(12)]
    await days_pass(database, clock, 0)
    await database.write(
        lambda tx: tx.conn.execute(
            update(round_).values(done_through=(clock.at + (A_QUARTER + 9) * DAY).date())
        )
    )

    await days_pass(database, clock, A_QUARTER + 10)
    on_one_day = [each for each in own if await asked(database, each)]

    today = clock.at.date().toordinal() % A_QUARTER
    assert on_one_day == [each for each in own if each % A_QUARTER == today]
