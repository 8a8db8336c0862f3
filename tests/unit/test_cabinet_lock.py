"""When a cabinet with a password is shut."""

from datetime import timedelta

from domain.cabinet_lock import is_open, open_until
from tests.unit.instants import TICK, at

NOW = at("2026-11-20 16:20")
SECOND = timedelta(seconds=1)


def test_a_cabinet_without_a_password_is_never_shut() -> None:
    assert is_open(None, NOW, has_password=False)
    assert is_open(NOW - SECOND, NOW, has_password=False)


def test_a_cabinet_with_a_password_is_shut_until_it_is_opened() -> None:
    assert not is_open(None, NOW, has_password=True)


def test_it_stays_open_for_fifteen_minutes_after_the_last_step() -> None:
    until = open_until(NOW)

    assert until == at("2026-11-20 16:35")
    assert is_open(until, until - SECOND, has_password=True)
    assert is_open(until, until - TICK, has_password=True)
    assert not is_open(until, until, has_password=True)
    assert not is_open(until, until + SECOND, has_password=True)
