"""Column types: how instants, days, identifiers and small data stand in the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, Date, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

# SQLite numbers rows by itself only in a column declared exactly INTEGER.
Id = BigInteger().with_variant(Integer(), "sqlite")


LARGEST_ID = 2**63 - 1
"""A larger number is no id: what comes from outside is compared with it before a database is asked."""


class NaiveInstant(Exception):
    """A datetime without a time zone was given where an instant is stored."""

    def __init__(self, value: datetime) -> None:
        super().__init__(value)
        self.value = value


def to_microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970-01-01T00:00Z; NaiveInstant for a datetime without a zone."""
    if instant.tzinfo is None:
        raise NaiveInstant(instant)
    return (instant - EPOCH) // MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The aware UTC instant so many microseconds after 1970-01-01T00:00Z."""
    return EPOCH + timedelta(microseconds=microseconds)


def _bind_microseconds(value: datetime | None) -> int | None:
    return None if value is None else to_microseconds(value)


def _read_microseconds(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)


def _bind_aware(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise NaiveInstant(value)
    return value


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime: `timestamptz` on PostgreSQL, whole microseconds on SQLite.

    Binding a datetime without a time zone raises NaiveInstant. The processors are given
    directly, not through `process_bind_param`: they run for every value of every turn.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Integer())
        return dialect.type_descriptor(DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _bind_microseconds if dialect.name == "sqlite" else _bind_aware

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        return _read_microseconds if dialect.name == "sqlite" else None


class Day(TypeDecorator[date]):
    """A calendar day in the territory's zone. An instant is refused: it has no day of its own."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | None:
        if isinstance(value, datetime):
            raise TypeError(value)
        return value


def _bind_json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _read_json(value: str | None) -> Any:
    return None if value is None else orjson.loads(value)


class Json(TypeDecorator[Any]):
    """Small data that is read and written whole, as JSON text; None is NULL."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        return _bind_json

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        return _read_json
