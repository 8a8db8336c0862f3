"""The short lists of the inbox: who waits for a person, what is mine, what did not arrive; and how many."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, exists, func, literal_column, or_, select, tuple_

from storage.centre.inbox import SHOWN, Filters, Found, Key, filter_values, key_values, matching
from storage.centre.line import IN_HAND, silent_since
from storage.dialects import is_one_of
from storage.tables import contact, conversation, delivery, help_request, message
from storage.tables.delivery import IS_LOST
from storage.transaction import Transaction
from storage.types import EPOCH, Id, Instant

MOST_COUNTED = 100
"""More are not counted: "99+" is all that anybody wants to know."""
FAILED_AMONG = 5_000
"""So many of the newest messages that did not arrive are looked at for chats in which nothing came after."""


@dataclass(frozen=True, slots=True)
class Within:
    """How far a list reaches; `with_nowhere`: also conversations that have no territory."""

    territories: Collection[int]
    with_nowhere: bool = True


_KEY_AT, _KEY_ID = bindparam("before_at", type_=Instant()), bindparam("before_id", type_=Id)
_ME, _NOW = bindparam("me", type_=Id), bindparam("now", type_=Instant())
_within = or_(
    is_one_of(conversation.c.territory_id, "territories"),
    and_(conversation.c.territory_id.is_(None), bindparam("with_nowhere") == literal_column("1")),
)
# The very conditions of the indexes.
_waits = help_request.c.waits_since.is_not(None)
_MINE_IDS = (
    select(help_request.c.conversation_id)
    .where(help_request.c.assigned_to == _ME, IN_HAND)
    .union(
        select(conversation.c.id).where(
            conversation.c.driven_by.is_not(None),
            conversation.c.driven_by == _ME,
            conversation.c.driven_until > _NOW,
        )
    )
)
_lost = (
    select(delivery.c.message_id, delivery.c.conversation_id)
    .where(IS_LOST, delivery.c.message_id < bindparam("before_message", type_=Id))
    .order_by(delivery.c.message_id.desc())
    .limit(FAILED_AMONG)
    .subquery("lost")
)
_later, _later_delivery = message.alias("later"), delivery.alias("later_delivery")
_SENT_SINCE = exists(
    select(literal_column("1"))
    .select_from(_later.join(_later_delivery, _later_delivery.c.message_id == _later.c.id))
    .where(_later.c.conversation_id == _lost.c.conversation_id, _later.c.id > _lost.c.message_id)
)


def _listed(source: FromClause, *columns: Any) -> Select[Any]:
    """Of conversations that stand in `source`, those within reach that match."""
    whole = source.join(contact, contact.c.id == conversation.c.contact_id)
    found = select(conversation.c.id, *columns).select_from(whole)
    return found.where(_within, *matching(conversation.c.id))


_REQUESTS = help_request.join(conversation, conversation.c.id == help_request.c.conversation_id)
_WAITING = _listed(_REQUESTS, help_request.c.waits_since.label("at")).where(_waits)
# Both of the one table, as its index has them: that is walked, and only as far as the page goes.
_IN_LINE = (help_request.c.waits_since, help_request.c.conversation_id)
_WAITING_PAGE = (
    _WAITING.where(tuple_(*_IN_LINE) > tuple_(_KEY_AT, _KEY_ID)).order_by(*_IN_LINE).limit(bindparam("most"))
)
_MINE = _listed(conversation, conversation.c.last_message_at.label("at")).where(
    conversation.c.id.in_(_MINE_IDS)
)
_MINE_PAGE = (
    _MINE.where(tuple_(conversation.c.last_message_at, conversation.c.id) < tuple_(_KEY_AT, _KEY_ID))
    .order_by(conversation.c.last_message_at.desc(), conversation.c.id.desc())
    .limit(bindparam("most"))
)
_LOST_IN_CHATS = _lost.join(conversation, conversation.c.id == _lost.c.conversation_id).join(
    message, message.c.id == _lost.c.message_id
)
_FAILED_PAGE = (
    _listed(_LOST_IN_CHATS, message.c.at, _lost.c.message_id)
    .where(~_SENT_SINCE)
    .order_by(_lost.c.message_id.desc())
    .limit(bindparam("most"))
)


def waiting(
    tx: Transaction, within: Within, filters: Filters, after: Key | None = None, most: int = SHOWN
) -> Found:
    """Who waits for a person, the longest waiting first."""
    values = key_values(after or Key(EPOCH, 0))
    return _found(tx.conn.execute(_WAITING_PAGE, _asked(within, filters, most + 1) | values).all(), most)


def mine(
    tx: Transaction,
    within: Within,
    staff_id: int,
    filters: Filters,
    before: Key | None = None,
    most: int = SHOWN,
) -> Found:
    """What is assigned to somebody or driven by them, the last that was said first."""
    asked = _asked(within, filters, most + 1) | key_values(before) | _of(tx, staff_id)
    return _found(tx.conn.execute(_MINE_PAGE, asked).all(), most)


def failed(
    tx: Transaction, within: Within, filters: Filters, before: Key | None = None, most: int = SHOWN
) -> Found:
    """Where the newest message to the parent did not arrive, newest first. The key's id is a message's."""
    before_message = 2**63 - 1 if before is None else before.id
    asked = _asked(within, filters, most + 1) | {"before_message": before_message}
    rows = tx.conn.execute(_FAILED_PAGE, asked).all()
    shown = rows[:most]
    more = Key(shown[-1].at, shown[-1].message_id) if len(rows) > most else None
    return Found(tuple(row.id for row in shown), more)


def how_many_wait(tx: Transaction, within: Within, most: int = MOST_COUNTED) -> int:
    """How many wait for a person; no more than `most` are counted."""
    return _counted(tx, _HOW_MANY_WAIT, _asked(within, Filters(), most))


def how_many_mine(tx: Transaction, within: Within, staff_id: int, most: int = MOST_COUNTED) -> int:
    """How many are somebody's; no more than `most` are counted."""
    return _counted(tx, _HOW_MANY_MINE, _asked(within, Filters(), most) | _of(tx, staff_id))


def _capped(chosen: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(chosen.limit(bindparam("most")).subquery())


_HOW_MANY_WAIT, _HOW_MANY_MINE = _capped(_WAITING), _capped(_MINE)


def _counted(tx: Transaction, statement: Select[Any], asked: dict[str, Any]) -> int:
    found: int = tx.conn.execute(statement, asked).scalar_one()
    return found


def _asked(within: Within, filters: Filters, most: int) -> dict[str, Any]:
    reach = {"territories": within.territories, "with_nowhere": int(within.with_nowhere)}
    return reach | filter_values(filters) | {"most": most}


def _of(tx: Transaction, staff_id: int) -> dict[str, Any]:
    return {"me": staff_id, "now": tx.now, "silent_since": silent_since(tx.now)}


def _found(rows: Collection[Any], most: int) -> Found:
    shown = list(rows)[:most]
    return Found(
        tuple(row.id for row in shown), Key(shown[-1].at, shown[-1].id) if len(rows) > most else None
    )
