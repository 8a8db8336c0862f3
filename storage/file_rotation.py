"""Sealing the contents of files anew with the newest key, so that an old one can be taken off the ring.

A crash at any point loses nothing: the new blob is there before the row names it, and the old one goes
only after that. Begun again, the rotation writes the same new blob; what it left behind is tidied up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select, update

from storage.database import Database
from storage.files import FileGone
from storage.sealed_files import Sealed, SealedFiles
from storage.tables import file
from storage.transaction import Transaction
from storage.vault import SealBroken

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many files were sealed anew, and how many could not be: their content is lost or damaged."""

    done: int
    left: int


@dataclass(frozen=True, slots=True)
class _Old:
    id: int
    stored_as: str


async def rotate_files(database: Database, files: SealedFiles) -> Rotated:
    """Seal every file anew that is not on the newest key.

    Raises KeyUnknown for one that no key on the ring opens, FilesUnavailable, StorageError; what was
    done before that stays done.
    """
    done, left, last = 0, 0, -1
    key_id = files.vault.newest_key_id
    while some := await database.read(partial(_on_another_key, key_id=key_id, after_id=last)):
        for each in some:
            if await _seal_anew(database, files, each):
                done += 1
            else:
                left += 1
        last = some[-1].id
    return Rotated(done, left)


async def _seal_anew(database: Database, files: SealedFiles, old: _Old) -> bool:
    try:
        content = await files.get(old.id, old.stored_as)
    except (FileGone, SealBroken):
        # One lost file must not keep the others on an old key.
        return False
    anew = await files.put(old.id, content)
    if await database.write(partial(_move, old=old, to=anew)):
        await files.delete(old.stored_as)
    # Else it was deleted meanwhile, or another process was quicker: under the same name.
    return True


def _on_another_key(tx: Transaction, key_id: str, after_id: int) -> Sequence[_Old]:
    asked = (
        select(file.c.id, file.c.stored_as)
        .where(file.c.id > after_id, file.c.key_id != key_id, file.c.deleted_at.is_(None))
        .order_by(file.c.id)
        .limit(CHUNK)
    )
    return [_Old(*row) for row in tx.conn.execute(asked)]


def _move(tx: Transaction, old: _Old, to: Sealed) -> bool:
    moved = (
        update(file)
        .where(file.c.id == old.id, file.c.stored_as == old.stored_as, file.c.deleted_at.is_(None))
        .values(stored_as=to.stored_as, key_id=to.key_id)
    )
    return tx.conn.execute(moved).rowcount == 1
