"""Tables whose ids are by time, give or take a little: those of some dates lie between two ids."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, bindparam, select

from storage.transaction import Transaction
from storage.types import LARGEST_ID, Instant

DISORDER = timedelta(minutes=5)
"""Rows are numbered by time, give or take less than this."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NumberedByTime:
    """The statements that look for the two ids of a table."""

    first_at: Select[Any]
    last_before: Select[Any]

    @classmethod
    def of(cls, number: ColumnElement[int], at: ColumnElement[datetime]) -> Self:
        """Of a table with an index of `at`."""
        then = bindparam("then", type_=Instant())
        return cls(
            select(number).where(at >= then).order_by(at).limit(1),
            select(number).where(at < then).order_by(at.desc()).limit(1),
        )

    def between(
        self, tx: Transaction, since: datetime | None, until: datetime | None, before: int | None
    ) -> tuple[int, int]:
        """After which id and before which one all rows from `since` to `until` lie; None: without an end.

        `before`: below this one anyway.
        """
        after, below = 0, before or LARGEST_ID
        if until is not None:
            later = tx.conn.execute(self.first_at, {"then": until + DISORDER}).scalar()
            below = min(below, later or LARGEST_ID)
        if since is not None:
            after = tx.conn.execute(self.last_before, {"then": since - DISORDER}).scalar() or 0
        return after, below
