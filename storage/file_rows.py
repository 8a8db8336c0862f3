"""What the database knows of files: whose content lies in the file store, under which name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.tables import file
from storage.transaction import Transaction

REFERRAL_PAPER = "referral_paper"
"""The kind of a printed referral: nothing ever refers to one, and it goes after an hour."""
PLACE_PICTURE = "place_picture"
"""The kind of the picture of a place over time; it goes likewise."""
PRINTED_KINDS = (REFERRAL_PAPER, PLACE_PICTURE)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file whose content is in the store.

    `kind` is a word for what it is to us (`document`, `portrait`, `export`), `name` what a person called
    it, `size` its bytes and `sha256` their digest, `stored_as` and `key_id` where it lies and what opens it.
    """

    id: int
    kind: str
    name: str
    content_type: str
    size: int
    sha256: bytes
    stored_as: str
    key_id: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is kept. `name` is opened; empty where a person gave none."""

    id: int
    kind: str
    name: str
    content_type: str
    size: int
    stored_as: str
    key_id: str
    created_at: datetime


def add(tx: Transaction, new: NewFile) -> None:
    """Write a file down. While nothing refers to it, it is kept for a limited time (file_tidying.py)."""
    tx.conn.execute(
        insert(file).values(
            id=new.id,
            kind=new.kind,
            name=tx.vault.seal("file", new.id, "name", new.name) if new.name else None,
            content_type=new.content_type,
            size=new.size,
            sha256=new.sha256,
            stored_as=new.stored_as,
            key_id=new.key_id,
            created_at=tx.now,
        )
    )


def find(tx: Transaction, file_id: int) -> StoredFile | None:
    """The file; None for one that never was or is deleted. Raises VaultError."""
    row = tx.conn.execute(select(file).where(file.c.id == file_id, file.c.deleted_at.is_(None))).first()
    if row is None:
        return None
    return StoredFile(
        id=row.id,
        kind=row.kind,
        name="" if row.name is None else tx.vault.open("file", row.id, "name", row.name),
        content_type=row.content_type,
        size=row.size,
        stored_as=row.stored_as,
        key_id=row.key_id,
        created_at=row.created_at,
    )


def mark_deleted(tx: Transaction, file_id: int) -> bool:
    """Take a file away: from now on nobody finds it, its content goes a little later. False: it was gone."""
    gone = update(file).where(file.c.id == file_id, file.c.deleted_at.is_(None)).values(deleted_at=tx.now)
    return tx.conn.execute(gone).rowcount == 1
