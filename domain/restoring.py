"""Coming back from the archive: for how long with the old date, and who is too old for it (ours)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.age import AGE_LIMIT_YEARS, ages_out_on, may_join
from domain.application import RESTORE_WITHIN, submitted_at_when_restored
from domain.errors import TooOld
from domain.local_time import local_date


@dataclass(frozen=True, slots=True)
class Restoration:
    """With which date an application would come back now, and whether that is its own."""

    submitted_at: datetime
    keeps_date: bool


def restorable_until(withdrawn_at: datetime) -> datetime:
    """Before which instant a withdrawn application comes back with its own date (ours)."""
    return withdrawn_at + RESTORE_WITHIN


def restoration(
    *,
    submitted_at: datetime,
    withdrawn_at: datetime,
    birth_date: date,
    now: datetime,
    limit_years: int = AGE_LIMIT_YEARS,
) -> Restoration:
    """How an application withdrawn then would come back now (ours).

    With its own date it goes on as if it had never left: until the child ages out. With a new date it
    joins like any other: only a child younger than the limit today. Raises TooOld.
    """
    keeps_date = now < restorable_until(withdrawn_at)
    since = ages_out_on(birth_date.year, limit_years)
    if local_date(now) >= since:
        raise TooOld(limit_years=limit_years, since=since)
    if not keeps_date:
        may_join(birth_date, local_date(now), limit_years)
    return Restoration(submitted_at_when_restored(submitted_at, withdrawn_at, now), keeps_date)
