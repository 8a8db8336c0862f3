"""How instants, days and ids stand in the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from storage.ids import new_id
from storage.types import Day, Instant, Json, NaiveInstant, from_microseconds, to_microseconds

DIALECTS = [sqlite.dialect(), postgresql.dialect()]  # type: ignore[no-untyped-call]


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_as_microseconds(instant: datetime) -> None:
    assert from_microseconds(to_microseconds(instant)) == instant


def test_an_instant_is_the_same_in_every_zone() -> None:
    in_almaty = datetime(2026, 11, 20, 18, 0, tzinfo=timezone(timedelta(hours=5)))

    assert to_microseconds(in_almaty) == to_microseconds(datetime(2026, 11, 20, 13, 0, tzinfo=UTC))


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgresql"])
def test_a_datetime_without_a_zone_is_refused(dialect: object) -> None:
    bind = Instant().bind_processor(dialect)  # type: ignore[arg-type]

    with pytest.raises(NaiveInstant):
        bind(datetime(2026, 11, 20, 18, 0))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgresql"])
def test_an_instant_is_no_day(dialect: object) -> None:
    with pytest.raises(TypeError):
        Day().process_bind_param(datetime(2026, 11, 20, tzinfo=UTC), dialect)  # type: ignore[arg-type]


def test_data_without_a_value_is_null_and_not_a_word() -> None:
    bind = Json().bind_processor(DIALECTS[0])

    assert bind(None) is None
    assert bind({"атау": [1, None]}) == '{"атау":[1,null]}'


def test_ids_are_positive_fit_63_bits_and_differ() -> None:
    ids = [new_id() for _ in range(1000)]

    assert min(ids) > 0
    assert max(ids) < 2**63
    assert len(set(ids)) == 1000
