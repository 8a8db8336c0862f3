"""When we were down: known from the clockwork's gaps, and given back once, whoever asks and however often."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot.clockwork import Clockwork
from bot.prolonging import prolong
from domain.application import Status
from domain.local_time import instant_at
from domain.outage import LONGEST_GAP, Outage
from storage import applications, outages
from storage.database import Database
from storage.notices_to_send import LOST_SENSE
from storage.seats import confirming, prolonging, referrals
from storage.tables import access, audit, claim, notice, seat, seat_list
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration import town_with_seats
from tests.integration.test_reminders import MONDAY, MONDAY_07_00, holds, look, refers, settle
from tests.integration.test_seats_of_twins import children as twins

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def on(day: date, hour: int) -> datetime:
    return instant_at(day, time(hour))


async def looked(database: Database, clock: SetClock, *instants: datetime) -> None:
    """A clockwork whose machine tells the same time as the service, at each of these."""
    for at in instants:
        clock.at = at
        await Clockwork(database, really=lambda: clock.at).look()


async def known(database: Database) -> list[Outage]:
    return [each.outage for each in await database.read(outages.known)]


async def down(database: Database, clock: SetClock, since: datetime, until: datetime) -> Outage:
    await looked(database, clock, since, until)
    return (await known(database))[0]


async def told(database: Database) -> int:
    found = select(notice.c.id).where(notice.c.kind == "prolonged")
    return len(await database.read(lambda tx: tx.conn.execute(found).all()))


@pytest.mark.parametrize(
    ("gap", "number"), [(LONGEST_GAP, 0), (LONGEST_GAP + SECOND, 1)], ids=["five minutes", "a second more"]
)
async def test_a_gap_between_two_looks_is_an_outage(
    database: Database, clock: SetClock, gap: timedelta, number: int
) -> None:
    begun = clock.at

    await looked(database, clock, begun, begun + gap, begun + gap + SECOND)

    spans = [(each.began_at, each.ended_at) for each in await known(database)]
    assert spans == [(begun, begun + gap)] * number


async def test_two_clockworks_note_one_outage_and_a_moved_clock_none(
    database: Database, clock: SetClock
) -> None:
    begun = clock.at
    await looked(database, clock, begun)
    clock.at = begun + HOUR
    await asyncio.gather(*(Clockwork(database, really=lambda: clock.at).look() for _ in range(3)))

    clock.at += 24 * HOUR
    await Clockwork(database, really=lambda: begun + HOUR + LONGEST_GAP).look()

    assert [each.length for each in await known(database)] == [HOUR]


async def test_a_referral_whose_last_day_was_hit_gets_a_working_day_once(
    database: Database, clock: SetClock
) -> None:
    family = await refers(database, clock)
    outage = await down(database, clock, on(MONDAY, 9), on(MONDAY, 12))

    first = await prolong(database, outage, "engineer")
    again = await prolong(database, outage, "engineer")

    issued = await database.read(lambda tx: referrals.known(tx, family.referrals[0]))
    assert (first, again["referral"]) == (Counter({"referral": 1}), 0)
    assert issued.referral.last_day == date(2026, 12, 1)
    assert await told(database) == 1
    written = await database.read(lambda tx: tx.conn.execute(select(audit.c.what)).scalars().all())
    assert written.count("outage_prolonged") == 1
    listed, *_ = await database.read(outages.known)
    assert listed.prolonged_at == clock.at


async def test_two_engineers_at_once_prolong_once(database: Database, clock: SetClock) -> None:
    family = await refers(database, clock)
    outage = await down(database, clock, on(MONDAY, 9), on(MONDAY, 12))

    await asyncio.gather(*(prolong(database, outage, "engineer") for _ in range(3)))

    issued = await database.read(lambda tx: referrals.known(tx, family.referrals[0]))
    assert (issued.referral.last_day, await told(database)) == (date(2026, 12, 1), 1)


async def test_an_outage_on_another_day_moves_nothing(database: Database, clock: SetClock) -> None:
    family = await refers(database, clock)
    outage = await down(database, clock, on(date(2026, 11, 27), 9), on(date(2026, 11, 27), 12))

    await prolong(database, outage, "engineer")

    issued = await database.read(lambda tx: referrals.known(tx, family.referrals[0]))
    assert (issued.referral.last_day, await told(database)) == (MONDAY, 0)


async def test_after_it_the_ladder_begins_anew(database: Database, clock: SetClock) -> None:
    await refers(database, clock)
    outage = await down(database, clock, on(MONDAY, 9), on(MONDAY, 12))
    await prolong(database, outage, "engineer")
    await looked(database, clock, on(MONDAY, 16), on(MONDAY, 19), on(date(2026, 12, 1), 8))

    kinds = select(notice.c.kind, notice.c.at).where(notice.c.kind.in_(_REMINDERS)).order_by(notice.c.at)
    rows = await database.read(lambda tx: [tuple(row) for row in tx.conn.execute(kinds)])
    assert rows[-2:] == [
        ("referral_ends_soon", on(MONDAY, 19)),
        ("referral_ends_today", on(date(2026, 12, 1), 8)),
    ]
    assert ("referral_ends_today", on(MONDAY, 16)) not in rows


_REMINDERS = ("referral_ends_soon", "referral_ends_today")


async def test_down_over_the_end_the_stop_list_is_lifted(database: Database, clock: SetClock) -> None:
    await refers(database, clock)
    outage = await down(database, clock, on(MONDAY, 20), on(date(2026, 12, 1), 9))

    done = await prolong(database, outage, "engineer")

    def read(tx: Transaction) -> Status:
        application_id = tx.conn.execute(select(claim.c.application_id)).scalar_one()
        found = applications.find(tx, application_id)
        assert found is not None
        return found.status

    assert done == Counter({"suspension": 1})
    assert await database.read(read) is Status.AWAITING_PLACE
    assert await told(database) == 1


async def test_the_first_of_a_list_get_the_hours_back(database: Database, clock: SetClock) -> None:
    await database.write(lambda tx: settle(tx, 3))
    clock.at = MONDAY_07_00
    await look(database)
    outage = await down(database, clock, MONDAY_07_00 + HOUR, MONDAY_07_00 + 4 * HOUR)

    done = await prolong(database, outage, "engineer")
    await prolong(database, outage, "engineer")

    def read(tx: Transaction) -> set[datetime]:
        ends = tx.conn.execute(select(access.c.ends_at)).scalars().all()
        return {*ends, tx.conn.execute(select(seat_list.c.priority_ends_at)).scalar_one()}

    thursday = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
    assert (done["list"], done["access"]) == (1, 3)
    assert await database.read(read) == {thursday + 3 * HOUR}
    assert await told(database) == 3


@pytest.mark.parametrize(
    ("until", "given_back"),
    [(HOUR, HOUR + HOUR / 2), (HOUR + SECOND, timedelta(0))],
    ids=["an hour after the opening", "so late that the time of the first was counted anew"],
)
async def test_the_first_of_a_list_that_opened_in_it_get_it_back_unless_their_time_began_after_it(
    database: Database, clock: SetClock, until: timedelta, given_back: timedelta
) -> None:
    await database.write(lambda tx: settle(tx, 3))
    outage = await down(database, clock, MONDAY_07_00 - HOUR / 2, MONDAY_07_00 + until)
    end = await database.read(lambda tx: tx.conn.execute(select(seat_list.c.priority_ends_at)).scalar_one())

    await prolong(database, outage, "engineer")

    ends = await database.read(lambda tx: tx.conn.execute(select(access.c.ends_at)).scalars().all())
    assert list(ends) == [end + given_back] * 3


async def test_a_hold_that_still_runs_is_longer_by_the_outage(database: Database, clock: SetClock) -> None:
    await holds(database, clock)
    outage = await down(database, clock, MONDAY_07_00 + SECOND, MONDAY_07_00 + LONGEST_GAP + 2 * SECOND)

    done = await prolong(database, outage, "engineer")

    def read(tx: Transaction) -> set[datetime | None]:
        return {
            tx.conn.execute(select(claim.c.held_until)).scalar_one(),
            tx.conn.execute(select(seat.c.held_until)).scalar_one(),
        }

    assert done["hold"] == 1
    assert await database.read(read) == {MONDAY_07_00 + timedelta(minutes=10) + outage.length}


async def test_that_a_hold_was_longer_is_not_told_on_the_morning_after_it(
    database: Database, clock: SetClock
) -> None:
    await holds(database, clock)
    evening = on(date(2026, 11, 23), 22) - timedelta(minutes=8)
    moved = update(claim).values(held_until=evening + timedelta(minutes=10))
    await database.write(lambda tx: tx.conn.execute(moved))
    outage = await down(database, clock, evening, evening + LONGEST_GAP + SECOND)
    clock.at = on(date(2026, 11, 23), 22)

    await prolong(database, outage, "engineer")
    clock.at = on(date(2026, 11, 24), 7)
    await look(database)

    unsent = select(notice.c.unsent).where(notice.c.kind == "prolonged")
    of_both = await database.read(lambda tx: tx.conn.execute(unsent).scalars().all())
    assert sorted(of_both, key=str) == [None, LOST_SENSE]


async def test_twins_have_their_seats_longer_together_and_once(database: Database, clock: SetClock) -> None:
    pair = await twins(await town_with_seats.Town.build(database))
    one, other = await pair.take(*[await pair.town.bulletin(2)] * 2)
    outage = await down(database, clock, START + SECOND, START + LONGEST_GAP + 2 * SECOND)

    longer = await database.write(lambda tx: prolonging.prolong_hold(tx, outage, other.claim_id))
    again = await database.write(lambda tx: prolonging.prolong_hold(tx, outage, one.claim_id))

    until = one.until + outage.length
    assert [(each.claim_id, each.until) for each in longer] == [
        (other.claim_id, until),
        (one.claim_id, until),
    ]
    assert again == []
    clock.at = until - SECOND
    await database.write(lambda tx: confirming.confirm(tx, one.claim_id))
    assert await pair.states((one, other)) == ["referred", "referred"]


async def test_twins_are_told_of_both_seats(database: Database, clock: SetClock) -> None:
    pair = await twins(await town_with_seats.Town.build(database))
    await pair.take(*[await pair.town.bulletin(2)] * 2)
    outage = await down(database, clock, START + SECOND, START + LONGEST_GAP + 2 * SECOND)

    done = await prolong(database, outage, "engineer")

    assert (done, await told(database)) == (Counter({"hold": 2}), 2)
