"""Who is young enough to join a queue [002], and when an application ages out (ours)."""

from datetime import date, datetime

from domain.errors import NotBornYet, TooOld
from domain.local_time import start_of

AGE_LIMIT_YEARS = 6

SHORTEST_AGE_LIMIT_YEARS = 3
"""No policy lets children out of the queue before the youngest group is behind them (ours)."""


def birthday_of(birth_date: date, years: int) -> date:
    """The day the child turns that many years old.

    Who was born on 29 February turns on 1 March where the year has no such day (ours).
    """
    year = birth_date.year + years
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def ages_out_on(birth_year: int, limit_years: int = AGE_LIMIT_YEARS) -> date:
    """The first day on which a child of that birth year is no longer in a queue (ours)."""
    return date(birth_year + limit_years, 9, 1)


def ages_out_at(birth_year: int, limit_years: int = AGE_LIMIT_YEARS) -> datetime:
    """The instant, in UTC, since which an application of that birth year is aged out (ours)."""
    return start_of(ages_out_on(birth_year, limit_years))


def may_join(birth_date: date, today: date, limit_years: int = AGE_LIMIT_YEARS) -> None:
    """Let a child younger than the limit today join a queue [002].

    A child born in autumn is still five on 1 September, when its birth year ages out: it is
    refused since that day, or the application would end as it begins (ours).
    Raises NotBornYet or TooOld.
    """
    if birth_date > today:
        raise NotBornYet(birth_date)
    turns = birthday_of(birth_date, limit_years)
    since = min(turns, ages_out_on(birth_date.year, limit_years))
    if today >= since:
        raise TooOld(limit_years=limit_years, since=since)
