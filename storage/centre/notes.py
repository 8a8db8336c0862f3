"""Notes that staff leave beside a conversation, for each other's eyes only."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from storage.ids import new_id
from storage.tables import note
from storage.transaction import Transaction
from storage.types import Id

SHOWN, LONGEST = 50, 2000


@dataclass(frozen=True, slots=True)
class Note:
    """What one of the staff has noted."""

    id: int
    staff_id: int
    at: datetime
    text: str = field(repr=False)


_OF_CONVERSATION = (
    select(note.c.id, note.c.staff_id, note.c.at, note.c.text)
    .where(note.c.conversation_id == bindparam("of_conversation", type_=Id))
    .order_by(note.c.at.desc(), note.c.id)
    .limit(SHOWN)
)
_ADD = insert(note)
_REMOVE_OWN = delete(note).where(
    note.c.id == bindparam("note_id", type_=Id),
    note.c.conversation_id == bindparam("of_conversation", type_=Id),
    note.c.staff_id == bindparam("own_of", type_=Id),
)


def of_conversation(tx: Transaction, conversation_id: int) -> list[Note]:
    """The newest notes, newest first."""
    rows = tx.conn.execute(_OF_CONVERSATION, {"of_conversation": conversation_id})
    return [
        Note(row.id, row.staff_id, row.at, tx.vault.open("note", row.id, "text", row.text)) for row in rows
    ]


def add(tx: Transaction, conversation_id: int, staff_id: int, text: str, at: datetime) -> int:
    """Keep a note; its id."""
    note_id = new_id()
    sealed = tx.vault.seal("note", note_id, "text", text)
    row = {"id": note_id, "conversation_id": conversation_id, "staff_id": staff_id, "text": sealed, "at": at}
    tx.conn.execute(_ADD, row)
    return note_id


def remove_own(tx: Transaction, conversation_id: int, note_id: int, staff_id: int) -> bool:
    """Take a note away; False where this one of the staff has left none of that id here."""
    asked = {"of_conversation": conversation_id, "note_id": note_id, "own_of": staff_id}
    return tx.conn.execute(_REMOVE_OWN, asked).rowcount == 1
