"""The list of seats the demo begins with: turkistan.csv, moved to the demo's date."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files

from bot.demo.days import OF_THE_FILE, Days
from domain.local_time import instant_at
from domain.seat_list import SeatList, list_for

FIRST_PUBLISHED = datetime.fromisoformat("2019-06-20T18:00")
"""The territory's clock, as all times of the file. The first bulletin counts as published then:
on the file's day it is open to everyone."""

REPORTED_BEFORE = timedelta(hours=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBulletin:
    """Free seats of one group, and when they came out. `taken` of the seats are in somebody's hands."""

    kindergarten: str
    group: str
    seats: int
    taken: int
    language: str
    birth_years: tuple[int, ...]
    seat_kind: str
    reported_at: datetime
    seat_list: SeatList


def planned_bulletins(days: Days) -> tuple[PlannedBulletin, ...]:
    """The rows of the file. Kindergartens and groups go by the names that city.toml has."""
    return tuple(_bulletins(days))


def _bulletins(days: Days) -> Iterator[PlannedBulletin]:
    for row in csv.DictReader(_lines()):
        published = datetime.fromisoformat(row["takes_applications_from"])
        if published.date() == OF_THE_FILE:
            published = FIRST_PUBLISHED
        day = days.publication_day(published.date())
        reported_at = instant_at(day, time(published.hour)) - REPORTED_BEFORE
        total, free = int(row["seats_total"]), int(row["seats_free"])
        yield PlannedBulletin(
            kindergarten=row["kindergarten"],
            group=row["group"],
            seats=total,
            taken=total - free,
            language=row["language"],
            birth_years=tuple(int(year) + days.shift for year in row["birth_years"].split(",")),
            seat_kind=row["seat_kind"],
            reported_at=reported_at,
            seat_list=list_for(reported_at, days.policy),
        )


def _lines() -> list[str]:
    return (files("bot.demo") / "turkistan.csv").read_text(encoding="utf-8").splitlines()
