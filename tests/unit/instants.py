"""Instants of examples, read off a clock in Almaty."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from domain.local_time import ZONE

TICK = timedelta(microseconds=1)


def at(text: str) -> datetime:
    """`2026-11-20 18:00` on the territory's clock, as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


_SINCE = datetime(2019, 1, 1, tzinfo=UTC)

instants = st.timedeltas(timedelta(), timedelta(days=9 * 365)).map(_SINCE.__add__)
