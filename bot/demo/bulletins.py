"""The lists of seats the demo begins with: turkistan.csv, moved to the demo's date, and what is new today.

Today's reports come out at the next publication: with them a list is seen from 18:00 on and opened at 07:00.
In another city, where a confirmed hold is a referral at once, a group is open to everyone like the file's
first one.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import NamedTuple

from bot.demo.country import CITY
from bot.demo.days import OF_THE_FILE, Days
from domain.local_time import instant_at
from domain.seat_list import SeatList, list_for

FIRST_PUBLISHED = datetime.fromisoformat("2019-06-20T18:00")
"""The territory's clock, as all times of the file. The first bulletin counts as published then:
on the file's day it is open to everyone."""

REPORTED_BEFORE = timedelta(hours=3)
REPORTED_TODAY = timedelta(minutes=30)
"""So long before the demo begins."""


class _Group(NamedTuple):
    """A group of city.toml that offers seats to the main birth year."""

    territory: str
    kindergarten: str
    group: str
    seats: int
    language: str


TODAY = (
    _Group(CITY, '"Аққу" балабақшасы', "Кіші топ", 22, "kk"),
    _Group(CITY, '"Қарлығаш" балабақшасы', "Младшая группа", 3, "ru"),
)
ELSEWHERE = _Group("shymkent", '"Шұғыла" балабақшасы', "Кіші топ", 6, "kk")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBulletin:
    """Free seats of one group, and when they come out. `taken` of the seats are in somebody's hands."""

    kindergarten: str
    group: str
    seats: int
    taken: int
    language: str
    birth_years: tuple[int, ...]
    seat_kind: str
    reported_at: datetime
    seat_list: SeatList
    territory: str = CITY


def planned_bulletins(days: Days) -> tuple[PlannedBulletin, ...]:
    """The rows of the file, then the others. Kindergartens and groups go by the names that city.toml has."""
    of_file = tuple(_bulletins(days))
    reported_at = days.at - REPORTED_TODAY
    today = (_of_group(each, days, reported_at) for each in TODAY)
    return (*of_file, *today, _of_group(ELSEWHERE, days, of_file[0].reported_at))


def _of_group(group: _Group, days: Days, reported_at: datetime) -> PlannedBulletin:
    return PlannedBulletin(
        kindergarten=group.kindergarten,
        group=group.group,
        seats=group.seats,
        taken=0,
        language=group.language,
        birth_years=(days.main_year,),
        seat_kind="vacant",
        reported_at=reported_at,
        seat_list=list_for(reported_at, days.policy),
        territory=group.territory,
    )


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
