"""Holding a seat: who may, for how long to the tenth of a second, and what ends it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.application import Happening, PauseCause, QueueKind, Status
from domain.claim import ClaimKind
from domain.errors import (
    BarredFromBulletin,
    HoldOver,
    NotAwaiting,
    NotOpenYet,
    OnlyForTheFirst,
    OtherClaim,
    Paused,
    SeatGone,
    Suspended,
    TakingRefused,
    WrongBirthYear,
    WrongLanguage,
    WrongQueue,
)
from domain.hold import HoldEnd
from domain.policy_terms import ReferralMode
from domain.seat_list import SeatList
from storage.application_changes import pause, set_status
from storage.database import Database
from storage.publishing import add_suspension
from storage.seats import holding, reporting
from storage.seats.reporting import Reporter
from storage.seats.standing import BulletinUnknown
from storage.tables import application, claim, seat
from storage.withdrawals import withdraw
from tests.fakes.clock import START, SetClock
from tests.integration.seat_taking import DAY, confirms, refusal
from tests.integration.town_with_seats import SECOND, TEN_MINUTES, TENTH, Town

YESTERDAY = START - DAY
FOR_THE_FIRST = SeatList(
    publish_at=YESTERDAY,
    opens_at=YESTERDAY,
    priority_ends_at=START + DAY,
    access_made_at=YESTERDAY,
)


@pytest.fixture
async def town(database: Database) -> Town:
    """A town where confirming refers at once."""
    return await Town.build(database)


@pytest.mark.parametrize(
    ("offer", "wish", "expected"),
    [
        ({}, {"kind": QueueKind.CORRECTIONAL}, WrongQueue()),
        ({"birth_years": [2023]}, {}, WrongBirthYear(frozenset({2023}))),
        ({"language": "ru"}, {}, WrongLanguage("ru")),
    ],
)
async def test_a_seat_that_does_not_fit_is_refused(
    town: Town, offer: dict[str, Any], wish: dict[str, Any], expected: TakingRefused
) -> None:
    bulletin_id, application_id = await town.bulletin(1, **offer), await town.application(**wish)

    assert await refusal(town, application_id, bulletin_id) == expected


async def test_who_is_paused_lets_others_pass(town: Town) -> None:
    bulletin_id, application_id = await town.bulletin(1), await town.application()
    whole = await town.whole(application_id)
    await town.database.write(lambda tx: pause(tx, whole, PauseCause.BY_PARENT))

    assert await refusal(town, application_id, bulletin_id) == Paused()


async def test_who_is_on_the_stop_list_waits_to_its_last_second(town: Town, clock: SetClock) -> None:
    bulletin_id, application_id = await town.bulletin(1), await town.application()
    child_id, until = (await town.whole(application_id)).child_id, START + DAY
    await town.database.write(
        lambda tx: add_suspension(tx, child_id, town.people.territory_id, "general", YESTERDAY, until)
    )
    clock.at = until - SECOND
    assert await refusal(town, application_id, bulletin_id) == Suspended(until)
    clock.at = until

    assert (await town.takes(application_id, bulletin_id)).taken_at == until


async def test_a_list_is_looked_at_before_it_opens(town: Town, clock: SetClock) -> None:
    opens_at = START + DAY
    to_come = SeatList(publish_at=START, opens_at=opens_at, priority_ends_at=opens_at)
    bulletin_id, application_id = await town.bulletin(1, to_come), await town.application()
    clock.at = opens_at - SECOND
    assert await refusal(town, application_id, bulletin_id) == NotOpenYet(opens_at)
    clock.at = opens_at

    await town.takes(application_id, bulletin_id)


async def test_the_first_who_needs_the_list_makes_its_access(town: Town, clock: SetClock) -> None:
    opens_at = START + DAY
    to_come = SeatList(publish_at=START, opens_at=opens_at, priority_ends_at=opens_at + DAY)
    bulletin_id, [first, second] = await town.bulletin(1, to_come), await town.applications(2)
    clock.at = opens_at

    assert await refusal(town, second, bulletin_id) == OnlyForTheFirst(opens_at + DAY)
    assert (await town.takes(first, bulletin_id)).application_id == first


async def test_an_access_ends_at_its_second_and_everyone_comes_at_theirs(town: Town, clock: SetClock) -> None:
    bulletin_id, [first, second] = await town.bulletin(2, FOR_THE_FIRST), await town.applications(2)
    ends_at = START + timedelta(hours=1)
    await town.has_access(first, bulletin_id, ends_at)
    clock.at = ends_at
    assert await refusal(town, first, bulletin_id) == OnlyForTheFirst(START + DAY)
    clock.at = START + DAY

    assert (await town.takes(second, bulletin_id)).application_id == second
    assert (await town.takes(first, bulletin_id)).application_id == first


async def test_a_seat_that_somebody_holds_is_gone(town: Town) -> None:
    bulletin_id, [first, second] = await town.bulletin(1), await town.applications(2)
    await town.takes(first, bulletin_id)

    assert await refusal(town, second, bulletin_id) == SeatGone(bulletin_id)


async def test_a_child_holds_one_seat_over_all_territories(town: Town, database: Database) -> None:
    other = await Town.build(database)
    here, there = await town.bulletin(1), await other.bulletin(1)
    first = await town.application()
    child_id = (await town.whole(first)).child_id
    second = await other.application(child_id=child_id)
    await town.takes(first, here)

    assert await refusal(other, second, there) == OtherClaim(ClaimKind.HELD)


async def test_twenty_presses_hold_one_seat(town: Town) -> None:
    bulletin_id, application_id = await town.bulletin(5), await town.application()
    taken = await town.takes(application_id, bulletin_id)

    refused = [await refusal(town, application_id, bulletin_id) for _ in range(19)]

    assert refused == [OtherClaim(ClaimKind.HELD)] * 19
    assert (await town.row(claim, taken.claim_id)).held_until == START + TEN_MINUTES


async def test_what_was_withdrawn_takes_nothing(town: Town) -> None:
    bulletin_id, application_id = await town.bulletin(1), await town.application()
    whole = await town.whole(application_id)
    await town.database.write(lambda tx: withdraw(tx, whole))

    assert await refusal(town, application_id, bulletin_id) == NotAwaiting(Status.WITHDRAWN)


@pytest.mark.parametrize("unknown", ["application", "bulletin"])
async def test_an_unknown_number_is_told_apart(town: Town, unknown: str) -> None:
    application_id, bulletin_id = await town.application(), await town.bulletin(1)
    asked = (7, bulletin_id) if unknown == "application" else (application_id, 7)

    with pytest.raises(BulletinUnknown):
        await town.takes(*asked)


@pytest.mark.parametrize(
    ("after", "status"),
    [(TEN_MINUTES - TENTH, Status.REFERRED), (TEN_MINUTES, None), (TEN_MINUTES + SECOND, None)],
)
async def test_a_hold_is_good_before_its_tenth_minute_is_over(
    town: Town, clock: SetClock, after: timedelta, status: Status | None
) -> None:
    taken = await town.takes(await town.application(), await town.bulletin(1))
    clock.advance(after)

    if status is None:
        with pytest.raises(HoldOver) as refused:
            await confirms(town, taken.claim_id)
        assert refused.value == HoldOver(HoldEnd.LAPSED, START + TEN_MINUTES)
    else:
        assert await confirms(town, taken.claim_id) is status


@pytest.mark.parametrize(("after", "free"), [(TEN_MINUTES - TENTH, 0), (TEN_MINUTES, 1)])
async def test_a_lapsed_seat_is_anybodys_at_that_very_second(
    town: Town, clock: SetClock, after: timedelta, free: int
) -> None:
    bulletin_id, [first, second] = await town.bulletin(1), await town.applications(2)
    lapsed = await town.takes(first, bulletin_id)
    clock.advance(after)
    assert await town.free(bulletin_id) == free
    if not free:
        return

    taken = await town.takes(second, bulletin_id)

    row = await town.row(claim, lapsed.claim_id)
    assert (row.state, row.ended_at) == ("lapsed", START + TEN_MINUTES)
    assert (await town.row(seat, taken.seat_id)).claim_id == taken.claim_id


async def test_the_own_lapsed_hold_is_cleared_by_the_next_taking(town: Town, clock: SetClock) -> None:
    here, there, application_id = await town.bulletin(1), await town.bulletin(1), await town.application()
    lapsed = await town.takes(application_id, here)
    clock.advance(TEN_MINUTES)

    await town.takes(application_id, there)

    assert (await town.row(claim, lapsed.claim_id)).state == "lapsed"
    assert await town.free(here) == 1


@pytest.mark.parametrize("lets_go", [True, False])
async def test_a_hold_is_not_prolonged_by_taking_it_again(town: Town, clock: SetClock, lets_go: bool) -> None:
    here, there, application_id = await town.bulletin(2), await town.bulletin(2), await town.application()
    taken = await town.takes(application_id, here)
    if lets_go:
        await town.database.write(lambda tx: holding.let_go(tx, taken.claim_id))
    else:
        clock.advance(TEN_MINUTES)
    until = clock.at + TEN_MINUTES
    clock.at = until - TENTH
    assert await refusal(town, application_id, here) == BarredFromBulletin(until)
    second = await town.takes(application_id, there)
    clock.at = until
    await town.database.write(lambda tx: holding.let_go(tx, second.claim_id))

    assert (await town.takes(application_id, here)).until == until + TEN_MINUTES


@pytest.mark.parametrize("applies_anew", [False, True], ids=["restored", "applied anew"])
async def test_a_hold_is_not_prolonged_by_withdrawing_the_application(
    town: Town, clock: SetClock, applies_anew: bool
) -> None:
    here, application_id = await town.bulletin(2), await town.application()
    await town.takes(application_id, here)
    clock.advance(TEN_MINUTES - SECOND)
    whole = await town.whole(application_id)
    withdrawn = await town.database.write(lambda tx: withdraw(tx, whole))
    if applies_anew:
        application_id = await town.application(child_id=whole.child_id)
    else:
        await town.database.write(lambda tx: set_status(tx, withdrawn.application, Happening.RESTORED))
    until = clock.at + TEN_MINUTES

    assert await refusal(town, application_id, here) == BarredFromBulletin(until)
    clock.at = until
    assert (await town.takes(application_id, here)).until == until + TEN_MINUTES


async def test_letting_go_twice_says_when_it_was_let_go(town: Town, clock: SetClock) -> None:
    taken = await town.takes(await town.application(), await town.bulletin(1))
    await town.database.write(lambda tx: holding.let_go(tx, taken.claim_id))
    clock.advance(SECOND)

    with pytest.raises(HoldOver) as refused:
        await town.database.write(lambda tx: holding.let_go(tx, taken.claim_id))

    assert refused.value == HoldOver(HoldEnd.LET_GO, START)


@pytest.mark.parametrize("what", ["access", "priority"])
async def test_a_hold_stays_good_when_access_or_priority_passes(
    town: Town, clock: SetClock, what: str
) -> None:
    bulletin_id, application_id = await town.bulletin(1, FOR_THE_FIRST), await town.application()
    ends_at = START + (timedelta(minutes=5) if what == "access" else DAY)
    await town.has_access(application_id, bulletin_id, ends_at)
    clock.at = ends_at - timedelta(minutes=5)
    taken = await town.takes(application_id, bulletin_id)
    clock.at = ends_at + timedelta(minutes=5) - TENTH

    assert await confirms(town, taken.claim_id) is Status.REFERRED


async def test_withdrawing_ends_a_hold_and_frees_its_seat(town: Town) -> None:
    bulletin_id, application_id = await town.bulletin(1), await town.application()
    taken = await town.takes(application_id, bulletin_id)
    whole = await town.whole(application_id)

    await town.database.write(lambda tx: withdraw(tx, whole))

    assert (await town.row(claim, taken.claim_id)).state == "withdrawn"
    assert await town.free(bulletin_id) == 1


async def test_a_recalled_seat_cannot_be_confirmed(town: Town) -> None:
    bulletin_id = await town.bulletin(1)
    taken = await town.takes(await town.application(), bulletin_id)
    await town.database.write(
        lambda tx: reporting.recall(tx, bulletin_id, "repairs", by=Reporter("kindergarten"))
    )

    with pytest.raises(HoldOver) as refused:
        await confirms(town, taken.claim_id)

    assert refused.value == HoldOver(HoldEnd.RECALLED, START)
    assert await refusal(town, await town.application(), bulletin_id) == SeatGone(bulletin_id)


async def test_a_suspended_application_cannot_confirm(town: Town) -> None:
    application_id = await town.application()
    taken = await town.takes(application_id, await town.bulletin(1))
    suspended = application.update().where(application.c.id == application_id)
    span = {"suspended_from": START, "suspended_until": START + DAY}
    await town.database.write(lambda tx: tx.conn.execute(suspended.values(status="suspended", **span)))

    with pytest.raises(HoldOver) as refused:
        await confirms(town, taken.claim_id)

    assert refused.value == HoldOver(HoldEnd.SUSPENDED, START)


async def test_the_policy_of_the_taking_says_how_long_and_that_of_confirming_what_comes_of_it(
    town: Town, clock: SetClock
) -> None:
    midnight = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    await town.rules_become(midnight, hold=timedelta(minutes=2), referral_mode=ReferralMode.ACTIVATED)
    clock.at = midnight - timedelta(minutes=5)
    taken = await town.takes(await town.application(), await town.bulletin(1))
    clock.at = midnight + timedelta(minutes=4)

    assert taken.until - taken.taken_at == TEN_MINUTES
    assert await confirms(town, taken.claim_id) is Status.APPLIED
