"""Whose turn it is: of what is due on a channel the most urgent first, and every territory its fair share.

A territory that has twenty thousand people told must not hold up the three messages of another. Territories
with something due are gone through in a circle, each gets as many places as the others. What nobody else
wants is anybody's.
"""

from collections import deque
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, literal_column, or_, select

from domain.manner import Urgency
from storage.prepared import Prepared
from storage.tables import delivery
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant

MOST_SHARES = 64
"""So many territories are asked in one transaction, which must not take long; the others come next."""

_now = bindparam("now", type_=Instant())
_OF_CHANNEL = and_(delivery.c.channel == bindparam("channel"), PENDING)
_OF_URGENCY = and_(_OF_CHANNEL, delivery.c.urgency == bindparam("urgency"))
_FREE = and_(delivery.c.due_at <= _now, or_(delivery.c.lease_until.is_(None), delivery.c.lease_until <= _now))

_other = delivery.alias("other")
# In a chat the more urgent goes first, and the order of what is equally urgent is kept: what is due, or has
# failed and waits for another try, goes before. And nothing goes while something of the same chat is on its
# way. An SMS goes to another.
# PostgreSQL knows little of a table that fills and empties so quickly, and would compare all with all. With a
# LIMIT it looks it up for each row; for the ORDER, which is that of an index, by the chat.
_HOLDING_BACK = (
    select(literal_column("1"))
    .where(
        _other.c.conversation_id == delivery.c.conversation_id,
        _other.c.channel == delivery.c.channel,
        _other.c.state == literal_column("'pending'"),
        or_(
            _other.c.lease_until > _now,
            and_(
                or_(
                    _other.c.urgency < delivery.c.urgency,
                    and_(_other.c.urgency == delivery.c.urgency, _other.c.message_id < delivery.c.message_id),
                ),
                or_(_other.c.due_at <= _now, _other.c.tries > 0),
            ),
        ),
    )
    .order_by(_other.c.message_id)
    .limit(literal_column("1"))
    .scalar_subquery()
)


def _first(column: Any, *rows: Any) -> Any:
    """The smallest value of the column among these rows, by the index; NULL where there are none."""
    return select(column).where(*rows).order_by(column).limit(literal_column("1")).scalar_subquery()


def _values_of(column: Any, rows: Any) -> Any:
    """Each value that the column has among these rows, one step through the index for each."""
    first = select(_first(column, rows).label("value")).cte("step", recursive=True)
    following = select(_first(column, rows, column > first.c.value)).where(first.c.value.is_not(None))
    return first.union_all(following)


_channel = _values_of(delivery.c.channel, PENDING)
_CHANNELS = Prepared(select(_channel.c.value).where(_channel.c.value.is_not(None)))
_urgency = _values_of(delivery.c.urgency, _OF_CHANNEL)
_URGENCIES = Prepared(
    select(_urgency.c.value).where(_urgency.c.value.is_not(None)).order_by(_urgency.c.value)
)
_share = _values_of(delivery.c.share, _OF_URGENCY)
_any_due = (
    select(literal_column("1"))
    .where(_OF_URGENCY, delivery.c.share == _share.c.value, _FREE)
    .limit(literal_column("1"))
    .scalar_subquery()
)
_SHARES = Prepared(
    select(_share.c.value).where(_share.c.value.is_not(None), _any_due.is_not(None)).order_by(_share.c.value)
)
_DUE = Prepared(
    select(delivery.c.message_id)
    .where(_OF_URGENCY, delivery.c.share == bindparam("share"), _FREE, _HOLDING_BACK.is_(None))
    .order_by(delivery.c.due_at, delivery.c.message_id)
    .limit(bindparam("limit"))
    # Rendered on PostgreSQL only: SQLite has one writer.
    .with_for_update(of=delivery, skip_locked=True)
)


class Room(NamedTuple):
    """For how many messages there is room, and for how many if they are urgent, which is no fewer."""

    usual: int
    urgent: int


def channels(tx: Transaction) -> set[str]:
    """Those on which anything waits, due or not."""
    return {row.value for row in _CHANNELS.all(tx, {})}


def due(tx: Transaction, channel: str, now_real: datetime, room: Room, after: int) -> tuple[list[int], int]:
    """The ids of the messages to be sent next, as there is room, and the share that the last of them took.

    `after` is the share that was served last: its neighbour in the circle comes first.
    """
    chosen: list[int] = []
    asked: dict[str, Any] = {"channel": channel, "now": now_real}
    for [urgency] in _URGENCIES.all(tx, asked):
        limit = (room.urgent if urgency <= Urgency.CRITICAL else room.usual) - len(chosen)
        if limit <= 0:
            break
        found, after = _of_urgency(tx, asked | {"urgency": urgency}, limit, after)
        chosen += found
    return chosen, after


def _of_urgency(tx: Transaction, asked: dict[str, Any], limit: int, after: int) -> tuple[list[int], int]:
    shares: list[int] = [share for [share] in _SHARES.all(tx, asked)]
    circle = [*(each for each in shares if each > after), *(each for each in shares if each <= after)]
    waiting, found = deque(circle[:MOST_SHARES]), 0
    by_share: list[list[int]] = []
    while waiting and found < limit:
        places = -(-(limit - found) // len(waiting))
        share = after = waiting.popleft()
        found_here = _DUE.all(tx, asked | {"share": share, "limit": min(2 * places, limit)})
        ids = [message_id for [message_id] in found_here]
        by_share.append(ids)
        found += min(len(ids), places)
    return list(islice(_in_turns(by_share), limit)), after


def _in_turns(by_share: list[list[int]]) -> chain[int]:
    """The first of each, then the second of each, and so on."""
    longest = max(map(len, by_share), default=0)
    return chain.from_iterable(
        [each[place] for each in by_share if place < len(each)] for place in range(longest)
    )
