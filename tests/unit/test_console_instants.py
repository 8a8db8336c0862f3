"""An instant out of a form: one that our own pages have written, and nothing else."""

from datetime import UTC, datetime

import pytest

from bot.web.console.fields import Fields


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("2026-11-20T16:20:00.000005+05:00", datetime(2026, 11, 20, 11, 20, 0, 5, UTC)),
        ("0001-01-01T00:00:00+00:00", datetime(1, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00+00:01", None),
        ("9999-12-31T23:59:59-00:01", None),
        ("2026-11-20T16:20:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_an_instant_has_a_zone_and_lies_in_our_calendar(sent: str, found: datetime | None) -> None:
    assert Fields({"seen": sent}).instant("seen") == found
