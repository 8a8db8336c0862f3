"""The data sets: what each is called, which columns it has, and how a piece of it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.texts import Texts
from bot.web.open_data import columns, marks
from bot.web.open_data.columns import Column, InWords, Row
from bot.web.open_data.query import BadQuery, Query
from bot.web.open_data.rows import Rows
from bot.web.open_data.year import YearFigures
from domain.local_time import local_date, start_of
from storage.open_data import places, queues, referrals, seats
from storage.open_data.named import NamedTerritories
from storage.open_data.wanted import Wanted
from storage.transaction import Transaction
from storage.types import to_microseconds

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows as of an instant, the mark to go on from, and the days asked for, where there are any."""

    rows: Sequence[Row]
    as_of: datetime
    next: str | None
    span: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what is needed to read: territories, their names, figures by month."""

    query: Query
    t: Texts
    named: NamedTerritories
    figures: YearFigures | None = None

    @property
    def territories(self) -> tuple[int, ...] | None:
        """Their ids, None for all. Raises BadQuery."""
        code = self.query.territory
        if code is None:
            return None
        if code not in self.named.ids:
            raise BadQuery(lambda t: t("There is no territory with the code “{code}”.", code=code))
        return self.named.leaves(code)

    def wanted(self, today: date) -> tuple[Wanted, tuple[date, date]]:
        """The part of a protocol, and its days."""
        first, last = self.query.span(today)
        part = Wanted(since=start_of(first), until=start_of(last + _DAY), territories=self.territories)
        return part, (first, last)


Read = Callable[[Transaction, Asked, int], Piece]


@dataclass(frozen=True, slots=True)
class DataSet:
    """`by_days`: it is asked for by days, and may be long; the others are whole."""

    name: str
    title: InWords
    about: InWords
    columns: Sequence[Column]
    read: Read
    by_days: bool = False


def _seats(tx: Transaction, asked: Asked, limit: int) -> Piece:
    part, span = asked.wanted(local_date(tx.now))
    mark = marks.read(asked.query.after)
    after = None if mark is None else (marks.instant(mark[0]), mark[1])
    found = seats.page(tx, part, after, limit)
    rows = Rows(asked.named, asked.t)
    last = found[-1].mark if len(found) == limit else None
    goes_on = None if last is None else f"{to_microseconds(last[0])}.{last[1]}"
    return Piece([rows.seats(each) for each in found], tx.now, goes_on, span)


def _referrals(tx: Transaction, asked: Asked, limit: int) -> Piece:
    part, span = asked.wanted(local_date(tx.now))
    mark = marks.read(asked.query.after)
    after = None if mark is None else (marks.day(mark[0]), mark[1])
    found = referrals.page(tx, part, after, limit)
    rows = Rows(asked.named, asked.t)
    last = found[-1].mark if len(found) == limit else None
    goes_on = None if last is None else f"{last[0]:%Y%m%d}.{last[1]}"
    return Piece([rows.referral(each) for each in found], tx.now, goes_on, span)


def _queues(tx: Transaction, asked: Asked, limit: int) -> Piece:
    here, rows = asked.territories, Rows(asked.named, asked.t)
    found = [rows.queue(each) for each in queues.lengths(tx) if here is None or each.territory_id in here]
    return _some(_by_name(found), tx.now, asked.query.after, limit)


def _places(tx: Transaction, asked: Asked, limit: int) -> Piece:
    here, rows = asked.territories, Rows(asked.named, asked.t)
    found = [rows.places(each) for each in places.places(tx) if here is None or each.territory_id in here]
    return _some(_by_name(found), tx.now, asked.query.after, limit)


def _statistics(_: Transaction, asked: Asked, limit: int) -> Piece:
    here, rows = asked.territories, Rows(asked.named, asked.t)
    assert asked.figures is not None
    found = [
        rows.month(month, each)
        for month, figures in asked.figures.months
        for each in figures
        if here is None or each.territory_id in here
    ]
    found = sorted(_by_name(found), key=lambda row: str(row["month"]), reverse=True)
    return _some(found, asked.figures.as_of, asked.query.after, limit)


def _by_name(rows: list[Row]) -> list[Row]:
    """By territory, as people look for it; what is of one stays in its order."""
    return sorted(rows, key=lambda row: (row["territory_name"], row["territory"]))


def _some(rows: list[Row], now: datetime, after: str | None, limit: int) -> Piece:
    mark = marks.read(after)
    begin = 0 if mark is None else mark[0]
    rest = len(rows) - begin - limit
    return Piece(rows[begin : begin + limit], now, str(begin + limit) if rest > 0 else None)


SETS = (
    DataSet(
        "seats",
        lambda t: t("Released places"),
        lambda t: t("Every list that came out: where, for whom, until when for the first, and why."),
        columns.SEATS,
        _seats,
        by_days=True,
    ),
    DataSet(
        "referrals",
        lambda t: t("Issued referrals"),
        lambda t: t("Every referral with its days and what became of it. Whose it is does not stand here."),
        columns.REFERRALS,
        _referrals,
        by_days=True,
    ),
    DataSet(
        "queue",
        lambda t: t("The queue"),
        lambda t: t("How many wait, by territory, queue and birth year. Of fewer than 5 no number is given."),
        columns.QUEUES,
        _queues,
    ),
    DataSet(
        "places",
        lambda t: t("Places in kindergartens"),
        lambda t: t("How many places there are, and how many of them are free now."),
        columns.PLACES,
        _places,
    ),
    DataSet(
        "statistics",
        lambda t: t("Month by month"),
        lambda t: t("Places published, referrals and what became of them, and how long families waited."),
        columns.STATISTICS,
        _statistics,
    ),
)
