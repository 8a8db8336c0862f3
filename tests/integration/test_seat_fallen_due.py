"""What falls due around a seat: ageing out, and what whoever needs it makes."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from domain.application import Status
from domain.errors import (
    NotAwaiting,
    Suspended,
)
from storage import applications, in_hand
from storage.database import Database
from storage.fallen_due import make_due
from storage.seats import ending, holding, lapsing, referrals, reporting
from storage.seats.reporting import Reporter
from storage.transaction import Transaction
from storage.withdrawals import withdraw
from tests.fakes.clock import START, SetClock
from tests.integration.seat_taking import DAY, confirms, refusal
from tests.integration.town_with_seats import SECOND, Town

AGES_OUT = datetime(2028, 8, 31, 19, 0, tzinfo=UTC)


@pytest.fixture
async def town(database: Database) -> Town:
    """A town where confirming refers at once."""
    return await Town.build(database)


async def aged(town: Town, application_id: int) -> Status:
    """The status after what had fallen due in the queue was made."""
    queue_id = (await town.whole(application_id)).queue_id
    await town.database.write(lambda tx: make_due(tx, queue_id))
    return (await town.whole(application_id)).status


@pytest.fixture
async def held_at_the_last_minute(town: Town, clock: SetClock) -> holding.Taken:
    """A seat held five minutes before the child's year ages out."""
    bulletin_id, application_id = await town.bulletin(1), await town.application()
    clock.at = AGES_OUT - timedelta(minutes=5)
    return await town.takes(application_id, bulletin_id)


async def test_who_is_aged_out_takes_nothing_from_that_second_on(town: Town, clock: SetClock) -> None:
    bulletin_id, application_id = await town.bulletin(1), await town.application()
    clock.at = AGES_OUT

    assert await refusal(town, application_id, bulletin_id) == NotAwaiting(Status.AGED_OUT)


async def test_a_live_hold_is_honoured_at_ageing_out_and_so_is_its_referral(
    town: Town, clock: SetClock, held_at_the_last_minute: holding.Taken
) -> None:
    held = held_at_the_last_minute
    clock.at = AGES_OUT + timedelta(minutes=3)
    assert await aged(town, held.application_id) is Status.AWAITING_PLACE

    assert await confirms(town, held.claim_id) is Status.REFERRED

    clock.advance(DAY)
    issued = await town.database.read(lambda tx: referrals.of_claim(tx, held.claim_id))
    assert issued is not None
    done = await town.database.write(lambda tx: ending.sign(tx, issued.id, date(2028, 9, 2)))
    assert done.application.status is Status.ENROLLED


async def test_when_that_hold_has_lapsed_the_application_ages_out(
    town: Town, clock: SetClock, held_at_the_last_minute: holding.Taken
) -> None:
    clock.at = held_at_the_last_minute.until

    assert await aged(town, held_at_the_last_minute.application_id) is Status.AGED_OUT


async def test_when_that_referral_is_given_up_the_application_ages_out(
    town: Town, clock: SetClock, held_at_the_last_minute: holding.Taken
) -> None:
    held = held_at_the_last_minute
    clock.at = AGES_OUT
    await confirms(town, held.claim_id)
    [issued] = await town.database.read(lambda tx: referrals.of_application(tx, held.application_id))
    await town.database.write(lambda tx: ending.give_up(tx, issued.id))

    assert await aged(town, held.application_id) is Status.AGED_OUT


async def referred_until(town: Town, clock: SetClock) -> tuple[int, datetime]:
    """A referred application, its referral expired and nothing made of it; when the suspension ends."""
    application_id = await town.application()
    taken = await town.takes(application_id, await town.bulletin(1))
    await confirms(town, taken.claim_id)
    clock.at = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
    return application_id, datetime(2026, 12, 11, 19, 0, tzinfo=UTC)


