"""The newest extension of a referral, with the documents that support it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from storage import documents
from storage.documents import Document
from storage.tables import extension
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True)
class Supported:
    """An extension. `note` is what the parent wrote to it, opened."""

    days: int
    asked_at: datetime
    note: str
    documents: Sequence[Document]


_NEWEST = (
    select(extension.c.id, extension.c.days, extension.c.asked_at, extension.c.note)
    .where(extension.c.referral_id == bindparam("of_referral", type_=Id))
    .order_by(extension.c.nth.desc(), extension.c.asked_at.desc())
    .limit(1)
)


def newest(tx: Transaction, referral_id: int) -> Supported | None:
    """The extension asked for last; None where none was."""
    row = tx.conn.execute(_NEWEST, {"of_referral": referral_id}).first()
    if row is None:
        return None
    note = "" if row.note is None else tx.vault.open("extension", row.id, "note", row.note)
    return Supported(row.days, row.asked_at, note, documents.of_extension(tx, row.id))
