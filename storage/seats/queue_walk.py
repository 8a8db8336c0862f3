"""The merged order of several queues, read a few rows at a time and only as far as somebody walks.

One pattern is laid over the union of the queues, class by class [003]; memory does not grow with them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from domain.admission import Candidate, QueueName
from domain.application import QueueClass, Status
from domain.policy import Policy
from domain.queue_order import GENERAL_IN_A_ROW, QueueKey, merged
from domain.taking import Wish
from storage.prepared import Prepared
from storage.queue_blocks import FIRST_KEY, application_key, position_asked, position_values
from storage.queue_state import lock_queue
from storage.queues import Queue, find_queue, read_queue
from storage.tables.queues import COUNTED, application
from storage.transaction import Transaction

AT_ONCE = 100
"""How many applications of a class are read together."""

_ASKED = position_asked()
_NEXT = Prepared(
    select(
        application.c.id,
        application.c.submitted_at,
        application.c.number,
        application.c.status,
        application.c.paused_at,
        application.c.languages,
    )
    .where(
        application.c.queue_id == _ASKED.queue_id,
        application.c.queue_class == _ASKED.queue_class,
        COUNTED,
        application_key > _ASKED.key,
    )
    .order_by(application.c.submitted_at, application.c.number)
    .limit(bindparam("at_once"))
)


class TooFar(Exception):
    """The walk went on longer than whoever walks has time for."""


class _Met(NamedTuple):
    key: QueueKey
    candidate: Candidate


def queues_of(tx: Transaction, names: Iterable[QueueName], *, locked: bool = False) -> list[Queue]:
    """Those of the named queues in which anybody has ever stood; `locked`: nobody comes or goes meanwhile."""
    ids = (find_queue(tx, territory_id, kind, year) for kind, territory_id, year in names)
    found = []
    for queue_id in sorted(each for each in ids if each is not None):
        if locked:
            lock_queue(tx, queue_id)
        queue = read_queue(tx, queue_id)
        assert queue is not None
        found.append(queue)
    return found


def walk(
    tx: Transaction, queues: Sequence[Queue], policy: Policy, *, most: int | None = None
) -> Iterator[Candidate]:
    """Everybody who stands in these queues, in their one merged order.

    Raises TooFar after `most` of them, where that is given.
    """
    classes = [{each: _of_class(tx, queue, each) for each in QueueClass} for queue in queues]
    phase = _phase(queues) if policy.carry_pattern else 0
    for number, met in enumerate(merged(classes, _key, phase)):
        if number == most:
            raise TooFar
        yield met.candidate


def _key(met: _Met) -> QueueKey:
    return met.key


def _phase(queues: Sequence[Queue]) -> int:
    """Of several queues as many general places are still to go as of any one of them (ours)."""
    return min(max((queue.phase for queue in queues), default=0), GENERAL_IN_A_ROW)


def _of_class(tx: Transaction, queue: Queue, queue_class: QueueClass) -> Iterator[_Met]:
    wishes: dict[tuple[str, ...], Wish] = {}
    after = FIRST_KEY
    while rows := _NEXT.all(tx, position_values(queue.id, queue_class, after) | {"at_once": AT_ONCE}):
        for row in rows:
            languages = tuple(row.languages)
            if languages not in wishes:
                wishes[languages] = _wish(queue, languages)
            after = QueueKey(row.submitted_at, row.number)
            yield _Met(after, _candidate(row, wishes[languages]))
        if len(rows) < AT_ONCE:
            return


def _wish(queue: Queue, languages: tuple[str, ...]) -> Wish:
    return Wish(
        queue_kind=queue.kind,
        territory_id=queue.territory_id,
        birth_year=queue.birth_year,
        languages=frozenset(languages),
    )


def _candidate(row: Any, wish: Wish) -> Candidate:
    return Candidate(row.id, wish, Status(row.status), row.paused_at is not None)
