"""What is asked for, and a piece of what was found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.texts import Texts
from bot.web.open_data import marks
from bot.web.open_data.columns import Row
from bot.web.open_data.query import BadQuery, Query
from bot.web.open_data.rows import Rows
from domain.local_time import local_date, start_of
from storage.open_data import referrals, seats
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
    """A query, with the territories that it may name."""

    query: Query
    t: Texts
    named: NamedTerritories

    @property
    def rows(self) -> Rows:
        """What makes rows of what was found."""
        return Rows(self.named, self.t)

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
"""Reads so many rows of a protocol. Raises BadQuery."""


def of_seats(tx: Transaction, asked: Asked, limit: int) -> Piece:
    """Of the protocol of released seats."""
    part, span = asked.wanted(local_date(tx.now))
    mark = marks.read(asked.query.after)
    after = None if mark is None else (marks.instant(mark[0]), mark[1])
    found = seats.page(tx, part, after, limit)
    last = found[-1].mark if len(found) == limit else None
    goes_on = None if last is None else f"{to_microseconds(last[0])}.{last[1]}"
    return Piece([asked.rows.seats(each) for each in found], tx.now, goes_on, span)


def of_referrals(tx: Transaction, asked: Asked, limit: int) -> Piece:
    """Of the protocol of issued referrals."""
    part, span = asked.wanted(local_date(tx.now))
    mark = marks.read(asked.query.after)
    after = None if mark is None else (marks.day(mark[0]), mark[1])
    found = referrals.page(tx, part, after, limit)
    last = found[-1].mark if len(found) == limit else None
    goes_on = None if last is None else f"{last[0]:%Y%m%d}.{last[1]}"
    return Piece([asked.rows.referral(each) for each in found], tx.now, goes_on, span)


def of_whole(found: Sequence[Row], as_of: datetime, asked: Asked, limit: int) -> Piece:
    """Of a data set that is there as a whole. The mark is how many rows were passed."""
    here = None if asked.territories is None else {asked.named.codes[each] for each in asked.territories}
    rows = [row for row in found if here is None or row["territory"] in here]
    mark = marks.read(asked.query.after)
    begin = 0 if mark is None else mark[0]
    rest = len(rows) - begin - limit
    return Piece(rows[begin : begin + limit], as_of, str(begin + limit) if rest > 0 else None)
