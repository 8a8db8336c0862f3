"""Not too fast: how many messages one chat and one network address may send."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from aiohttp import web

KEYS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `times` within any `span`."""

    times: int
    span: timedelta


MESSAGES_OF_A_CHAT = Rate(30, timedelta(minutes=1))
MESSAGES_OF_AN_ADDRESS = Rate(120, timedelta(minutes=1))
FILES_OF_A_CHAT = Rate(20, timedelta(minutes=10))
FILES_OF_AN_ADDRESS = Rate(100, timedelta(minutes=10))
VISITS_OF_AN_ADDRESS = Rate(120, timedelta(minutes=1))
VISITS_OF_A_SESSION = Rate(600, timedelta(minutes=1))
TOKENS_OF_AN_ADDRESS = Rate(12_000, timedelta(minutes=1))
"""Each of them has to be looked up before it is known whose it is."""
PICTURES_OF_AN_ADDRESS = Rate(600, timedelta(minutes=1))
"""A messenger's own servers fetch them for all who see them."""


class Flood(Protocol):
    """Counts what comes in. In memory it counts for this process alone."""

    async def wait(self, key: str, rate: Rate) -> timedelta | None:
        """None and counted when there is room, else (not counted) how long until there is."""


async def require_room(flood: Flood, key: str, rate: Rate) -> None:
    """Count a request of that key. Raises HTTPTooManyRequests when there is no room for it."""
    if await flood.wait(key, rate) is not None:
        raise web.HTTPTooManyRequests


async def seconds_to_wait(flood: Flood, chat: str, network: str) -> float:
    """0 and counted when a message of this chat, from this address, may come in; else how long until."""
    wait = await flood.wait(f"chat {chat}", MESSAGES_OF_A_CHAT)
    wait = wait or await flood.wait(f"address {network}", MESSAGES_OF_AN_ADDRESS)
    return 0.0 if wait is None else wait.total_seconds()


async def seconds_to_wait_with_a_file(flood: Flood, chat: str, network: str) -> float:
    """The same for files, each of which takes up room for a while."""
    wait = await flood.wait(f"files of chat {chat}", FILES_OF_A_CHAT)
    wait = wait or await flood.wait(f"files of address {network}", FILES_OF_AN_ADDRESS)
    return 0.0 if wait is None else wait.total_seconds()


class MemoryFlood:
    """A sliding window per key; forgets the keys that have been quiet the longest."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    async def wait(self, key: str, rate: Rate) -> timedelta | None:
        now = self._monotonic()
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and times[0] <= now - rate.span.total_seconds():
            times.popleft()
        if len(times) >= rate.times:
            return timedelta(seconds=times[0] - now) + rate.span
        times.append(now)
        if len(self._times) > KEYS_KEPT:
            self._times.popitem(last=False)
        return None
