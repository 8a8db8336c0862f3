"""When the demo plays: which birth years and which days of lists belong to its date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from domain.local_time import local_date, start_of
from domain.policy import Policy
from domain.school_year import reference_year

OF_THE_FILE = date(2019, 6, 26)
"""The day that turkistan.csv and city.toml speak of."""

MAIN_AGE = 2
"""The demo's main queue is that of the group from 2 to 3."""


@dataclass(frozen=True)
class Days:
    """The demo's own dates, counted from the instant it starts at, under the city's policy."""

    at: datetime
    policy: Policy

    @cached_property
    def main_year(self) -> int:
        """The birth year of the main queue."""
        return reference_year(self.today) - MAIN_AGE

    @property
    def today(self) -> date:
        """The city's day at the start."""
        return local_date(self.at)

    @staticmethod
    def start_of_day_after(day: date) -> datetime:
        """00:00 after a day: when what is valid through it ends."""
        return start_of(day + timedelta(1))

    @cached_property
    def shift(self) -> int:
        """By how many years the birth years of the files move."""
        return self.main_year - (reference_year(OF_THE_FILE) - MAIN_AGE)

    def publication_day(self, in_file: date) -> date:
        """The day that lies as many days of publication back as the file's day lies before its own.

        On the file's own date it is the file's own day.
        """
        back = sum(
            self._publishes(in_file + timedelta(n)) for n in range(1, (OF_THE_FILE - in_file).days + 1)
        )
        day = self.today
        while not self._publishes(day):
            day -= timedelta(1)
        for _ in range(back):
            day -= timedelta(1)
            while not self._publishes(day):
                day -= timedelta(1)
        return day

    def _publishes(self, day: date) -> bool:
        return self.policy.calendar().is_working(day) and not self.policy.is_paused(day)
