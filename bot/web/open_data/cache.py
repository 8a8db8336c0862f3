"""Answers that are kept until the minute is over, in this process.

Everything that decides by time does so at a full minute (07:00, 18:00, 00:00): an answer that is kept no
longer than its minute never shows a referral as valid that is over. However many different questions are
asked, no more than so many bytes of answers are kept, and a question asked by many at once is answered once.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

MOST_BYTES = 16 * 1024 * 1024
MOST_ANSWERS = 2000
LARGEST = 512 * 1024
"""Larger answers are not kept."""

AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, the instant it is true of, and what tells it from another."""

    body: bytes
    as_of: datetime
    tag: str
    last_modified: datetime


def answer(body: bytes, as_of: datetime, told: bytes) -> Answer:
    """An answer; `told` is what it tells apart from when it was asked."""
    return Answer(body, as_of, sha256(told).hexdigest()[:32], as_of.replace(microsecond=0))


def rest_of_minute(as_of: datetime) -> float:
    """Seconds until the next full minute, more than 0 and at most 60."""
    return 60 - as_of.second - as_of.microsecond / 1_000_000


@dataclass(slots=True)
class _Kept:
    answer: Answer
    until: float


@dataclass
class Cache:
    """By question. `lasts` tells how many seconds an answer is good for."""

    lasts: Callable[[datetime], float] = rest_of_minute
    monotonic: Callable[[], float] = time.monotonic
    _kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    _asked: dict[Hashable, asyncio.Future[Answer]] = field(default_factory=dict)
    _bytes: int = 0
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._bytes

    def find(self, question: Hashable) -> Answer | None:
        """What is kept and still good."""
        kept = self._kept.get(question)
        if kept is None or self.monotonic() >= kept.until:
            return None
        self._kept.move_to_end(question)
        return kept.answer

    def seconds_left(self, question: Hashable) -> float:
        """How long what is kept is good yet; 0 for what is not."""
        kept = self._kept.get(question)
        return 0.0 if kept is None else max(0.0, kept.until - self.monotonic())

    def keep(self, question: Hashable, given: Answer) -> Answer:
        """Keep an answer, if it is small enough; the answer. Told the same as before, it was not modified."""
        old = self._kept.pop(question, None)
        if old is not None:
            self._bytes -= len(old.answer.body)
            if old.answer.tag == given.tag:
                given = Answer(given.body, given.as_of, given.tag, old.answer.last_modified)
        if len(given.body) <= LARGEST:
            self._kept[question] = _Kept(given, self.monotonic() + self.lasts(given.as_of))
            self._bytes += len(given.body)
        while self._bytes > MOST_BYTES or len(self._kept) > MOST_ANSWERS:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped.answer.body)
        return given

    async def get(self, question: Hashable, find_out: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer: kept, or found out by whoever asks first. Raises what `find_out` raises."""
        there = self.find(question)
        if there is not None:
            return there
        if question not in self._asked:
            # A task of its own: who asked first may leave, the others wait on.
            task = asyncio.ensure_future(self._find_out(question, find_out))
            self._asked[question] = task
            task.add_done_callback(lambda done: self._answered(question, done))
        return await asyncio.shield(self._asked[question])

    def _answered(self, question: Hashable, done: asyncio.Future[Answer]) -> None:
        del self._asked[question]
        if not done.cancelled():
            done.exception()  # whoever still waits hears of it; nobody else has to

    async def _find_out(self, question: Hashable, find_out: Callable[[], Awaitable[Answer]]) -> Answer:
        async with self._slots:
            return self.keep(question, await find_out())
