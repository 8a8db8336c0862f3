"""Not too fast."""

from datetime import timedelta

import pytest

from bot.web import flood
from bot.web.flood import MemoryFlood, Rate

TWO_A_MINUTE = Rate(2, timedelta(minutes=1))


class Seconds:
    """A monotonic clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_the_third_within_a_minute_has_to_wait_until_the_first_is_a_minute_old() -> None:
    seconds = Seconds()
    limit = MemoryFlood(seconds)
    await limit.wait("chat", TWO_A_MINUTE)
    seconds.now += 20
    await limit.wait("chat", TWO_A_MINUTE)
    seconds.now += 20

    assert await limit.wait("chat", TWO_A_MINUTE) == timedelta(seconds=20)


async def test_a_minute_after_the_first_there_is_room_again() -> None:
    seconds = Seconds()
    limit = MemoryFlood(seconds)
    for _ in range(3):
        await limit.wait("chat", TWO_A_MINUTE)

    seconds.now += 59.9
    just_before = await limit.wait("chat", TWO_A_MINUTE)
    seconds.now += 0.1
    at = await limit.wait("chat", TWO_A_MINUTE)

    assert just_before is not None
    assert at is None


async def test_chats_are_counted_each_by_itself() -> None:
    limit = MemoryFlood(Seconds())
    for _ in range(2):
        await limit.wait("one chat", TWO_A_MINUTE)

    assert await limit.wait("another chat", TWO_A_MINUTE) is None


async def test_what_has_been_quiet_the_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "KEYS_KEPT", 2)
    limit = MemoryFlood(Seconds())
    for chat in ("first", "second", "first", "third"):
        await limit.wait(chat, Rate(1, timedelta(minutes=1)))

    waits = [await limit.wait(chat, Rate(1, timedelta(minutes=1))) for chat in ("first", "third", "second")]

    assert [wait is None for wait in waits] == [False, False, True]
