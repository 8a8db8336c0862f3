"""A seat from the hold to the contract, and what becomes of it when it does not come so far."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.activation import Decider
from domain.application import PauseCause, Status
from domain.errors import ActivationRefused, AlreadyDecided, ContractTooEarly, HoldOver, ReferralStillValid
from domain.hold import HoldEnd
from domain.policy import Policy
from domain.policy_terms import ReferralMode
from domain.referral import ReferralEnd
from storage.application_changes import pause
from storage.database import Database
from storage.seats import activating, confirming, ending, holding, lapsing, referrals
from storage.seats.confirming import Confirmed
from storage.seats.lapsing import Expired
from storage.seats.referrals import Issued
from storage.tables import claim, seat
from tests.fakes.clock import START, SetClock
from tests.integration.town_with_seats import SECOND, TEN_MINUTES, Town

ACTIVATED = Policy(referral_mode=ReferralMode.ACTIVATED)
LAST_DAY = date(2026, 11, 27)
OVER = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
SUSPENDED_UNTIL = datetime(2026, 12, 11, 19, 0, tzinfo=UTC)
REASON = "The medical certificate is missing"


@pytest.fixture
async def town(database: Database) -> Town:
    """A town where confirming refers at once."""
    return await Town.build(database)


async def confirmed(town: Town) -> Confirmed:
    """An application has confirmed a seat."""
    bulletin_id = await town.bulletin(2)
    taken = await town.takes(await town.application(), bulletin_id)
    [one] = await town.database.write(lambda tx: confirming.confirm(tx, taken.claim_id))
    return one


async def referred(town: Town) -> Issued:
    """The same; its referral."""
    claim_id = (await confirmed(town)).claim_id
    found = await town.database.read(lambda tx: referrals.of_claim(tx, claim_id))
    assert found is not None
    return found


async def test_a_taken_seat_is_held_for_ten_minutes(town: Town) -> None:
    bulletin_id, application_id = await town.bulletin(2), await town.application()

    taken = await town.takes(application_id, bulletin_id)

    assert (taken.taken_at, taken.until) == (START, START + TEN_MINUTES)
    assert (await town.row(seat, taken.seat_id)).claim_id == taken.claim_id
    assert await town.free(bulletin_id) == 1


async def test_a_seat_that_was_let_go_is_free_at_that_instant(town: Town) -> None:
    bulletin_id = await town.bulletin(1)
    taken = await town.takes(await town.application(), bulletin_id)

    await town.database.write(lambda tx: holding.let_go(tx, taken.claim_id))

    assert await town.free(bulletin_id) == 1
    assert (await town.row(claim, taken.claim_id)).state == "let_go"


async def test_confirming_gives_the_referral_and_leads_out_of_the_queue(town: Town) -> None:
    one = await confirmed(town)

    assert one.application.status is Status.REFERRED
    assert one.issued is not None
    assert one.issued.referral.last_day == LAST_DAY
    assert (await town.row(seat, (await town.row(claim, one.claim_id)).seat_id)).held_until is None


async def test_a_referral_is_found_by_its_number(town: Town) -> None:
    issued = await referred(town)

    assert await town.database.read(lambda tx: referrals.by_number(tx, issued.number)) == issued
    assert (issued.kindergarten, issued.group) == ("Garden", "Group")


async def test_confirmed_twice_it_says_when_it_was_confirmed(town: Town, clock: SetClock) -> None:
    one = await confirmed(town)
    clock.advance(SECOND)

    with pytest.raises(HoldOver) as refused:
        await town.database.write(lambda tx: confirming.confirm(tx, one.claim_id))

    assert refused.value == HoldOver(HoldEnd.CONFIRMED, START)


async def test_where_staff_activate_confirming_asks_them_and_keeps_the_place(database: Database) -> None:
    town = await Town.build(database, ACTIVATED)

    one = await confirmed(town)

    assert one.application.status is Status.APPLIED
    assert one.issued is None
    assert one.activate_by == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


async def test_the_kindergarten_activates_and_the_referral_is_issued_then(
    database: Database, clock: SetClock
) -> None:
    town = await Town.build(database, ACTIVATED)
    one = await confirmed(town)
    clock.advance(timedelta(days=3))

    done = await database.write(lambda tx: activating.activate(tx, one.claim_id, Decider.KINDERGARTEN))

    assert done.application.status is Status.REFERRED
    assert done.issued is not None
    assert done.issued.referral.last_day == date(2026, 11, 30)
    with pytest.raises(AlreadyDecided):
        await database.write(lambda tx: activating.activate(tx, one.claim_id, Decider.KINDERGARTEN))


async def test_the_department_answers_in_their_stead_not_before_its_time(
    database: Database, clock: SetClock
) -> None:
    town = await Town.build(database, ACTIVATED)
    one = await confirmed(town)
    due = one.activate_by
    assert due is not None
    clock.at = due - SECOND
    with pytest.raises(ActivationRefused):
        await database.write(lambda tx: activating.activate(tx, one.claim_id, Decider.DEPARTMENT))
    clock.at = due

    done = await database.write(lambda tx: activating.activate(tx, one.claim_id, Decider.DEPARTMENT))

    assert done.issued is not None


async def test_what_was_declined_awaits_again_and_its_seat_waits_for_the_next_list(
    database: Database,
) -> None:
    town = await Town.build(database, ACTIVATED)
    one = await confirmed(town)

    done = await database.write(lambda tx: activating.decline(tx, one.claim_id, Decider.KINDERGARTEN, REASON))

    assert done.application.status is Status.AWAITING_PLACE
    assert done.application.submitted_at == one.application.submitted_at
    ended = await town.row(claim, one.claim_id)
    assert ended.state == "turned_down"
    assert (await town.row(seat, ended.seat_id)).claim_id == one.claim_id


async def test_a_parent_takes_back_what_was_sent(database: Database) -> None:
    town = await Town.build(database, ACTIVATED)
    one = await confirmed(town)

    done = await database.write(lambda tx: activating.take_back(tx, one.claim_id))

    assert done.application.status is Status.AWAITING_PLACE


async def test_who_confirms_takes_part_again_though_it_was_paused_meanwhile(town: Town) -> None:
    taken = await town.takes(await town.application(), await town.bulletin(1))
    whole = await town.whole(taken.application_id)
    await town.database.write(lambda tx: pause(tx, whole, PauseCause.BY_PARENT))
    [one] = await town.database.write(lambda tx: confirming.confirm(tx, taken.claim_id))
    assert one.issued is not None
    referral_id = one.issued.id

    await town.database.write(lambda tx: ending.give_up(tx, referral_id))

    again = await town.whole(taken.application_id)
    assert (again.status, again.paused_at) == (Status.AWAITING_PLACE, None)


async def test_given_up_the_application_awaits_with_its_date(town: Town) -> None:
    issued = await referred(town)

    done = await town.database.write(lambda tx: ending.give_up(tx, issued.id))

    assert (done.application.status, done.application.submitted_at) == (Status.AWAITING_PLACE, START)
    assert (await town.row(claim, issued.claim_id)).state == "declined"
    assert (await town.row(seat, issued.seat_id)).claim_id == issued.claim_id


async def test_a_signed_contract_enrols(town: Town) -> None:
    issued = await referred(town)

    done = await town.database.write(lambda tx: ending.sign(tx, issued.id, date(2026, 12, 1)))

    assert done.application.status is Status.ENROLLED
    found = await town.database.read(lambda tx: referrals.find(tx, issued.id))
    assert found is not None
    assert (found.referral.end, found.contract_at) == (ReferralEnd.ENROLLED, START)


async def test_no_contract_starts_before_the_seat_is_empty(town: Town) -> None:
    issued = await referred(town)

    with pytest.raises(ContractTooEarly):
        await town.database.write(lambda tx: ending.sign(tx, issued.id, date(2026, 10, 20)))


async def test_a_refusal_at_the_desk_keeps_its_reason_sealed(town: Town) -> None:
    issued = await referred(town)

    done = await town.database.write(lambda tx: ending.refuse(tx, issued.id, REASON))

    assert done.application.status is Status.AWAITING_PLACE
    row = await town.row(claim, issued.claim_id)
    assert row.state == "refused_at_desk"
    assert REASON.encode() not in row.reason


async def test_an_expired_referral_suspends_for_ten_working_days(town: Town, clock: SetClock) -> None:
    issued = await referred(town)
    clock.at = OVER

    told = await town.database.write(lambda tx: lapsing.expire_due(tx, 10))

    assert told == [
        Expired(
            claim_id=issued.claim_id,
            application_id=issued.application_id,
            referral_id=issued.id,
            number=issued.number,
            last_day=LAST_DAY,
            suspended_from=OVER,
            suspended_until=SUSPENDED_UNTIL,
        )
    ]
    whole = await town.whole(issued.application_id)
    assert (whole.status, whole.suspended_until) == (Status.SUSPENDED, SUSPENDED_UNTIL)
    assert (await town.row(seat, issued.seat_id)).claim_id == issued.claim_id
    assert await town.database.write(lambda tx: lapsing.expire_due(tx, 10)) == []


async def test_that_nobody_came_is_noted_once_the_days_are_over(town: Town, clock: SetClock) -> None:
    issued = await referred(town)
    with pytest.raises(ReferralStillValid):
        await town.database.write(lambda tx: ending.did_not_come(tx, issued.id))
    clock.at = OVER

    done = await town.database.write(lambda tx: ending.did_not_come(tx, issued.id))

    assert done.referral.end is ReferralEnd.EXPIRED
    assert (await town.whole(issued.application_id)).status is Status.SUSPENDED


async def test_a_lapsed_hold_is_told_once(town: Town, clock: SetClock) -> None:
    taken = await town.takes(await town.application(), await town.bulletin(1))
    clock.advance(TEN_MINUTES)

    told = await town.database.write(lambda tx: lapsing.clear_lapsed(tx, 10))

    assert [each.claim_id for each in told] == [taken.claim_id]
    assert await town.database.write(lambda tx: lapsing.clear_lapsed(tx, 10)) == []
