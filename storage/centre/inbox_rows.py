"""What the inbox shows of a conversation: who, the last line, who waits, who is on it. No parent's name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select

from storage.centre import presence
from storage.centre.line import CLOSED, IN_HAND, silent_since
from storage.centre.log import OPERATOR
from storage.centre.presence import Present
from storage.settling import LOST
from storage.tables import contact, conversation, delivery, help_request, label, message, staff
from storage.transaction import Transaction
from storage.types import Id

SHOWN_OF_A_LINE = 160


@dataclass(frozen=True, slots=True)
class LastLine:
    """The newest message, as the log has it: masked. `by` is "parent", "bot" or "operator".

    Of whoever waits for a person it is what the parent waits with, whatever the bot has said since.
    """

    message_id: int
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A conversation in the list. Logins, not names, say who of the staff; `alarm_at`: when the wait is too
    long; `failed`: the newest message to the parent will not arrive by its way.
    """

    id: int
    territory_id: int | None
    channel: str
    language: str | None
    signed_in: bool
    last_at: datetime | None
    last: LastLine | None
    waits_since: datetime | None
    alarm_at: datetime | None
    assigned_to: str | None
    driven_by: str | None
    driven_until: datetime | None
    failed: bool
    labels: tuple[str, ...]
    present: tuple[Present, ...]


_IDS = bindparam("conversation_ids", type_=Id, expanding=True)
_assigned, _driver = staff.alias("assigned"), staff.alias("driver")
_newest = message.alias("newest")
_NEWEST_LINE = (
    select(func.max(_newest.c.id)).where(_newest.c.conversation_id == conversation.c.id).scalar_subquery()
)
_WAITED_WITH = (
    select(_newest.c.id)
    .where(
        _newest.c.conversation_id == conversation.c.id,
        _newest.c.direction == "in",
        _newest.c.kind == "text",
        _newest.c.at <= help_request.c.waits_since,
    )
    .order_by(_newest.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
# Only of whoever waits: a chat without such a line would be read to its beginning.
_LINE = func.coalesce(case((help_request.c.waits_since.is_not(None), _WAITED_WITH)), _NEWEST_LINE)
_NEWEST_DELIVERY = (
    select(delivery.c.state)
    .join_from(_newest, delivery, delivery.c.message_id == _newest.c.id)
    .where(_newest.c.conversation_id == conversation.c.id)
    .order_by(_newest.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_ROWS = (
    select(
        conversation.c.id,
        conversation.c.territory_id,
        contact.c.channel,
        contact.c.language,
        contact.c.parent_id.is_not(None).label("signed_in"),
        conversation.c.last_message_at,
        help_request.c.waits_since,
        help_request.c.alarm_at,
        _assigned.c.login.label("assigned_to"),
        _driver.c.login.label("driven_by"),
        conversation.c.driven_until,
        _NEWEST_DELIVERY.label("delivery_state"),
        _LINE.label("shown"),
    )
    .select_from(conversation)
    .join(contact, contact.c.id == conversation.c.contact_id)
    .outerjoin(
        help_request,
        (help_request.c.conversation_id == conversation.c.id) & (help_request.c.state != CLOSED),
    )
    .outerjoin(_assigned, and_(_assigned.c.id == help_request.c.assigned_to, IN_HAND))
    .outerjoin(_driver, _driver.c.id == conversation.c.driven_by)
    .where(conversation.c.id.in_(_IDS))
)
_LINES = select(
    message.c.id,
    message.c.direction,
    message.c.kind,
    message.c.at,
    func.substr(message.c.text, 1, SHOWN_OF_A_LINE).label("line"),
).where(message.c.id.in_(bindparam("message_ids", type_=Id, expanding=True)))
_LABELS = (
    select(label.c.conversation_id, label.c.label)
    .where(label.c.conversation_id.in_(_IDS))
    .order_by(label.c.at)
)


def rows(tx: Transaction, conversation_ids: Collection[int], at: datetime) -> Mapping[int, InboxRow]:
    """The conversations by id; one that is not there is left out. `at` is the machine's time."""
    if not conversation_ids:
        return {}
    ids = {"conversation_ids": list(conversation_ids)}
    now = tx.now
    found = tx.conn.execute(_ROWS, ids | {"silent_since": silent_since(now)}).all()
    lines = _lines(tx, [row.shown for row in found if row.shown is not None])
    labels: dict[int, list[str]] = {}
    for row in tx.conn.execute(_LABELS, ids):
        labels.setdefault(row.conversation_id, []).append(row.label)
    there: dict[int, list[Present]] = {}
    for each in presence.of(tx, conversation_ids, at):
        there.setdefault(each.conversation_id, []).append(each)
    return {
        row.id: _row(row, now, lines.get(row.shown), labels.get(row.id, ()), there.get(row.id, ()))
        for row in found
    }


def _lines(tx: Transaction, message_ids: Collection[int]) -> Mapping[int, LastLine]:
    found = tx.conn.execute(_LINES, {"message_ids": list(message_ids)})
    return {row.id: LastLine(row.id, " ".join(row.line.split()), _by(row), row.at) for row in found}


def _by(row: Any) -> str:
    if row.direction == "in":
        return "parent"
    return "operator" if row.kind == OPERATOR else "bot"


def _row(
    row: Any, now: datetime, last: LastLine | None, labels: Collection[str], present: Collection[Present]
) -> InboxRow:
    driven = row.driven_until is not None and row.driven_until > now
    return InboxRow(
        id=row.id,
        territory_id=row.territory_id,
        channel=row.channel,
        language=row.language,
        signed_in=bool(row.signed_in),
        last_at=row.last_message_at,
        last=last,
        waits_since=row.waits_since,
        alarm_at=row.alarm_at,
        assigned_to=row.assigned_to,
        driven_by=row.driven_by if driven else None,
        driven_until=row.driven_until if driven else None,
        failed=row.delivery_state in LOST,
        labels=tuple(labels),
        present=tuple(present),
    )
