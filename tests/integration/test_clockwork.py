"""The clockwork: what was due is made, once, however late it looks and however many look."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.clockwork import Clockwork
from bot.duties import DUTIES
from domain.application import Happening, PauseCause, Status
from domain.local_time import local_date
from domain.notice import Told
from domain.policy import Policy
from domain.seat_list import list_for
from storage import applications
from storage.application_changes import set_status
from storage.database import Database
from storage.due import Due
from storage.seats import confirming, ending, holding
from storage.seats.confirming import Confirmed
from storage.seats.reporting import recall
from storage.seats.room import of_groups
from storage.tables import access, bulletin, child_group, claim, notice, seat, seat_list
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.seat_town import BY, Town

SECOND = timedelta(seconds=1)
OF_LISTS = (Told.LIST_PUBLISHED, Told.OPEN_TO_EVERYONE)
FRIDAY_18_00 = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
MONDAY_07_00 = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
THURSDAY_07_00 = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@pytest.fixture
async def town(database: Database) -> Town:
    return await database.write(Town.found)


async def look(database: Database, times: int = 1) -> None:
    """So many clockworks look at once."""
    await asyncio.gather(*(Clockwork(database).look() for _ in range(times)))


async def told(database: Database) -> Counter[str]:
    """How often each kind of notice was written; who is told of lists is another test's."""
    kinds = select(notice.c.kind).where(notice.c.kind.not_in([each.value for each in OF_LISTS]))
    return Counter(await database.read(lambda tx: tx.conn.execute(kinds).scalars().all()))


async def with_access(database: Database) -> list[int]:
    found = select(access.c.application_id).order_by(access.c.application_id)
    return list(await database.read(lambda tx: tx.conn.execute(found).scalars().all()))


async def apply(database: Database, town: Town, many: int) -> list[int]:
    """So many families in the queue, the first first."""

    def work(tx: Transaction) -> list[int]:
        days = (START - timedelta(days=100 - n) for n in range(many))
        return [town.applies(tx, submitted_at=day).application_id for day in days]

    return await database.write(work)


def take_and_give_up(tx: Transaction, application_id: int, bulletin_id: int) -> None:
    taken = holding.take(tx, application_id, bulletin_id)
    [confirmed] = confirming.confirm(tx, taken.claim_id)
    ending.give_up(tx, referral_of(confirmed))


async def status(database: Database, application_id: int) -> Status:
    found = await database.read(lambda tx: applications.find(tx, application_id))
    assert found is not None
    return found.status


def referral_of(confirmed: Confirmed) -> int:
    assert confirmed.issued is not None
    return confirmed.issued.id


async def referred(database: Database, town: Town, clock: SetClock) -> tuple[int, int]:
    """A referral of the only one who waits, taken when its list is open: application and referral."""
    [first] = await apply(database, town, 1)
    reported = await database.write(lambda tx: town.reports(tx, 1))
    clock.at = MONDAY_07_00
    taken = await database.write(lambda tx: holding.take(tx, first, reported.bulletin_id))
    [confirmed] = await database.write(lambda tx: confirming.confirm(tx, taken.claim_id))
    return first, referral_of(confirmed)


async def came_back(database: Database) -> list[tuple[str, datetime, int]]:
    """The bulletins of seats that came back: their cause, when they are published, how many."""

    def read(tx: Transaction) -> list[tuple[str, datetime, int]]:
        found = (
            select(
                bulletin.c.cause,
                seat_list.c.publish_at,
                bulletin.c.total_seats,
            )
            .join(seat_list, seat_list.c.id == bulletin.c.list_id)
            .join(seat, seat.c.bulletin_id == bulletin.c.id)
            .where(bulletin.c.cause.is_not(None))
            .order_by(seat.c.id)
        )
        return [tuple(row) for row in tx.conn.execute(found)]

    return await database.read(read)