async def test_an_expired_referral_suspends_whoever_made_it_so(town: Town, clock: SetClock) -> None:
    application_id, until = await referred_until(town, clock)
    bulletin_id = await town.bulletin(1)
    clock.at = until - SECOND
    assert await refusal(town, application_id, bulletin_id) == Suspended(until)
    clock.at = until

    assert (await town.takes(application_id, bulletin_id)).taken_at == until


async def test_withdrawing_an_expired_referral_does_not_spare_the_suspension(
    town: Town, clock: SetClock
) -> None:
    application_id, until = await referred_until(town, clock)
    whole = await town.whole(application_id)
    await town.database.write(lambda tx: withdraw(tx, whole))

    again = await town.application(child_id=whole.child_id)

    assert await refusal(town, again, await town.bulletin(1)) == Suspended(until)


async def test_recalling_an_expired_referral_does_not_spare_the_suspension(
    town: Town, clock: SetClock
) -> None:
    application_id, until = await referred_until(town, clock)
    bulletin_id = await town.bulletin_of(application_id)

    recalled = await town.database.write(
        lambda tx: reporting.recall(tx, bulletin_id, "repairs", by=Reporter("kindergarten"))
    )

    assert recalled.ended == ()
    assert await refusal(town, application_id, await town.bulletin(1)) == Suspended(until)


async def test_an_expired_referral_elsewhere_stands_in_nobodys_way(
    town: Town, database: Database, clock: SetClock
) -> None:
    application_id, _ = await referred_until(town, clock)
    other = await Town.build(database)
    second = await other.application(child_id=(await town.whole(application_id)).child_id)

    assert (await other.takes(second, await other.bulletin(1))).application_id == second


async def test_what_a_turn_has_made_the_clockwork_still_tells(town: Town, clock: SetClock) -> None:
    application_id, until = await referred_until(town, clock)
    await town.database.write(lambda tx: lapsing.make_expired(tx))

    [told] = await town.database.write(lambda tx: lapsing.expire_due(tx, 10))

    assert (told.application_id, told.suspended_until) == (application_id, until)
    assert await town.database.write(lambda tx: lapsing.expire_due(tx, 10)) == []


async def test_after_weeks_without_a_clockwork_the_application_is_back_in_its_queue(
    town: Town, clock: SetClock
) -> None:
    application_id, until = await referred_until(town, clock)
    clock.at = until + 3 * DAY

    assert await aged(town, application_id) is Status.AWAITING_PLACE


async def test_without_days_of_suspension_it_awaits_at_once(database: Database, clock: SetClock) -> None:
    town = await Town.build(database)
    await town.rules_become(START - 2 * DAY, suspension_working_days=0)
    application_id, _ = await referred_until(town, clock)

    [told] = await town.database.write(lambda tx: lapsing.expire_due(tx, 10))

    assert told.suspended_from == told.suspended_until
    assert (await town.whole(application_id)).status is Status.AWAITING_PLACE


async def test_what_was_taken_again_at_the_same_instant_ends_with_the_withdrawal(town: Town) -> None:
    for _ in range(6):
        application_id, bulletin_id = await town.application(), await town.bulletin(1)
        first = await town.takes(application_id, await town.bulletin(1))
        await town.database.write(partial(holding.let_go, claim_id=first.claim_id))
        await town.takes(application_id, bulletin_id)

        def work(tx: Transaction, application_id: int = application_id) -> None:
            locked = applications.lock(tx, application_id)
            assert locked is not None
            withdraw(tx, locked)

        await town.database.write(work)

        assert await town.free(bulletin_id) == 1


async def test_what_was_taken_again_at_the_same_instant_is_what_is_in_hand(town: Town) -> None:
    for _ in range(6):
        application_id, bulletin_id = await town.application(), await town.bulletin(1)
        first = await town.takes(application_id, await town.bulletin(1))
        await town.database.write(partial(holding.let_go, claim_id=first.claim_id))
        second = await town.takes(application_id, bulletin_id)

        found = await town.database.read(partial(in_hand.of_applications, application_ids=[application_id]))

        assert found[application_id].claim_id == second.claim_id
