"""The picture of a kindergarten: which file it is, and whose. Everybody may see it."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select, update

from storage import file_rows
from storage.file_rows import NewFile, StoredFile
from storage.tables import file, kindergarten
from storage.transaction import Transaction
from storage.types import Id

KIND = "kindergarten"
"""What such a file is to us."""

_SHOWN = select(kindergarten.c.id).where(kindergarten.c.picture_file_id == bindparam("of_file", type_=Id))
_DIGESTS = (
    select(kindergarten.c.id, file.c.sha256)
    .join(file, file.c.id == kindergarten.c.picture_file_id)
    .where(kindergarten.c.id.in_(bindparam("many", type_=Id, expanding=True)), file.c.deleted_at.is_(None))
)
_FORMER = select(kindergarten.c.picture_file_id).where(kindergarten.c.id == bindparam("of_kindergarten"))
_PUT = (
    update(kindergarten)
    .where(kindergarten.c.id == bindparam("of_kindergarten"))
    .values(picture_file_id=bindparam("of_file", type_=Id))
)


def digests(tx: Transaction, kindergarten_ids: Iterable[int]) -> dict[int, bytes]:
    """The SHA-256 of the picture of each of these that has one."""
    rows = tx.conn.execute(_DIGESTS, {"many": list(kindergarten_ids)})
    return {row.id: bytes(row.sha256) for row in rows}


def put(tx: Transaction, kindergarten_id: int, picture: NewFile | None) -> None:
    """Show this picture from now on, or none; the former one is deleted."""
    former = tx.conn.execute(_FORMER, {"of_kindergarten": kindergarten_id}).scalar_one()
    if picture is not None:
        file_rows.add(tx, picture)
    of_file = picture.id if picture is not None else None
    tx.conn.execute(_PUT, {"of_kindergarten": kindergarten_id, "of_file": of_file})
    if former is not None:
        file_rows.mark_deleted(tx, former)


def find(tx: Transaction, file_id: int) -> StoredFile | None:
    """The file, if it is the picture of a kindergarten now; None for any other. Raises VaultError."""
    if tx.conn.execute(_SHOWN, {"of_file": file_id}).first() is None:
        return None
    return file_rows.find(tx, file_id)
