"""How long a referral lasts, and what can be done with it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import (
    AlreadyExtended,
    ContractTooEarly,
    ExtensionOutOfRange,
    ExtensionUnproven,
    NothingToRevoke,
    ReferralOver,
    ReferralRefused,
)
from domain.policy import Policy
from domain.referral import Referral, ReferralEnd, Terms, issue
from domain.working_days import WorkingCalendar
from tests.unit.instants import TICK, at, instants

POLICY = Policy()
CALENDAR = POLICY.calendar()
NOW = at("2026-11-21 11:00")
REFERRAL = issue(NOW, POLICY)
LAST = date(2026, 11, 27)
END = at("2026-11-28 00:00")


@pytest.mark.parametrize(
    ("issued_at", "last_day"),
    [
        ("2019-06-26 16:23", date(2019, 7, 3)),
        ("2026-11-21 11:00", date(2026, 11, 27)),
        ("2026-12-16 11:00", date(2026, 12, 23)),
        ("2026-12-31 11:00", date(2027, 1, 12)),
        # By the clock of the territory, not by that of Greenwich.
        ("2026-11-20 00:00:00", date(2026, 11, 27)),
        ("2026-11-20 23:59:59", date(2026, 11, 27)),
        ("2026-11-23 00:00:00", date(2026, 11, 30)),
    ],
)
def test_a_referral_is_valid_through_the_fifth_working_day(issued_at: str, last_day: date) -> None:
    referral = issue(at(issued_at), POLICY)

    assert (referral.last_day, referral.original_last_day) == (last_day, last_day)


@pytest.mark.parametrize(
    ("now", "valid"),
    [
        ("2026-11-27 23:59:59", True),
        ("2026-11-27 23:59:59.999999", True),
        ("2026-11-28 00:00:00", False),
        ("2026-11-28 00:00:01", False),
    ],
)
def test_a_referral_is_valid_to_the_end_of_its_last_day(now: str, valid: bool) -> None:
    assert REFERRAL.is_valid(at(now)) is valid
    assert REFERRAL.may_extend(at(now)) is valid


def extended(referral: Referral, days: int = 30, now: datetime = END - TICK) -> Referral:
    return referral.extend(days, documents=1, now=now)


def test_an_extension_adds_calendar_days_and_is_not_moved() -> None:
    longer = extended(REFERRAL)

    assert longer.last_day == date(2026, 12, 27)
    assert longer.original_last_day == LAST
    assert longer.ends_at == at("2026-12-28 00:00")
    assert extended(REFERRAL, days=1).last_day == date(2026, 11, 28)


def test_a_referral_is_extended_while_it_is_valid() -> None:
    assert extended(REFERRAL, now=at("2026-11-27 23:59:59")).extended == 1
    with pytest.raises(ReferralOver) as refused:
        extended(REFERRAL, now=at("2026-11-28 00:00:00"))
    assert refused.value == ReferralOver(ReferralEnd.EXPIRED, END)


def test_a_referral_is_extended_once() -> None:
    longer = extended(REFERRAL, days=3)

    with pytest.raises(AlreadyExtended) as refused:
        extended(longer)

    assert refused.value == AlreadyExtended(date(2026, 11, 30))
    assert longer.may_extend(END) is False


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_an_extension_is_of_one_to_thirty_days(days: int) -> None:
    with pytest.raises(ExtensionOutOfRange) as refused:
        extended(REFERRAL, days=days)

    assert refused.value == ExtensionOutOfRange(30)


def test_a_refused_extension_does_not_use_up_the_one() -> None:
    with pytest.raises(ExtensionUnproven):
        REFERRAL.extend(30, documents=0, now=NOW)

    assert REFERRAL.may_extend(NOW)
    assert extended(REFERRAL).extended == 1


@pytest.mark.parametrize(
    ("told_at", "last_day"),
    [
        # Before the original last day: that one.
        ("2026-11-23 10:00", date(2026, 11, 27)),
        ("2026-11-26 23:59:59", date(2026, 11, 27)),
        # The next working day after the parent is told, if that is later.
        ("2026-11-27 00:00:00", date(2026, 11, 30)),
        ("2026-12-07 10:00", date(2026, 12, 8)),
        ("2026-12-15 10:00", date(2026, 12, 17)),
        # Never longer than the extension was.
        ("2026-12-27 23:59:59", date(2026, 12, 27)),
    ],
)
def test_a_revoked_extension_leaves_time_to_come(told_at: str, last_day: date) -> None:
    shorter = extended(REFERRAL, now=NOW).revoke_extension(at(told_at), CALENDAR)

    assert (shorter.last_day, shorter.extension_revoked) == (last_day, True)


def test_a_revoked_extension_is_used_up_and_cannot_be_revoked_again() -> None:
    shorter = extended(REFERRAL, now=NOW).revoke_extension(NOW, CALENDAR)

    with pytest.raises(AlreadyExtended):
        extended(shorter)
    with pytest.raises(NothingToRevoke):
        shorter.revoke_extension(NOW, CALENDAR)


def test_without_an_extension_there_is_nothing_to_revoke() -> None:
    with pytest.raises(NothingToRevoke):
        REFERRAL.revoke_extension(NOW, CALENDAR)
    with pytest.raises(ReferralOver):
        REFERRAL.revoke_extension(END, CALENDAR)


def test_a_contract_is_signed_while_the_referral_is_valid() -> None:
    signed = REFERRAL.sign(starts_on=LAST, released_on=LAST, now=END - TICK)

    assert signed.over(END) == (ReferralEnd.ENROLLED, END - TICK)
    with pytest.raises(ReferralOver):
        REFERRAL.sign(starts_on=LAST, released_on=LAST, now=END)


def test_no_contract_starts_before_the_seat_is_empty() -> None:
    released_on = date(2027, 1, 11)

    with pytest.raises(ContractTooEarly) as refused:
        REFERRAL.sign(starts_on=date(2027, 1, 10), released_on=released_on, now=NOW)

    assert refused.value == ContractTooEarly(released_on)
    assert not REFERRAL.sign(starts_on=released_on, released_on=released_on, now=NOW).is_valid(NOW)


@pytest.mark.parametrize("end", [ReferralEnd.DECLINED, ReferralEnd.REFUSED_AT_DESK, ReferralEnd.REVOKED])
def test_nothing_can_be_done_with_a_referral_that_ended(end: ReferralEnd) -> None:
    over = REFERRAL.ended(end, NOW)
    attempts: list[Callable[[], Referral]] = [
        lambda: extended(over, now=NOW),
        lambda: over.sign(starts_on=LAST, released_on=LAST, now=NOW),
        lambda: over.ended(ReferralEnd.DECLINED, NOW),
        lambda: over.revoke_extension(NOW, CALENDAR),
    ]

    refusals: list[ReferralRefused] = []
    for attempt in attempts:
        with pytest.raises(ReferralRefused) as refused:
            attempt()
        refusals.append(refused.value)

    assert refusals == [ReferralOver(end, NOW)] * len(attempts)


def test_a_day_off_declared_later_moves_the_end_in_the_parents_favour_only() -> None:
    day_off = WorkingCalendar(days_off=frozenset({date(2026, 11, 25)}))
    working_sunday = WorkingCalendar(working_days=frozenset({date(2026, 11, 22)}))

    assert REFERRAL.with_calendar(day_off, NOW).last_day == date(2026, 11, 30)
    assert REFERRAL.with_calendar(working_sunday, NOW) == REFERRAL
    assert REFERRAL.with_calendar(day_off, END) == REFERRAL


def test_an_extension_moves_along_with_the_day_it_was_added_to() -> None:
    day_off = WorkingCalendar(days_off=frozenset({date(2026, 11, 25)}))

    moved = extended(REFERRAL, now=NOW).with_calendar(day_off, NOW)

    assert moved.last_day == date(2026, 12, 30)
    assert moved.with_calendar(day_off, NOW) == moved


def test_what_a_revocation_left_is_kept_when_days_are_declared_off() -> None:
    told_at = at("2026-12-07 10:00")
    shorter = extended(REFERRAL, now=NOW).revoke_extension(told_at, CALENDAR)
    day_off = WorkingCalendar(days_off=frozenset({date(2026, 11, 25)}))

    assert shorter.with_calendar(day_off, told_at).last_day == date(2026, 12, 8)


def test_the_terms_are_those_of_the_issue() -> None:
    short = Policy(referral_working_days=1, extension_days=7, extensions=2, suspension_working_days=3)

    referral = issue(NOW, short)

    assert referral.terms == Terms(working_days=1, extension_days=7, extensions=2, suspension_working_days=3)
    assert referral.last_day == date(2026, 11, 23)
    twice = extended(extended(referral, days=7, now=NOW), days=7, now=NOW)
    assert twice.last_day == date(2026, 12, 7)


@given(instants, st.timedeltas(timedelta(), timedelta(days=60)), st.integers(0, 30))
def test_at_every_instant_a_referral_is_valid_or_expired_and_can_be_extended_if_valid(
    issued_at: datetime, offset: timedelta, days: int
) -> None:
    referral = issue(issued_at, POLICY)
    now = issued_at + offset
    expired = referral.over(now) == (ReferralEnd.EXPIRED, referral.ends_at)

    assert referral.is_valid(now) is not expired
    assert referral.may_extend(now) is referral.is_valid(now)
    if referral.may_extend(now) and days:
        longer = extended(referral, days, now)
        assert longer.ends_at >= referral.ends_at + timedelta(days=days)
        assert not longer.may_extend(now)


@given(instants, st.integers(1, 30), st.timedeltas(timedelta(), timedelta(days=45)), st.booleans())
def test_a_revocation_never_takes_what_there_was_without_the_extension(
    issued_at: datetime, days: int, offset: timedelta, early: bool
) -> None:
    longer = issue(issued_at, POLICY).extend(days, documents=1, now=issued_at)
    told_at = issued_at + (offset / 10 if early else offset)
    if not longer.is_valid(told_at):
        return

    shorter = longer.revoke_extension(told_at, CALENDAR)

    assert longer.original_last_day <= shorter.last_day <= longer.last_day
    assert shorter.is_valid(told_at)