@pytest.mark.parametrize(
    ("at", "many"), [(MONDAY_07_00 - SECOND, 0), (MONDAY_07_00, 2)], ids=["06:59:59", "07:00"]
)
async def test_the_first_get_their_access_at_07_00_and_are_told_until_when(
    database: Database, town: Town, clock: SetClock, at: datetime, many: int
) -> None:
    first = await apply(database, town, 3)
    await database.write(lambda tx: town.reports(tx, 2))
    clock.at = at

    await look(database)

    assert await with_access(database) == sorted(first[:many])
    assert await told(database) == Counter({"access_opened": many} if many else {})


async def test_down_for_three_days_over_18_00_and_07_00_it_makes_up_for_all_of_it(
    database: Database, town: Town, clock: SetClock
) -> None:
    first = await apply(database, town, 3)
    await database.write(lambda tx: town.reports(tx, 2))
    clock.at = MONDAY_07_00 + timedelta(days=3)

    await look(database)

    ends = await database.read(lambda tx: tx.conn.execute(select(access.c.ends_at)).scalars().all())
    why = await database.read(lambda tx: tx.conn.execute(select(seat_list.c.late_reason)).scalar_one())
    assert await with_access(database) == sorted(first[:2])
    assert set(ends) == {THURSDAY_07_00 + timedelta(days=5)}
    assert (why, await told(database)) == ("nobody_came", Counter({"access_opened": 2}))


async def test_a_clock_that_goes_back_an_hour_makes_nothing_twice(
    database: Database, town: Town, clock: SetClock
) -> None:
    await apply(database, town, 3)
    await database.write(lambda tx: town.reports(tx, 2))
    clock.at = MONDAY_07_00
    await look(database)

    for back in (timedelta(hours=1), timedelta(minutes=30), timedelta(0)):
        clock.at = MONDAY_07_00 - back
        await look(database)

    assert (len(await with_access(database)), await told(database)) == (2, Counter({"access_opened": 2}))


async def test_two_clockworks_do_each_thing_once(database: Database, town: Town, clock: SetClock) -> None:
    first, _ = await referred(database, town, clock)
    await database.write(lambda tx: town.reports(tx, 10))
    await apply(database, town, 30)
    clock.at = THURSDAY_07_00 + timedelta(days=9)

    await look(database, times=3)

    assert await told(database) == Counter({"access_opened": 10, "referral_expired": 1})
    assert len(await came_back(database)) == 1
    assert await status(database, first) is Status.SUSPENDED


async def test_a_hold_that_lapsed_is_told_once_whoever_cleared_it(
    database: Database, town: Town, clock: SetClock
) -> None:
    one, other = await apply(database, town, 2)
    reported = await database.write(lambda tx: town.reports(tx, 1))
    clock.at = THURSDAY_07_00
    await look(database)
    clock.at += timedelta(days=10)
    await database.write(lambda tx: holding.take(tx, one, reported.bulletin_id))
    clock.advance(timedelta(minutes=10))
    await database.write(lambda tx: holding.take(tx, other, reported.bulletin_id))

    await look(database)
    await look(database)

    assert (await told(database))["hold_gone"] == 1


async def test_an_unused_referral_is_told_and_its_seat_is_on_the_next_list(
    database: Database, town: Town, clock: SetClock
) -> None:
    first, _ = await referred(database, town, clock)
    clock.at = datetime(2026, 11, 30, 19, 0, tzinfo=UTC)
    await look(database)

    assert await status(database, first) is Status.SUSPENDED
    assert (await told(database))["referral_expired"] == 1
    assert await came_back(database) == [("expired", datetime(2026, 12, 1, 13, 0, tzinfo=UTC), 1)]


@pytest.mark.parametrize(
    ("at", "publish_at"),
    [
        (datetime(2026, 11, 24, 12, 59, 59, tzinfo=UTC), datetime(2026, 11, 24, 13, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 13, 0, tzinfo=UTC), datetime(2026, 11, 25, 13, 0, tzinfo=UTC)),
    ],
    ids=["17:59:59", "18:00:00"],
)
@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=12)])
async def test_a_seat_given_up_goes_on_the_list_of_that_instant_whenever_it_is_found(
    database: Database, town: Town, clock: SetClock, at: datetime, publish_at: datetime, later: timedelta
) -> None:
    _, referral_id = await referred(database, town, clock)
    clock.at = at
    await database.write(lambda tx: ending.give_up(tx, referral_id))
    clock.at = at + later

    await look(database, times=2)

    assert await came_back(database) == [("declined", publish_at, 1)]


