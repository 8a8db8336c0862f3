"""With which date an application comes back from the archive, and for whom it is too late."""

from datetime import date, datetime, timedelta

import pytest

from domain.errors import TooOld
from domain.restoring import Restoration, restorable_until, restoration
from tests.unit.instants import at

SUBMITTED, WITHDRAWN = at("2025-02-03 11:00"), at("2026-11-20 16:20")
SECOND = timedelta(seconds=1)
THIRTY_DAYS = timedelta(days=30)
BORN = date(2023, 6, 30)


def restored(now: datetime, *, born: date = BORN, withdrawn_at: datetime = WITHDRAWN) -> Restoration:
    return restoration(submitted_at=SUBMITTED, withdrawn_at=withdrawn_at, birth_date=born, now=now)


@pytest.mark.parametrize(
    ("after", "keeps_date"),
    [
        (timedelta(0), True),
        (THIRTY_DAYS - SECOND, True),
        (THIRTY_DAYS, False),
        (THIRTY_DAYS + SECOND, False),
    ],
)
def test_the_date_is_kept_for_thirty_days_to_the_second(after: timedelta, keeps_date: bool) -> None:
    now = WITHDRAWN + after

    assert restored(now) == Restoration(SUBMITTED if keeps_date else now, keeps_date)
    assert (now < restorable_until(WITHDRAWN)) is keeps_date


def test_a_child_of_six_comes_back_with_the_old_date_but_not_with_a_new_one() -> None:
    born, withdrawn_at = date(2021, 1, 10), at("2026-12-30 12:00")

    assert restored(at("2027-01-20 12:00"), born=born, withdrawn_at=withdrawn_at).keeps_date
    with pytest.raises(TooOld) as refused:
        restored(withdrawn_at + THIRTY_DAYS, born=born, withdrawn_at=withdrawn_at)

    assert refused.value == TooOld(limit_years=6, since=born.replace(year=2027))


def test_a_child_of_five_comes_back_with_a_new_date() -> None:
    now = WITHDRAWN + timedelta(days=200)

    assert restored(now) == Restoration(now, keeps_date=False)


def test_who_has_aged_out_does_not_come_back_though_the_thirty_days_run() -> None:
    withdrawn_at = at("2029-08-20 12:00")
    first_of_september = at("2029-09-01 00:00")

    assert restored(first_of_september - SECOND, withdrawn_at=withdrawn_at).keeps_date
    with pytest.raises(TooOld) as refused:
        restored(first_of_september, withdrawn_at=withdrawn_at)

    assert refused.value == TooOld(limit_years=6, since=date(2029, 9, 1))
