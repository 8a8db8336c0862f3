"""Who may take a seat now, and what stands in the way of the others."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import QueueKind, Status
from domain.claim import ClaimKind
from domain.errors import (
    BarredFromBulletin,
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
from domain.policy import Policy
from domain.seat_list import ListState, SeatList, list_for
from domain.taking import (
    Applicant,
    Bulletin,
    Offer,
    Wish,
    check_may_take,
    fits,
    reasons_against,
)
from tests.unit.instants import TICK, at
from tests.unit.takers import may_take

OFFER = Offer(
    bulletin_id=7,
    queue_kind=QueueKind.GENERAL,
    territory_id=1,
    birth_years=frozenset({2022}),
    language="ru",
)
WISH = Wish(
    queue_kind=QueueKind.GENERAL,
    territory_id=1,
    birth_year=2022,
    languages=frozenset({"kk", "ru"}),
)
COMING = list_for(at("2026-11-20 10:00"), Policy())
SEATS = COMING.with_access(COMING.opens_at, Policy())
BULLETIN = Bulletin(offer=OFFER, seat_list=SEATS, free=3)
APPLICANT = Applicant(wish=WISH, status=Status.AWAITING_PLACE, ages_out_at=at("2028-09-01 00:00"))
FIRST = replace(APPLICANT, access_ends_at=SEATS.priority_ends_at)
OPEN = at("2026-11-26 07:00")


@pytest.mark.parametrize(
    ("other", "fitting"),
    [
        (WISH, True),
        (replace(WISH, languages=frozenset({"ru"})), True),
        (replace(WISH, queue_kind=QueueKind.CORRECTIONAL), False),
        (replace(WISH, territory_id=2), False),
        (replace(WISH, birth_year=2021), False),
        (replace(WISH, languages=frozenset({"kk"})), False),
    ],
)
def test_a_seat_fits_when_all_four_match(other: Wish, fitting: bool) -> None:
    assert fits(OFFER, other) is fitting


@pytest.mark.parametrize(
    ("now", "for_the_first", "for_others"),
    [
        ("2026-11-20 17:59:59", NotOpenYet(SEATS.opens_at), NotOpenYet(SEATS.opens_at)),
        ("2026-11-23 06:59:59", NotOpenYet(SEATS.opens_at), NotOpenYet(SEATS.opens_at)),
        ("2026-11-23 07:00:00", None, OnlyForTheFirst(OPEN)),
        ("2026-11-26 06:59:59", None, OnlyForTheFirst(OPEN)),
        ("2026-11-26 07:00:00", None, None),
        ("2026-11-27 03:00:00", None, None),
    ],
)
def test_a_list_opens_to_the_first_and_then_to_everyone(
    now: str, for_the_first: TakingRefused | None, for_others: TakingRefused | None
) -> None:
    first = reasons_against(FIRST, BULLETIN, at(now))
    others = reasons_against(APPLICANT, BULLETIN, at(now))

    assert first == ((for_the_first,) if for_the_first else ())
    assert others == ((for_others,) if for_others else ())


def test_reasons_are_named_in_their_order() -> None:
    applicant = Applicant(
        wish=Wish(
            queue_kind=QueueKind.CORRECTIONAL,
            territory_id=1,
            birth_year=2021,
            languages=frozenset({"kk"}),
        ),
        status=Status.SUSPENDED,
        ages_out_at=at("2027-09-01 00:00"),
        paused=True,
        suspended_until=at("2026-12-12 00:00"),
        claim=ClaimKind.HELD,
        barred_until=at("2026-11-20 18:05"),
    )
    bulletin = replace(BULLETIN, free=0)
    own = (
        WrongQueue(),
        WrongBirthYear(frozenset({2022})),
        WrongLanguage("ru"),
        Suspended(at("2026-12-12 00:00")),
        Paused(),
        OtherClaim(ClaimKind.HELD),
    )

    looking = reasons_against(applicant, bulletin, at("2026-11-20 18:00"))
    waiting = reasons_against(applicant, bulletin, at("2026-11-23 07:00"))

    barred = BarredFromBulletin(at("2026-11-20 18:05"))
    assert looking == (*own, barred, NotOpenYet(SEATS.opens_at), SeatGone(7))
    assert waiting == (*own, OnlyForTheFirst(OPEN), SeatGone(7))


def test_the_first_reason_is_raised() -> None:
    with pytest.raises(TakingRefused) as refused:
        check_may_take(replace(APPLICANT, paused=True), replace(BULLETIN, free=0), OPEN)

    assert refused.value == Paused()
    check_may_take(APPLICANT, BULLETIN, OPEN)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.APPLIED, OtherClaim(ClaimKind.APPLIED)),
        (Status.REFERRED, OtherClaim(ClaimKind.REFERRED)),
        (Status.ENROLLED, NotAwaiting(Status.ENROLLED)),
        (Status.SUSPENDED, NotAwaiting(Status.SUSPENDED)),
        (Status.WITHDRAWN, NotAwaiting(Status.WITHDRAWN)),
        (Status.AGED_OUT, NotAwaiting(Status.AGED_OUT)),
    ],
)
def test_only_who_awaits_a_place_may_take_one(status: Status, reason: TakingRefused) -> None:
    assert reasons_against(replace(APPLICANT, status=status), BULLETIN, OPEN) == (reason,)


@pytest.mark.parametrize(("offset", "able"), [(-TICK, False), (0 * TICK, True), (TICK, True)])
def test_a_suspension_and_a_bar_end_at_their_instant(offset: timedelta, able: bool) -> None:
    suspended = replace(APPLICANT, suspended_until=OPEN)
    barred = replace(APPLICANT, barred_until=OPEN)
    now = OPEN + offset
    everyone = replace(BULLETIN, seat_list=replace(SEATS, priority_ends_at=OPEN - 9 * TICK))

    assert may_take(suspended, everyone, now) is able
    assert may_take(barred, everyone, now) is able


@pytest.mark.parametrize(("offset", "able"), [(-TICK, True), (0 * TICK, False), (TICK, False)])
def test_a_child_takes_no_seat_once_it_aged_out(offset: timedelta, able: bool) -> None:
    applicant = replace(APPLICANT, ages_out_at=at("2027-09-01 00:00"))

    assert may_take(applicant, BULLETIN, at("2027-09-01 00:00") + offset) is able


def test_who_is_suspended_or_paused_during_its_access_cannot_take_meanwhile() -> None:
    now = at("2026-11-24 12:00")
    until = at("2026-11-25 00:00")

    assert reasons_against(replace(FIRST, paused=True), BULLETIN, now) == (Paused(),)
    assert reasons_against(replace(FIRST, suspended_until=until), BULLETIN, now) == (Suspended(until),)
    assert may_take(replace(FIRST, suspended_until=until), BULLETIN, until)


def test_a_recalled_or_empty_bulletin_has_no_seat() -> None:
    assert reasons_against(APPLICANT, replace(BULLETIN, free=0), OPEN) == (SeatGone(7),)
    assert reasons_against(APPLICANT, replace(BULLETIN, recalled=True), OPEN) == (SeatGone(7),)


def test_no_seat_is_taken_before_the_access_of_its_list_is_made() -> None:
    bulletin = replace(BULLETIN, seat_list=COMING)

    with pytest.raises(ValueError, match="access"):
        check_may_take(FIRST, bulletin, OPEN)
    assert may_take(APPLICANT, bulletin, OPEN) is False


def test_access_made_late_lasts_its_full_time() -> None:
    made_at = at("2026-11-23 12:00")
    late = COMING.with_access(made_at, Policy())
    bulletin = replace(BULLETIN, seat_list=late)
    first = replace(APPLICANT, access_ends_at=late.priority_ends_at)
    end = at("2026-11-26 12:00")

    assert may_take(first, bulletin, made_at)
    assert reasons_against(APPLICANT, bulletin, end - TICK) == (OnlyForTheFirst(end),)
    assert may_take(APPLICANT, bulletin, end)


@given(
    st.timedeltas(timedelta(days=-5), timedelta(days=5)),
    st.booleans(),
    st.sampled_from([None, SEATS.priority_ends_at]),
)
def test_at_every_instant_a_list_is_open_exactly_to_whom_its_state_says(
    offset: timedelta, made: bool, access_ends_at: datetime | None
) -> None:
    now = OPEN + offset
    seat_list: SeatList = SEATS if made else COMING
    admitted = access_ends_at if made else None

    taken = may_take(replace(APPLICANT, access_ends_at=admitted), replace(BULLETIN, seat_list=seat_list), now)

    open_to = {
        ListState.UNPUBLISHED: False,
        ListState.LOOK_ONLY: False,
        ListState.FOR_THE_FIRST: admitted is not None,
        ListState.OPEN_TO_EVERYONE: True,
    }
    assert taken is open_to[seat_list.state(now)]
