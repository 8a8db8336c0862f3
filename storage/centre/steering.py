"""Who drives a conversation in the bot's stead; the lines of its log that say so.

A turn is told by what it has entered anyway (`storage.conversations.Entered`) and asks nothing here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, insert, literal_column, select, update

from domain import assisting
from domain.errors import NobodyListens
from domain.steering import Steered, Wheel
from storage import conversations, journal
from storage.centre import assigning, line
from storage.conversations import Entered
from storage.dialects import parameters
from storage.homes import NOWHERE
from storage.staff_sessions import IS_OPEN, open_at
from storage.tables import contact, conversation, message, staff, staff_session
from storage.transaction import Transaction
from storage.types import Id, Instant

KIND = "steering"
"""Of a line in the log that only staff see: `text` is a Steered, `cause` whoever it was of the staff."""

_CONVERSATION = conversation.c.id == bindparam("of_conversation", type_=Id)
_WHEEL = select(conversation.c.driven_by, conversation.c.driven_until).where(_CONVERSATION)
_TURN = (
    update(conversation)
    .where(_CONVERSATION)
    .values(driven_by=bindparam("who", type_=Id), driven_until=bindparam("end", type_=Instant()))
)
_NOTE = insert(message).values(
    parameters(message, "conversation_id", "at", "channel", "text", "cause")
    | {"direction": literal_column("'out'"), "kind": literal_column(f"'{KIND}'")}
)
_ADDRESS = (
    select(contact.c.channel, contact.c.address)
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .where(_CONVERSATION)
)
_SILENT = (
    select(conversation.c.id)
    .where(
        conversation.c.driven_by.is_not(None),
        conversation.c.driven_until <= bindparam("now", type_=Instant()),
    )
    .order_by(conversation.c.driven_until, conversation.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_IS_IN = exists().where(
    staff.c.id == conversation.c.driven_by,
    staff.c.disabled_at.is_(None),
    staff_session.c.staff_id == staff.c.id,
    IS_OPEN,
)
_OF_GONE = (
    select(conversation.c.id)
    .where(
        conversation.c.driven_by.is_not(None),
        conversation.c.driven_until > bindparam("now", type_=Instant()),
        ~_IS_IN,
    )
    # By the index of those that are driven, and not by a walk through all conversations.
    .order_by(conversation.c.driven_until, conversation.c.id)
    .limit(bindparam("limit"))
)
_HOLD_OF_GONE = _OF_GONE.with_for_update(skip_locked=True)


_REMEMBERED = select(conversation.c.session, conversation.c.screen, conversation.c.step_token).where(
    _CONVERSATION
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a conversation keeps between two turns: its session, sealed, and its last screen."""

    session: bytes | None = field(repr=False)
    screen: Any
    step_token: int


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation with whoever drives it, if somebody does; `wheel` may be one that is over."""

    entered: Entered
    wheel: Wheel | None


def wheel_of(tx: Transaction, conversation_id: int) -> Wheel | None:
    """Who drives it now; None when the bot answers."""
    row = tx.conn.execute(_WHEEL, {"of_conversation": conversation_id}).first()
    wheel = None if row is None else _wheel(row.driven_by, row.driven_until)
    return wheel if wheel is not None and wheel.is_held(tx.now) else None


def enter(tx: Transaction, conversation_id: int) -> Chat:
    """A conversation that is there, locked as a turn locks it.

    Raises NobodyListens for one that no messenger holds: of a parent without any, or of a form that an
    operator fills in for a family.
    """
    where = tx.conn.execute(_ADDRESS, {"of_conversation": conversation_id}).one()
    if where.channel in (NOWHERE, assisting.CHANNEL):
        raise NobodyListens
    entered = conversations.enter(tx, where.channel, where.address)
    return Chat(entered, wheel_in(entered))


def remembered(tx: Transaction, conversation_id: int) -> Remembered:
    """What a conversation that is there remembers; it is not locked by this."""
    return Remembered(*tx.conn.execute(_REMEMBERED, {"of_conversation": conversation_id}).one())


def wheel_in(entered: Entered) -> Wheel | None:
    """Who drives, or drove until a moment ago, what a turn has entered."""
    return _wheel(entered.driven_by, entered.driven_until)


def put(tx: Transaction, conversation_id: int, wheel: Wheel | None) -> None:
    """From now on this one drives; None: the bot does."""
    who, end = (wheel.staff_id, wheel.until) if wheel is not None else (None, None)
    tx.conn.execute(_TURN, {"of_conversation": conversation_id, "who": who, "end": end})


def note(
    tx: Transaction, conversation_id: int, channel: str, staff_id: int, what: Steered, at: datetime
) -> None:
    """Write a line that staff read in the log. It is sent to nobody."""
    line = {"conversation_id": conversation_id, "channel": channel, "at": at}
    tx.conn.execute(_NOTE, line | {"text": what.value, "cause": journal.by_staff(staff_id)})


def silent(tx: Transaction, limit: int) -> list[int]:
    """Some conversations whose driver has been silent for too long: whoever is told of them ends them."""
    return list(tx.conn.execute(_SILENT, {"now": tx.now, "limit": limit}).scalars())


def of_gone(tx: Transaction, really: datetime, limit: int) -> list[int]:
    """Some conversations whose driver is signed in nowhere any more, `really` by the machine's clock.

    They are locked; one that is in somebody's hands is not among them.
    """
    return list(tx.conn.execute(_HOLD_OF_GONE, _gone(tx, really, limit)).scalars())


def is_any_of_gone(tx: Transaction, really: datetime) -> bool:
    """Whether there is any such conversation."""
    return tx.conn.execute(_OF_GONE, _gone(tx, really, 1)).first() is not None


def _gone(tx: Transaction, really: datetime, limit: int) -> dict[str, Any]:
    return {"now": tx.now, "limit": limit} | open_at(really)


def leave_to_others(tx: Transaction, conversation_id: int, staff_id: int) -> bool:
    """Whether a question of this conversation waits still; from now on not for this one, but for anybody."""
    waiting = line.lock_live(tx, conversation_id)
    if waiting is None or waiting.waits_since is None:
        return False
    if waiting.assigned_to in (staff_id, None):
        assigning.to_pool(tx, waiting)
    return True


def _wheel(staff_id: int | None, until: datetime | None) -> Wheel | None:
    return None if staff_id is None or until is None else Wheel(staff_id, until)