async def test_found_after_its_list_was_opened_it_goes_on_the_next_one(
    database: Database, town: Town, clock: SetClock
) -> None:
    _, referral_id = await referred(database, town, clock)
    clock.at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    await database.write(lambda tx: ending.give_up(tx, referral_id))
    clock.at += timedelta(days=3)

    await look(database)

    planned = list_for(clock.at, Policy())
    assert await came_back(database) == [("declined", planned.publish_at, 1)]


async def test_whoever_opens_a_list_first_puts_the_seats_on_it_that_came_back_in_time(
    database: Database, town: Town, clock: SetClock
) -> None:
    first, referral_id = await referred(database, town, clock)
    clock.at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    reported = await database.write(lambda tx: town.reports(tx, 1))
    await database.write(lambda tx: ending.give_up(tx, referral_id))
    [second] = await apply(database, town, 1)
    clock.at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

    await database.write(lambda tx: holding.take(tx, second, reported.bulletin_id))

    published = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert await came_back(database) == [("declined", published, 1)]
    assert set(await with_access(database)) == {first, second}


async def test_seats_of_one_group_with_one_cause_share_a_bulletin(
    database: Database, town: Town, clock: SetClock
) -> None:
    some = await apply(database, town, 3)
    reported = await database.write(lambda tx: town.reports(tx, 3))
    clock.at = MONDAY_07_00
    for each in some:
        await database.write(partial(take_and_give_up, application_id=each, bulletin_id=reported.bulletin_id))

    await look(database)

    assert [(row[0], row[2]) for row in await came_back(database)] == [("declined", 3)] * 3


@pytest.mark.parametrize(
    ("released_on", "empty_from"),
    [(date(2027, 1, 11), date(2027, 1, 11)), (date(2026, 11, 1), date(2026, 11, 23))],
    ids=["empty later", "empty long ago"],
)
async def test_a_seat_that_comes_back_before_it_is_empty_is_empty_no_sooner(
    database: Database, town: Town, clock: SetClock, released_on: date, empty_from: date
) -> None:
    _, referral_id = await referred(database, town, clock)
    await database.write(lambda tx: tx.conn.execute(update(bulletin).values(released_on=released_on)))
    await database.write(lambda tx: ending.give_up(tx, referral_id))

    await look(database)

    again = select(bulletin.c.released_on).where(bulletin.c.cause == "declined")
    assert await database.read(lambda tx: tx.conn.execute(again).scalar_one()) == empty_from


async def test_a_seat_that_came_back_just_before_its_bulletin_was_recalled_leaves_room_for_another(
    database: Database, town: Town, clock: SetClock
) -> None:
    _, referral_id = await referred(database, town, clock)

    def work(tx: Transaction) -> int:
        ending.give_up(tx, referral_id)
        found = tx.conn.execute(select(bulletin.c.id, bulletin.c.group_id)).one()
        recall(tx, found.id, "A burst pipe", by=BY)
        return found.group_id  # type: ignore[no-any-return]

    group_id = await database.write(work)

    await look(database)

    today = local_date(clock.at)
    assert (await database.read(lambda tx: of_groups(tx, [group_id], today)))[group_id].offered == 0


@pytest.mark.parametrize("how", ["recalled", "closed"])
async def test_seats_of_what_was_recalled_or_closed_do_not_come_out_again(
    database: Database, town: Town, clock: SetClock, how: str
) -> None:
    _, referral_id = await referred(database, town, clock)

    def end(tx: Transaction) -> None:
        if how == "closed":
            ending.give_up(tx, referral_id)
            tx.conn.execute(update(child_group).values(closed_at=tx.now))
            return
        found = tx.conn.execute(
            select(seat.c.bulletin_id).join(claim, claim.c.seat_id == seat.c.id)
        ).scalar_one()
        recall(tx, found, "A burst pipe", by=BY)

    await database.write(end)

    await look(database)

    returned = await database.read(lambda tx: tx.conn.execute(select(claim.c.returned_at)).scalar_one())
    assert (await came_back(database), returned) == ([], clock.at)


