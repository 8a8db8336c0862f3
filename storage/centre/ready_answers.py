"""Answers that are kept ready: written by staff for a territory with all below it, or for everywhere."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update

from domain.errors import ReadyAnswerChanged
from storage.ids import new_id
from storage.tables import contact, conversation, ready_answer, territory
from storage.transaction import Transaction
from storage.types import MICROSECOND, Id, Instant
from storage.upwards import upwards


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written: its name, and its text in the pair of languages."""

    name: str
    text_kk: str
    text_ru: str


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """One of them; `territory_id` None: everywhere. `written_at` tells it from what it was before."""

    id: int
    territory_id: int | None
    wording: Wording
    written_by: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom an answer is for: the parent, where somebody is signed in, and where they are."""

    parent_id: int | None
    territory_id: int | None
    language: str | None


_IN_USE = ready_answer.c.retired_at.is_(None)
_ALL = select(ready_answer).where(_IN_USE).order_by(ready_answer.c.name, ready_answer.c.id)
_WITHIN = _ALL.where(
    or_(
        ready_answer.c.territory_id.is_(None),
        ready_answer.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
    )
)
_HOW_MANY = select(func.count()).select_from(_WITHIN.order_by(None).subquery())
_above = upwards(territory.c.id == bindparam("of_territory", type_=Id))
_GOOD_IN = _ALL.where(
    or_(ready_answer.c.territory_id.is_(None), ready_answer.c.territory_id.in_(select(_above.c.id)))
)
_FIND = _ALL.where(ready_answer.c.id == bindparam("of_answer", type_=Id))
_SEEN = update(ready_answer).where(
    ready_answer.c.id == bindparam("of_answer", type_=Id),
    ready_answer.c.written_at == bindparam("seen_at", type_=Instant()),
    _IN_USE,
)
_RETIRE = _SEEN.values(retired_at=bindparam("at", type_=Instant()))
_ASKER = (
    select(contact.c.parent_id, contact.c.territory_id, contact.c.language)
    .join_from(conversation, contact, contact.c.id == conversation.c.contact_id)
    .where(conversation.c.id == bindparam("of_conversation", type_=Id))
)


def within(tx: Transaction, territory_ids: Collection[int]) -> Sequence[ReadyAnswer]:
    """Those of these territories, and those that are good everywhere, by their names."""
    return [_answer(row) for row in tx.conn.execute(_WITHIN, {"territories": list(territory_ids)})]


def how_many(tx: Transaction, territory_ids: Collection[int]) -> int:
    """How many those are."""
    found: int = tx.conn.execute(_HOW_MANY, {"territories": list(territory_ids)}).scalar_one()
    return found


def good_in(tx: Transaction, territory_id: int | None) -> Sequence[ReadyAnswer]:
    """Those that are offered to whoever is in a territory: its own, those above it, those for everywhere."""
    return [_answer(row) for row in tx.conn.execute(_GOOD_IN, {"of_territory": territory_id})]


def find(tx: Transaction, answer_id: int) -> ReadyAnswer | None:
    """One that is in use."""
    row = tx.conn.execute(_FIND, {"of_answer": answer_id}).first()
    return None if row is None else _answer(row)


def write(tx: Transaction, territory_id: int | None, wording: Wording, staff_id: int) -> int:
    """A new one; its id."""
    answer_id = new_id()
    row = {"id": answer_id, "territory_id": territory_id, "written_by": staff_id, "written_at": tx.now}
    tx.conn.execute(insert(ready_answer), row | _columns(wording))
    return answer_id


def change(
    tx: Transaction,
    answer_id: int,
    seen_at: datetime,
    territory_id: int | None,
    wording: Wording,
    staff_id: int,
) -> None:
    """Write another text in the place of the one written at `seen_at`. Raises ReadyAnswerChanged."""
    # Never the same instant twice: it is by it that the text is known.
    at = max(tx.now, seen_at + MICROSECOND)
    values = {"territory_id": territory_id, "written_by": staff_id, "written_at": at}
    changed = _SEEN.values(**values, **_columns(wording))
    _require_one(tx.conn.execute(changed, {"of_answer": answer_id, "seen_at": seen_at}).rowcount)


def retire(tx: Transaction, answer_id: int, seen_at: datetime) -> None:
    """It is offered no more. Raises ReadyAnswerChanged."""
    asked = {"of_answer": answer_id, "seen_at": seen_at, "at": tx.now}
    _require_one(tx.conn.execute(_RETIRE, asked).rowcount)


def asker_of(tx: Transaction, conversation_id: int) -> Asker | None:
    """Who writes in a conversation; None where there is none."""
    row = tx.conn.execute(_ASKER, {"of_conversation": conversation_id}).first()
    return None if row is None else Asker(*row)


def _require_one(changed: int) -> None:
    if changed != 1:
        raise ReadyAnswerChanged


def _columns(wording: Wording) -> dict[str, Any]:
    return {"name": wording.name, "text_kk": wording.text_kk, "text_ru": wording.text_ru}


def _answer(row: Any) -> ReadyAnswer:
    wording = Wording(row.name, row.text_kk, row.text_ru)
    return ReadyAnswer(row.id, row.territory_id, wording, row.written_by, row.written_at)
