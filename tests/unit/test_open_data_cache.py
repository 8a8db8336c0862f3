"""Kept answers: for the rest of the minute, not many of them, and found out once for all who ask."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.web.open_data import cache
from bot.web.open_data.cache import Answer, Cache, answer, rest_of_minute

AT = datetime(2026, 11, 27, 18, 59, 30, tzinfo=UTC)


class Watch:
    """A monotonic clock that stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def kept(watch: Watch) -> Cache:
    return Cache(monotonic=watch)


def told(words: str, at: datetime = AT) -> Answer:
    """An answer."""
    return answer(words.encode(), at, words.encode())


@pytest.mark.parametrize(
    ("second", "microsecond", "rest"), [(0, 0, 60), (30, 0, 30), (59, 0, 1), (59, 999_999, 1e-6)]
)
def test_an_answer_lasts_to_the_next_full_minute(second: int, microsecond: int, rest: float) -> None:
    assert rest_of_minute(AT.replace(second=second, microsecond=microsecond)) == pytest.approx(rest)


@pytest.mark.parametrize(("later", "there"), [(29.9, True), (30.0, False), (31.0, False)])
async def test_an_answer_of_before_midnight_is_not_given_after_it(
    kept: Cache, watch: Watch, later: float, there: bool
) -> None:
    kept.keep("q", told("valid"))
    watch.seconds += later

    assert (kept.find("q") is not None) is there


async def test_many_who_ask_at_once_are_answered_by_one_search(kept: Cache) -> None:
    searches = 0

    async def find_out() -> Answer:
        nonlocal searches
        searches += 1
        await asyncio.sleep(0)
        return told("found")

    found = await asyncio.gather(*(kept.get("q", find_out) for _ in range(50)))

    assert ({each.body for each in found}, searches) == ({b"found"}, 1)


async def test_who_asked_first_may_leave(kept: Cache) -> None:
    go = asyncio.Event()

    async def find_out() -> Answer:
        await go.wait()
        return told("found")

    first = asyncio.create_task(kept.get("q", find_out))
    second = asyncio.create_task(kept.get("q", find_out))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    go.set()

    assert (await second).body == b"found"


async def test_a_search_that_fails_is_made_anew(kept: Cache) -> None:
    async def fails() -> Answer:
        raise LookupError

    async def works() -> Answer:
        return told("found")

    for _ in range(2):
        with pytest.raises(LookupError):
            await kept.get("q", fails)

    assert (await kept.get("q", works)).body == b"found"


def test_however_many_questions_are_asked_little_is_kept(
    kept: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 1000)
    for number in range(10_000):
        kept.keep(number, told(f"{number:0100}"))

    assert kept.size == 1000
    assert [number for number in range(10_000) if kept.find(number)] == list(range(9990, 10_000))


def test_small_answers_are_counted_too(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_ANSWERS", 5)
    for number in range(100):
        kept.keep(number, told("x"))

    assert kept.size == 5


def test_what_is_asked_often_stays(kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_ANSWERS", 3)
    kept.keep("often", told("x"))
    for number in range(100):
        kept.find("often")
        kept.keep(number, told("x"))

    assert kept.find("often") is not None


def test_a_large_answer_is_not_kept(kept: Cache) -> None:
    kept.keep("q", told("x" * (cache.LARGEST + 1)))

    assert (kept.find("q"), kept.size) == (None, 0)


def test_told_the_same_again_it_was_not_modified(kept: Cache) -> None:
    later = AT + timedelta(minutes=5)
    kept.keep("q", told("same"))

    assert kept.keep("q", told("same", later)).last_modified == AT
    assert kept.keep("q", told("other", later)).last_modified == later
    assert kept.size == len("other")
