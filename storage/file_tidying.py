"""Deleting files that nobody needs, so that a crash at any point leaves nothing that can't be mended.

A file goes in three steps, each of which may be done again: its row is marked, its blob is deleted, the
row goes. What the store has without a row is of an answer that no turn took, or of a rotation that was
broken off; what is in the spool without an errand was looked at, or nobody had asked for it.
"""

import re
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from storage import unneeded_files
from storage.database import Database
from storage.files import Blob
from storage.sealed_files import FILES, SPOOL, SealedFiles

STRAY = timedelta(days=2)
"""How old a blob without a row may get: by then no turn will tell of it any more."""

SPOOLED = timedelta(hours=1)
"""How old a blob in the spool may get for which no errand waits: nobody may fill the disk that way (ours)."""

CHUNK = 200
# Somebody may have put something else beside our files: that is left alone.
_OURS = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{16}-[a-z0-9]{1,16}|spool/(probe-)?[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many files went because nothing referred to them, how many blobs because no file had them."""

    unused: int
    strays: int


async def tidy_files(
    database: Database, files: SealedFiles, awaited: Collection[str], real_now: datetime
) -> Tidied:
    """Delete what nobody needs. Ages of blobs are told by the store's clock, a real one.

    `awaited` are the names in the spool for which an errand waits.
    Raises StorageError, FilesUnavailable: what is not done then is done the next time.
    """
    unused = await _mark_unused(database)
    await _delete_marked(database, files)
    strays = 0
    async for chunk in _old(files, FILES, real_now - STRAY):
        names = {blob.name for blob in chunk}
        names -= await database.read(partial(unneeded_files.known, names=names))
        strays += await _delete(files, names)
    async for chunk in _old(files, SPOOL, real_now - SPOOLED):
        strays += await _delete(files, {blob.name for blob in chunk}.difference(awaited))
    return Tidied(unused, strays)


async def _mark_unused(database: Database) -> int:
    """Looked for outside of the writer: that may take a while."""
    marked = 0
    while ids := await database.read(partial(unneeded_files.unused, limit=CHUNK)):
        some = await database.write(partial(unneeded_files.mark_unused, ids=ids))
        if not some:
            break
        marked += some
    return marked


async def _delete_marked(database: Database, files: SealedFiles) -> None:
    last = -1
    while some := await database.read(partial(unneeded_files.deleted, after_id=last, limit=CHUNK)):
        for each in some:
            await files.delete(each.stored_as)
        await database.write(partial(unneeded_files.forget, ids=[each.id for each in some]))
        last = some[-1].id


async def _delete(files: SealedFiles, names: Collection[str]) -> int:
    for name in names:
        await files.delete(name)
    return len(names)


async def _old(files: SealedFiles, folder: str, before: datetime) -> AsyncIterator[list[Blob]]:
    """Blobs of ours written before an instant, a few at a time."""
    chunk: list[Blob] = []
    async for blob in files.store.blobs(folder):
        if blob.written_at < before and _OURS.fullmatch(blob.name):
            chunk.append(blob)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
