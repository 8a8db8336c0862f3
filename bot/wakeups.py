"""Waking other processes through Redis: nothing is told but that there is something to look for.

Whoever was not woken, because Redis was away or the word was lost, looks by itself within one poll.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

AWAY = timedelta(seconds=1)
"""After Redis could not be reached."""
TOGETHER = timedelta(milliseconds=10)
"""What happens within it is told once."""
log = structlog.get_logger("wakeups")


class News(Enum):
    """What there is to look for; its Redis channel."""

    POSTED = "kezek:posted"
    """A message that nobody has in hand."""
    SHOWN = "kezek:shown"
    """Something new in a web chat."""
    WRITTEN = "kezek:written"
    """Whatever it is: for those who follow all that happens."""


class Wakeups:
    """Tells other processes what this one has done, and calls `heard` with what others tell."""

    def __init__(self, url: str, heard: Mapping[News, Callable[[], None]]) -> None:
        self._url = url
        self._heard = heard
        self._me = secrets.token_hex(8).encode()
        self._to_tell: set[News] = set()
        self._something = asyncio.Event()

    def tell(self, news: News) -> None:
        """Let the others look. Never blocks."""
        self._to_tell.add(news)
        self._something.set()

    def seldom(self, news: News, span: timedelta) -> Callable[[], None]:
        """A call that lets the others look, but not more often than once in a span; none is lost."""
        planned = False

        def tell() -> None:
            nonlocal planned
            planned = False
            self.tell(news)

        def call() -> None:
            nonlocal planned
            if not planned:
                planned = True
                asyncio.get_running_loop().call_later(span.total_seconds(), tell)

        return call

    async def run(self) -> None:
        """Tell and hear, until cancelled."""
        async with Redis.from_url(self._url) as redis, asyncio.TaskGroup() as group:
            group.create_task(self._tell_forever(redis))
            group.create_task(self._hear_forever(redis))

    async def _tell_forever(self, redis: Redis) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            news, self._to_tell = self._to_tell, set()
            try:
                for each in sorted(news, key=lambda each: each.value):
                    await redis.publish(each.value, self._me)
            except (RedisError, OSError) as fault:
                # They look by themselves soon; telling it later would be of no use.
                log.warning("nobody can be woken", fault=type(fault).__name__)
                await asyncio.sleep(AWAY.total_seconds())
            await asyncio.sleep(TOGETHER.total_seconds())

    async def _hear_forever(self, redis: Redis) -> None:
        while True:
            try:
                await self._hear(redis)
            except (RedisError, OSError) as fault:
                log.warning("others are not heard", fault=type(fault).__name__)
                await asyncio.sleep(AWAY.total_seconds())

    async def _hear(self, redis: Redis) -> None:
        async with redis.pubsub() as heard:
            await heard.subscribe(*(news.value for news in self._heard))
            async for each in heard.listen():
                # When it begins to hear there may be something that it has missed.
                if each["data"] != self._me:
                    self._heard[News(each["channel"].decode())]()