async def suspended(database: Database, town: Town, until: datetime) -> int:
    [first] = await apply(database, town, 1)

    def work(tx: Transaction) -> int:
        for happening, span in ((Happening.REFERRED, None), (Happening.EXPIRED, (START, until))):
            whole = applications.find(tx, first)
            assert whole is not None
            set_status(tx, whole, happening, suspended=span)
        return first

    return await database.write(work)


async def test_the_end_of_a_suspension_is_made_and_told_with_the_place(
    database: Database, town: Town, clock: SetClock
) -> None:
    first = await suspended(database, town, MONDAY_07_00)
    clock.at = MONDAY_07_00

    await look(database, times=2)

    assert await status(database, first) is Status.AWAITING_PLACE
    assert await told(database) == Counter({"suspension_over": 1})


async def test_who_is_too_old_is_told_once_and_asked_after_once_a_day(
    database: Database, town: Town, clock: SetClock
) -> None:
    [first] = await apply(database, town, 1)
    clockwork = Clockwork(database)
    await clockwork.look()
    clock.at = datetime(2030, 8, 31, 19, 0, tzinfo=UTC)

    await clockwork.look()
    await clockwork.look()

    assert await status(database, first) is Status.AGED_OUT
    assert await told(database) == Counter({"aged_out": 1})


async def test_a_duty_that_breaks_keeps_no_other_from_being_done(
    database: Database, town: Town, clock: SetClock
) -> None:
    async def breaks(_: Database) -> int:
        raise ZeroDivisionError

    await suspended(database, town, MONDAY_07_00)
    clock.at = MONDAY_07_00
    broken = Clockwork(database, duties={**DUTIES, Due.SUSPENSIONS: breaks})
    await database.write(lambda tx: town.reports(tx, 1))
    clock.at += timedelta(days=1)

    with capture_logs() as logged:
        await broken.look()

    assert {(line["event"], line["what"]) for line in logged} == {("a duty broke", "suspensions")}
    made = await database.read(lambda tx: tx.conn.execute(select(seat_list.c.access_made_at)).scalar_one())
    assert made == clock.at


async def test_two_silent_periods_lead_to_a_question_and_then_to_a_pause(
    database: Database, town: Town, clock: SetClock
) -> None:
    [first] = await apply(database, town, 1)
    clockwork = Clockwork(database)
    seen = []
    for day in range(12):
        if day < 2:
            await database.write(lambda tx: town.reports(tx, 1))
        clock.at = MONDAY_07_00 + timedelta(days=day)
        await clockwork.look()
        seen.append((await told(database))["silence_asked"])

    found = await database.read(lambda tx: applications.find(tx, first))
    assert found is not None
    assert (found.pause_reason, found.status, found.silent_periods) == (
        PauseCause.BY_SILENCE.value,
        Status.AWAITING_PLACE,
        0,
    )
    assert seen[-1] == 1
    assert (await told(database))["paused_by_silence"] == 1


async def test_the_next_instant_is_that_of_the_next_list(
    database: Database, town: Town, clock: SetClock
) -> None:
    await database.write(lambda tx: town.reports(tx, 1))
    clockwork = Clockwork(database)
    far = MONDAY_07_00 + timedelta(days=1)

    first = await clockwork.next_before(far)
    clock.at = FRIDAY_18_00
    before = await clockwork.next_before(far)
    clock.at = MONDAY_07_00 - timedelta(hours=1)
    await clockwork.look()

    assert (first, before) == (FRIDAY_18_00, MONDAY_07_00 - timedelta(hours=1))
    assert await clockwork.next_before(far) == MONDAY_07_00
    assert await clockwork.next_before(MONDAY_07_00) is None
