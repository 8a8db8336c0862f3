"""Phones that are only added to a cabinet, and who can take them back."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import UndoFault, UndoNotAllowed
from domain.phone import Phone
from domain.phone_addition import PhoneAddition, PhoneHistory, PhoneRecord

OWN, ADDED, LATER, OTHER = (Phone(f"+7701555010{n}") for n in range(1, 5))
HOUR = timedelta(hours=1)
START = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
FAMILY = START + HOUR
NOW = START + timedelta(days=10)
FIRST = PhoneRecord(1, OWN, START)
ADDITION = PhoneRecord(2, ADDED, NOW)


def history(*records: PhoneRecord, family_since: datetime | None = FAMILY) -> PhoneHistory:
    """Of a parent whose first phone was there before the child."""
    return PhoneHistory((FIRST, *records), family_since)


@pytest.mark.parametrize(("hours", "can"), [(0, True), (71, True), (72, False)])
def test_an_added_phone_is_taken_back_within_72_hours(hours: int, can: bool) -> None:
    now = NOW + hours * HOUR
    one = history(ADDITION)

    assert bool(one.open_additions(now)) == can
    if can:
        assert one.take_back(OWN, now) == (PhoneAddition(ADDED, NOW),)
    else:
        with pytest.raises(UndoNotAllowed):
            one.take_back(OWN, now)


def test_a_second_phone_from_before_there_was_a_child_was_not_added() -> None:
    assert history(PhoneRecord(2, ADDED, START + HOUR / 2)).additions() == []
    assert history(ADDITION, family_since=None).additions() == []
    assert history(ADDITION, family_since=NOW).additions() == []


def test_an_added_phone_takes_back_nothing() -> None:
    with pytest.raises(UndoNotAllowed) as caught:
        history(ADDITION).take_back(ADDED, NOW + HOUR)

    assert caught.value == UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)


def test_of_two_that_came_together_neither_takes_the_other_back() -> None:
    together = PhoneHistory((FIRST, PhoneRecord(2, ADDED, START)), START - HOUR)

    assert together.additions() == []


def test_what_takes_the_place_of_an_added_phone_is_no_better() -> None:
    replaced = PhoneRecord(2, ADDED, NOW, counts=False)
    soon = PhoneRecord(3, LATER, NOW + HOUR, instead_of=2)
    late = PhoneRecord(3, LATER, NOW + 72 * HOUR, instead_of=2)

    assert history(replaced, soon).additions() == [PhoneAddition(LATER, NOW + HOUR)]
    assert history(replaced, late).additions() == []


def test_what_takes_the_place_of_another_phone_was_not_added() -> None:
    gone = PhoneRecord(2, ADDED, START, counts=False)

    assert history(gone, PhoneRecord(3, LATER, NOW, instead_of=2)).additions() == []


@pytest.mark.parametrize(
    ("added", "gone"),
    [(-73 * HOUR, False), (-72 * HOUR, False), (-71 * HOUR, True), (0 * HOUR, True), (HOUR, True)],
)
def test_undoing_a_change_also_takes_what_was_added_shortly_before_it_or_since(
    added: timedelta, gone: bool
) -> None:
    one = history(PhoneRecord(2, ADDED, NOW + added))

    assert one.gone_with(NOW, OWN) == ((PhoneAddition(ADDED, NOW + added),) if gone else ())


def test_what_was_added_before_the_number_came_that_undoes_stays() -> None:
    records = (PhoneRecord(2, ADDED, NOW - HOUR), PhoneRecord(3, OTHER, NOW - HOUR / 2, instead_of=1))

    assert history(*records).gone_with(NOW, OTHER) == ()


def test_with_an_added_phone_goes_what_has_taken_its_place() -> None:
    records = (
        PhoneRecord(2, ADDED, NOW, counts=False),
        PhoneRecord(3, LATER, NOW + 80 * HOUR, instead_of=2),
    )

    assert [each.number for each in history(*records).gone_with(NOW, OWN)] == [LATER]


def test_since_the_change_a_phone_goes_even_where_there_is_no_child() -> None:
    assert history(ADDITION, family_since=None).gone_with(NOW, OWN) == (PhoneAddition(ADDED, NOW),)
    assert history(ADDITION, family_since=None).gone_with(NOW + HOUR, OWN) == ()


def test_a_phone_came_when_it_was_confirmed_first() -> None:
    again = PhoneRecord(3, OWN, NOW, instead_of=2)

    assert history(ADDITION, again).came_at(OWN) == START
