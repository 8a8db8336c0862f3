"""How long an enrolled child takes room in its group (ours: the documents tell only of freed seats)."""

from datetime import date
from enum import Enum

from domain.age import AGE_LIMIT_YEARS, ages_out_on


class Leaving(str, Enum):
    """Why a child has left a kindergarten."""

    MOVED_AWAY = "moved_away"
    OTHER_KINDERGARTEN = "other_kindergarten"
    """A contract with another one; written by itself when that is signed."""
    SCHOOL = "school"
    OTHER = "other"


def takes_room(day: date, left_on: date | None, birth_year: int, limit_years: int = AGE_LIMIT_YEARS) -> bool:
    """Whether the child needs its place in the group on that day.

    `left_on` is its last day there. From the day on which its year ages out of the queue it is at school,
    whether or not anybody said so.
    """
    return (left_on is None or day <= left_on) and day < ages_out_on(birth_year, limit_years)
