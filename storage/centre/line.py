"""The line of those who wait for a person. Their words stand in the conversation's log.

Who was given a question and stays silent loses it at that instant: whatever is read here is as of `tx.now`,
whether or not anybody has written that down.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, literal_column, or_, select, update

from domain.contact_line import SILENCE, is_silent
from storage.centre.contact_centres import SHARING, Centre, centre_of, tomorrow
from storage.dialects import parameters
from storage.ids import new_id
from storage.tables import help_request
from storage.transaction import Transaction
from storage.types import Id, Instant

OPEN, ASSIGNED, CLOSED = "open", "assigned", "closed"


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """A question to the operators.

    `state` is "open" in the pool, "assigned" in somebody's hands, or "closed". `waits_since`: the first word
    of the parent that nobody has answered. `alarm_at`: when that wait is too long; `alarmed_at`: when that
    was noticed.
    """

    id: int
    conversation_id: int
    territory_id: int | None
    language: str | None
    at: datetime
    state: str
    waits_since: datetime | None
    assigned_to: int | None
    assigned_at: datetime | None
    answered_at: datetime | None
    alarmed_at: datetime | None
    alarm_at: datetime | None = None

    def as_of(self, now: datetime) -> "HelpRequest":
        """The same as it stands then: out of the hands of one who is silent."""
        if self.assigned_at is None or not is_silent(self.waits_since, self.assigned_at, now):
            return self
        return replace(self, state=OPEN, assigned_to=None, assigned_at=None)

    def alarms(self, now: datetime) -> bool:
        """Whether the parent has waited too long."""
        return self.alarm_at is not None and self.alarm_at <= now


_is_live = help_request.c.state != literal_column(f"'{CLOSED}'")
_waits = help_request.c.waits_since.is_not(None)
LEFT_WAITING = and_(help_request.c.state == literal_column(f"'{ASSIGNED}'"), _waits)
"""For statements: given to somebody, and the parent waits."""
IN_POOL = {"state": OPEN, "assigned_to": None, "assigned_at": None}
"""What stands in a question that anybody may take."""
SILENT_SINCE = bindparam("silent_since", type_=Instant())
IN_HAND = and_(
    help_request.c.state == literal_column(f"'{ASSIGNED}'"),
    or_(~_waits, help_request.c.waits_since > SILENT_SINCE, help_request.c.assigned_at > SILENT_SINCE),
)
"""For statements: it is in the hands of `assigned_to`. `silent_since` is what `silent_since(now)` gives."""
_OF = help_request.c.conversation_id == bindparam("of_conversation", type_=Id)
_COLUMNS = [help_request.c[name] for name in HelpRequest.__slots__]
_LIVE = select(*_COLUMNS).where(_OF, _is_live).order_by(help_request.c.id).limit(1)
_LOCK = _LIVE.with_for_update()
_ADD = insert(help_request).values(
    parameters(
        help_request,
        *("id", "conversation_id", "territory_id", "language", "at", "state", "waits_since", "alarm_at"),
    )
)
_ONE = update(help_request).where(help_request.c.id == bindparam("of_request", type_=Id))
_CHANGED = _ONE.values(
    parameters(
        help_request,
        *("state", "waits_since", "assigned_to", "assigned_at", "answered_at", "alarmed_at", "alarm_at"),
    )
)
_since = bindparam("since", type_=Instant())
_before = or_(
    help_request.c.waits_since < _since,
    and_(help_request.c.waits_since == _since, help_request.c.id < bindparam("of_request", type_=Id)),
)
_LINE = (
    select(func.count())
    .select_from(help_request)
    .where(_waits, _before, help_request.c.language.is_not_distinct_from(bindparam("in_language")))
)
_AHEAD = _LINE.where(help_request.c.territory_id.in_(SHARING))
_AHEAD_WITHOUT_CENTRE = _LINE.where(
    help_request.c.territory_id.is_not_distinct_from(bindparam("place", type_=Id))
)


def open_request(
    tx: Transaction, conversation_id: int, territory_id: int | None, language: str | None, at: datetime
) -> int:
    """Note that a conversation waits for an operator; the request's id.

    Asking again while one is live adds nothing but a word: the first keeps its place.
    """
    live = waiting_again(tx, conversation_id, at)
    if live is not None:
        return live.id
    row: dict[str, Any] = {"id": new_id(), "conversation_id": conversation_id, "territory_id": territory_id}
    row |= {"language": language, "at": at, "state": OPEN, "waits_since": at}
    tx.conn.execute(_ADD, row | {"alarm_at": _alarm_at(tx, territory_id, at)})
    return int(row["id"])


def live_of(tx: Transaction, conversation_id: int) -> HelpRequest | None:
    """The question that is not closed; None when there is none."""
    return _read(tx, _LIVE, conversation_id)


def lock_live(tx: Transaction, conversation_id: int) -> HelpRequest | None:
    """The same, and nobody else changes it until the end of the transaction."""
    return _read(tx, _LOCK, conversation_id)


def waiting_again(tx: Transaction, conversation_id: int, at: datetime) -> HelpRequest | None:
    """The parent has written to the operator once more: the wait begins then, unless one is under way.

    The live question; None and nothing done when there is none.
    """
    live = lock_live(tx, conversation_id)
    if live is None or live.waits_since is not None:
        return live
    alarm_at = _alarm_at(tx, live.territory_id, at)
    return keep(tx, replace(live, waits_since=at, alarm_at=alarm_at, alarmed_at=None))


def answered(tx: Transaction, conversation_id: int, staff_id: int, at: datetime) -> None:
    """Somebody of the staff has answered: nobody waits any more, and out of the pool it is theirs."""
    live = lock_live(tx, conversation_id)
    if live is None:
        return
    done = replace(live, waits_since=None, alarm_at=None, alarmed_at=None, answered_at=at)
    if live.state == OPEN:
        done = replace(done, state=ASSIGNED, assigned_to=staff_id, assigned_at=at)
    keep(tx, done)


def keep(tx: Transaction, changed: HelpRequest) -> HelpRequest:
    """Write down how a question stands now; itself. Only of one that is locked."""
    values = {name: getattr(changed, name) for name in HelpRequest.__slots__}
    tx.conn.execute(_CHANGED, values | {"of_request": changed.id})
    return changed


def ahead_of(tx: Transaction, request: HelpRequest, centre: Centre | None = None) -> int:
    """How many wait before it for the same contact centre in the same language; 0 when nobody waits here.

    `centre` is that of the request's territory, where it is known already.
    """
    if request.waits_since is None:
        return 0
    asked = {"since": request.waits_since, "of_request": request.id, "in_language": request.language}
    found_at = (centre or centre_of(tx, request.territory_id, tx.now)).territory_id
    if found_at is None:
        found = tx.conn.execute(_AHEAD_WITHOUT_CENTRE, asked | {"place": request.territory_id})
    else:
        found = tx.conn.execute(_AHEAD, asked | {"centre": found_at, "tomorrow": tomorrow(tx.now)})
    return int(found.scalar_one())


def silent_since(now: datetime) -> datetime:
    """Who has said nothing since then is silent."""
    return now - SILENCE


def _alarm_at(tx: Transaction, territory_id: int | None, since: datetime) -> datetime:
    return centre_of(tx, territory_id, since).opening.alarm_at(since)


def _read(tx: Transaction, statement: Any, conversation_id: int) -> HelpRequest | None:
    row = tx.conn.execute(statement, {"of_conversation": conversation_id}).first()
    return None if row is None else HelpRequest(*row).as_of(tx.now)
