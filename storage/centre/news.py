"""What is new in all conversations since somebody has last looked: for the one reader that each process has.

Read are the log of messages, the audit (what staff did), who waits, who drives and who looks. Rows of the log
may become visible in another order than their ids, so ids that were passed over are asked for again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import bindparam, func, select

from storage.centre import presence
from storage.centre.presence import Present
from storage.tables import audit, conversation, delivery, help_request, message
from storage.transaction import Transaction
from storage.types import Id

MOST_AT_ONCE = 1000
ABOUT = "conversation:"
"""What an entry in the audit begins with that is about a conversation; its id follows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the log and the audit were read."""

    message: int = 0
    audit: int = 0

    def __str__(self) -> str:
        return f"{self.message}-{self.audit}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str` has made; None for anything else."""
        parts = text.split("-")
        if len(parts) != 2 or not all(each.isascii() and each.isdigit() and len(each) < 19 for each in parts):
            return None
        return cls(*map(int, parts))


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the log; `state` of its delivery, None for what came in."""

    id: int
    conversation_id: int
    state: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits for a person. Another value: something has changed.

    `territory_id` is where the question was asked, for the number of those who wait.
    """

    territory_id: int | None
    since: datetime
    assigned_to: int | None
    alarmed_at: datetime | None


_LINES = (
    select(message.c.id, message.c.conversation_id, delivery.c.state)
    .outerjoin(delivery, delivery.c.message_id == message.c.id)
    .order_by(message.c.id)
)
_SINCE = _LINES.where(message.c.id > bindparam("after", type_=Id)).limit(bindparam("most"))
_PASSED_OVER = _LINES.where(message.c.id.in_(bindparam("ids", type_=Id, expanding=True)))
_DEEDS = (
    select(audit.c.id, audit.c.about)
    .where(audit.c.id > bindparam("after", type_=Id))
    .order_by(audit.c.id)
    .limit(bindparam("most"))
)
_waits = help_request.c.waits_since.is_not(None)
_WAITING = (
    select(
        help_request.c.conversation_id,
        help_request.c.territory_id,
        help_request.c.waits_since,
        help_request.c.assigned_to,
        help_request.c.alarmed_at,
    )
    .where(_waits)
    .order_by(help_request.c.waits_since)
    .limit(bindparam("most"))
)
_DRIVEN = (
    select(conversation.c.id, conversation.c.driven_by, conversation.c.driven_until)
    .where(conversation.c.driven_by.is_not(None))
    .limit(bindparam("most"))
)
_ENDS = select(
    select(func.max(message.c.id)).scalar_subquery(), select(func.max(audit.c.id)).scalar_subquery()
)


def ends(tx: Transaction) -> Mark:
    """How far the logs go at present."""
    newest, deed = tx.conn.execute(_ENDS).one()
    return Mark(newest or 0, deed or 0)


def lines_since(tx: Transaction, after: int, passed_over: Collection[int] = ()) -> list[Line]:
    """Up to a thousand messages after one, and those of the ids passed over that are there by now."""
    late = tx.conn.execute(_PASSED_OVER, {"ids": list(passed_over)}).all() if passed_over else []
    found = tx.conn.execute(_SINCE, {"after": after, "most": MOST_AT_ONCE}).all()
    return [Line(*row) for row in (*late, *found)]


def lines(tx: Transaction, message_ids: Collection[int]) -> list[Line]:
    """These messages, with what has become of their delivery."""
    if not message_ids:
        return []
    return [Line(*row) for row in tx.conn.execute(_PASSED_OVER, {"ids": list(message_ids)})]


def deeds_since(tx: Transaction, after: int) -> tuple[int, set[int]]:
    """How far the audit was read, and which conversations were acted upon after that entry."""
    found = tx.conn.execute(_DEEDS, {"after": after, "most": MOST_AT_ONCE}).all()
    about = {row.about.removeprefix(ABOUT) for row in found if (row.about or "").startswith(ABOUT)}
    return (found[-1].id if found else after), {int(each) for each in about if each.isdigit()}


def waiting(tx: Transaction) -> Mapping[int, Waiting]:
    """Who waits for a person, by conversation; of thousands those who have waited longest."""
    found = tx.conn.execute(_WAITING, {"most": MOST_AT_ONCE})
    return {row.conversation_id: Waiting(*row[1:]) for row in found}


def driven(tx: Transaction) -> Mapping[int, tuple[int, datetime]]:
    """Who drives which conversation, until when."""
    found = tx.conn.execute(_DRIVEN, {"most": MOST_AT_ONCE})
    return {row.id: (row.driven_by, row.driven_until) for row in found}


def present(tx: Transaction, at: datetime) -> Mapping[int, tuple[Present, ...]]:
    """Who looks at which conversation, by the machine's time."""
    found: dict[int, tuple[Present, ...]] = {}
    for each in presence.everywhere(tx, at):
        found[each.conversation_id] = (*found.get(each.conversation_id, ()), each)
    return found
