"""Documents: files that stand for something in an application or an extension."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from storage.ids import new_id
from storage.tables import document, file
from storage.transaction import Transaction

RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Document:
    """A document and its file. `kind` is the word for what it proves, `state` what became of it."""

    id: int
    file_id: int
    kind: str
    state: str
    content_type: str
    size: int
    created_at: datetime
    decided_at: datetime | None


def attach_to_application(tx: Transaction, application_id: int, file_id: int, kind: str) -> int | None:
    """The file belongs to the application from now on; the document's id, None for a file that is gone."""
    return _attach(tx, file_id, kind, application_id=application_id)


def attach_to_extension(tx: Transaction, extension_id: int, file_id: int, kind: str) -> int | None:
    """The same for what supports an extension."""
    return _attach(tx, file_id, kind, extension_id=extension_id)


def of_application(tx: Transaction, application_id: int) -> Sequence[Document]:
    """The documents of an application in the order they came, without those whose file is deleted."""
    return _documents(tx, document.c.application_id == application_id)


def of_extension(tx: Transaction, extension_id: int) -> Sequence[Document]:
    """The same of an extension."""
    return _documents(tx, document.c.extension_id == extension_id)


def decide(tx: Transaction, application_id: int, kind: str, state: str, at: datetime) -> None:
    """What became of the documents of an application that prove the same thing and were not decided yet."""
    of_kind = (
        document.c.application_id == application_id,
        document.c.kind == kind,
        document.c.state == RECEIVED,
    )
    tx.conn.execute(update(document).where(*of_kind).values(state=state, decided_at=at))


def _attach(
    tx: Transaction,
    file_id: int,
    kind: str,
    *,
    application_id: int | None = None,
    extension_id: int | None = None,
) -> int | None:
    # The lock keeps the tidying from taking a file away that is just being attached.
    there = select(file.c.id).where(file.c.id == file_id, file.c.deleted_at.is_(None)).with_for_update()
    if tx.conn.execute(there).first() is None:
        return None
    document_id = new_id()
    tx.conn.execute(
        insert(document).values(
            id=document_id,
            application_id=application_id,
            extension_id=extension_id,
            file_id=file_id,
            kind=kind,
            state=RECEIVED,
            created_at=tx.now,
        )
    )
    return document_id


def _documents(tx: Transaction, of_whom: ColumnElement[bool]) -> Sequence[Document]:
    asked = (
        select(
            document.c.id,
            document.c.file_id,
            document.c.kind,
            document.c.state,
            file.c.content_type,
            file.c.size,
            document.c.created_at,
            document.c.decided_at,
        )
        .join_from(document, file, file.c.id == document.c.file_id)
        .where(of_whom, file.c.deleted_at.is_(None))
        # Pages were sent one after the other, and attached all at once.
        .order_by(file.c.created_at, document.c.created_at, document.c.id)
    )
    return [Document(*row) for row in tx.conn.execute(asked)]
