"""Reading what is new, again and again: what was seen last, and what has changed since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from storage.centre import news
from storage.centre.news import Line, Mark, Waiting
from storage.centre.presence import Present
from storage.settling import LOST
from storage.transaction import Transaction

PASSED_OVER_FOR = timedelta(seconds=30)
"""So long a row of the log may stay invisible after younger ones are seen; then there is none."""
MOST_PASSED_OVER = 500
SETTLES_WITHIN = timedelta(minutes=5)
MOST_UNSETTLED = 1000
ARRIVING = frozenset({"sent", "delivered"})
"""After them something may still be told."""
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Seen:
    """How things stood at the last look. Instants are the machine's."""

    mark: Mark
    waiting: Mapping[int, Waiting]
    driven: Mapping[int, tuple[int, datetime]]
    present: Mapping[int, tuple[Present, ...]]
    passed_over: Mapping[int, datetime] = field(default_factory=dict)
    unsettled: Mapping[int, tuple[Line, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is new: conversations whose row may look otherwise, those whose page may, and who looks where.

    A message that has merely been sent changes no row.
    """

    rows: frozenset[int]
    chats: frozenset[int]
    presence: frozenset[int]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.rows or self.chats or self.presence)


def first_look(tx: Transaction, at: datetime) -> Seen:
    """How things stand, for whoever begins to listen."""
    return Seen(news.ends(tx), news.waiting(tx), news.driven(tx), news.present(tx, at))


def look(tx: Transaction, before: Seen, watched: Collection[int], at: datetime) -> tuple[Seen, Heard]:
    """How things stand now, and what has changed. Of `watched` conversations also when a message was read."""
    lines = news.lines_since(tx, before.mark.message, before.passed_over)
    settling = news.lines(tx, before.unsettled)
    acted_to, acted_on = news.deeds_since(tx, before.mark.audit)
    waiting, driven, present = news.waiting(tx), news.driven(tx), news.present(tx, at)
    settled = [line for line in settling if line.state != before.unsettled[line.id][0].state]
    rows = {line.conversation_id for line in lines}
    rows |= {line.conversation_id for line in settled if line.state in LOST}
    rows |= acted_on | _changed(before.waiting, waiting) | _changed(before.driven, driven)
    looks = _changed(before.present, present)
    now = Seen(
        mark=Mark(max([before.mark.message, *(line.id for line in lines)]), acted_to),
        waiting=waiting,
        driven=driven,
        present=present,
        passed_over=passed_over(before, [line.id for line in lines], at),
        unsettled=unsettled(before, (*lines, *settling), watched, at),
    )
    chats = rows | {line.conversation_id for line in settled}
    more = len(lines) >= news.MOST_AT_ONCE
    return now, Heard(frozenset(rows | looks), frozenset(chats), frozenset(looks), more)


def _changed(before: Mapping[K, V], now: Mapping[K, V]) -> set[K]:
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def passed_over(before: Seen, seen: Collection[int], at: datetime) -> dict[int, datetime]:
    """The ids that nobody has shown yet: those from before, unless it is too long ago, and those between."""
    last, found = before.mark.message, set(seen)
    newest = max((last, *found))
    since = max(last + 1, newest - MOST_PASSED_OVER)
    awaited = {
        each: first
        for each, first in before.passed_over.items()
        if each not in found and at - first < PASSED_OVER_FOR
    }
    awaited |= {each: at for each in range(since, newest) if each not in found}
    return dict(list(awaited.items())[-MOST_PASSED_OVER:])


def unsettled(
    before: Seen, lines: Collection[Line], watched: Collection[int], at: datetime
) -> dict[int, tuple[Line, datetime]]:
    """The messages of which it is still to be told what becomes of them."""
    left: dict[int, tuple[Line, datetime]] = {}
    for line in lines:
        first = before.unsettled[line.id][1] if line.id in before.unsettled else at
        pending = line.state == "pending" or (line.state in ARRIVING and line.conversation_id in watched)
        if pending and at - first < SETTLES_WITHIN:
            left[line.id] = line, first
    return dict(list(left.items())[-MOST_UNSETTLED:])
