"""The school year and the age group a child is counted in [001].

The year runs from 1 September to 25 May. While it runs, its own September decides; between
two of them, the coming one.
"""

from dataclasses import dataclass
from datetime import date

_FIRST_DAY_OF_REST = (5, 26)
_FIRST_DAY_OF_SCHOOL = (9, 1)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """The age group of a birth year, with what explains it to a parent.

    `from_age` 2 means the group from 2 to 3. It can be 0 or less: there is no group yet.
    """

    birth_year: int
    reference_year: int
    school_year_runs: bool

    @property
    def from_age(self) -> int:
        """The younger age of the group, in years."""
        return self.reference_year - self.birth_year

    @property
    def to_age(self) -> int:
        """The older age of the group, in years."""
        return self.from_age + 1


def school_year_runs(today: date) -> bool:
    """Whether the day lies in a school year: 1 September to 25 May, both included [001]."""
    return not _FIRST_DAY_OF_REST <= (today.month, today.day) < _FIRST_DAY_OF_SCHOOL


def reference_year(today: date) -> int:
    """The year of the September that decides: the running school year's or the coming one's."""
    return today.year if (today.month, today.day) >= _FIRST_DAY_OF_REST else today.year - 1


def age_group(birth_year: int, today: date) -> int:
    """The age group, reference year less birth year [001]. See AgeGroup.from_age."""
    return explained_age_group(birth_year, today).from_age


def explained_age_group(birth_year: int, today: date) -> AgeGroup:
    """The age group with the year it was counted from.

    Only the birth year counts: who was born from 1 September to 31 December is counted with
    those born before 1 September of that year [001].
    """
    return AgeGroup(birth_year, reference_year(today), school_year_runs(today))
