"""Steps that operators have prepared. What stands in them is sealed: it is a parent's answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, literal_column, select, update

from storage.dialects import parameters
from storage.ids import new_id
from storage.tables import whisper
from storage.transaction import Transaction
from storage.types import Id, Instant

OFFERED = "offered"
AGREED, DECLINED, TAKEN_BACK, OUTDATED = "agreed", "declined", "taken_back", "outdated"


@dataclass(frozen=True, slots=True)
class Whisper:
    """A prepared step. `place`: where the bot stands that it is for; `content` is plain data."""

    id: int
    conversation_id: int
    staff_id: int
    at: datetime
    place: str
    state: str
    content: Mapping[str, Any] = field(repr=False)


_is_offered = whisper.c.state == literal_column(f"'{OFFERED}'")
_ADD = insert(whisper).values(
    parameters(whisper, "id", "conversation_id", "staff_id", "at", "place", "content")
    | {"state": literal_column(f"'{OFFERED}'")}
)
_COLUMNS = select(
    whisper.c.id,
    whisper.c.conversation_id,
    whisper.c.staff_id,
    whisper.c.at,
    whisper.c.place,
    whisper.c.state,
    whisper.c.content,
)
_ONE = _COLUMNS.where(whisper.c.id == bindparam("which", type_=Id))
_OFFERED = _COLUMNS.where(
    whisper.c.conversation_id == bindparam("of_conversation", type_=Id), _is_offered
).order_by(whisper.c.at.desc(), whisper.c.id.desc())
_NEWEST = (
    _COLUMNS.where(whisper.c.conversation_id == bindparam("of_conversation", type_=Id))
    .order_by(whisper.c.at.desc(), whisper.c.id.desc())
    .limit(bindparam("most"))
)
_DECIDE = (
    update(whisper)
    .where(whisper.c.id == bindparam("which", type_=Id), _is_offered)
    .values(state=bindparam("becomes"), decided_at=bindparam("when", type_=Instant()))
)
_REPLACE = (
    update(whisper)
    .where(whisper.c.conversation_id == bindparam("of_conversation", type_=Id), _is_offered)
    .values(state=literal_column(f"'{TAKEN_BACK}'"), decided_at=bindparam("when", type_=Instant()))
)


def offer(
    tx: Transaction, conversation_id: int, staff_id: int, place: str, content: Mapping[str, Any], at: datetime
) -> int:
    """Write down a prepared step in the stead of any other that waits there; its id."""
    tx.conn.execute(_REPLACE, {"of_conversation": conversation_id, "when": at})
    whisper_id = new_id()
    sealed = tx.vault.seal_bytes("whisper", whisper_id, "content", orjson.dumps(dict(content)))
    row = {"id": whisper_id, "conversation_id": conversation_id, "staff_id": staff_id, "at": at}
    tx.conn.execute(_ADD, row | {"place": place, "content": sealed})
    return whisper_id


def find(tx: Transaction, whisper_id: int) -> Whisper | None:
    """One of them, whatever became of it."""
    row = tx.conn.execute(_ONE, {"which": whisper_id}).first()
    return None if row is None else _opened(tx, row)


def offered(tx: Transaction, conversation_id: int) -> Whisper | None:
    """The one that waits for the parent's word in a conversation."""
    row = tx.conn.execute(_OFFERED, {"of_conversation": conversation_id}).first()
    return None if row is None else _opened(tx, row)


def newest(tx: Transaction, conversation_id: int, most: int) -> list[Whisper]:
    """The last of a conversation, newest first, whatever became of them."""
    rows = tx.conn.execute(_NEWEST, {"of_conversation": conversation_id, "most": most})
    return [_opened(tx, row) for row in rows]


def decide(tx: Transaction, whisper_id: int, becomes: str, at: datetime) -> bool:
    """Write down what becomes of one that waits; False when that was decided before."""
    asked = {"which": whisper_id, "becomes": becomes, "when": at}
    return tx.conn.execute(_DECIDE, asked).rowcount == 1


def _opened(tx: Transaction, row: Any) -> Whisper:
    content = orjson.loads(tx.vault.open_bytes("whisper", row.id, "content", row.content))
    return Whisper(row.id, row.conversation_id, row.staff_id, row.at, row.place, row.state, content)
