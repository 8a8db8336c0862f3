"""The errand of kind "export": gather, write down, seal, store; all of it or nothing.

Two at once in one process, so that many parents do not need all of its memory.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import structlog

from bot.conversation.errand import ErrandFailed
from bot.exports import pages
from bot.exports.archive import Part, part_bytes
from bot.exports.data import data_of
from bot.exports.files import DATA, INDEX, README, OwnFile, files_of
from bot.exports.gathering import Everything, gather
from bot.exports.plain import in_json
from bot.exports.readme import readme
from bot.exports.talk import write_talk
from bot.texts import Texts, texts_in
from bot.uploads.kept_files import KeptFiles
from storage import exports
from storage.database import Database
from storage.errors import StorageError
from storage.file_rows import NewFile
from storage.files import FileGone
from storage.ids import new_id
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction
from storage.vault import VaultError

EXPORT = "export"
ZIP = "application/zip"
_AT_ONCE = 2
log = structlog.get_logger("exports")


class ExportErrand:
    """The runner. What it answers: whose the export is, and until when it is there."""

    # An errand's lease is 30 seconds: after that another worker would begin the same.
    patience = timedelta(seconds=28)

    def __init__(self, database: Database, sealed: SealedFiles) -> None:
        self._database = database
        self._sealed = sealed
        self._files = KeptFiles(database, sealed)
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Make it, unless an earlier try has. Raises ErrandFailed."""
        parent_id, asked_at = request["parent"], datetime.fromisoformat(request["asked_at"])
        try:
            made = await self._database.read(partial(exports.newest, parent_id=parent_id, since=asked_at))
            if made is None:
                async with self._slots:
                    await self._make(parent_id, texts_in(request["language"]))
        except LookupError:
            # Erased meanwhile: nobody waits for it.
            raise ErrandFailed from None
        except StorageError as fault:
            log.warning("an export was not made", fault=type(fault).__name__)
            raise ErrandFailed from None
        return {"parent": parent_id}

    async def _make(self, parent_id: int, t: Texts) -> None:
        everything = await gather(self._database, parent_id)
        stored: list[NewFile] = []
        try:
            await self._store_parts(t, everything, stored)
        except BaseException:
            # Cancelled, too: nothing half-made is left behind.
            await asyncio.shield(self._take_back(stored))
            raise
        # Broken off in here, it may be written or not: what is not is tidied up like any stray blob.
        if not await self._database.write(partial(_write, parent_id=parent_id, files=stored)):
            await self._take_back(stored)
            raise LookupError(parent_id)

    async def _store_parts(self, t: Texts, everything: Everything, stored: list[NewFile]) -> None:
        own = files_of(everything)
        limit = part_bytes(sum(each.file.size for each in own))
        part = Part(everything.made_at)
        try:
            await self._describe(part, t, everything)
            for each in own:
                if part.size + each.file.size > limit:
                    await self._store(part, stored)
                    part = Part(everything.made_at)
                await self._pack(part, t, each)
            await self._store(part, stored)
        finally:
            part.dropped()

    async def _describe(self, part: Part, t: Texts, everything: Everything) -> None:
        """What is told of everything, for people and for programs."""
        await part.add(README, readme(t, everything.made_at).encode())
        await part.add(INDEX, (await asyncio.to_thread(pages.index, t, everything)).encode())
        await part.add(DATA, await asyncio.to_thread(_json, t, everything))
        await write_talk(part, self._database, t, everything)

    async def _pack(self, part: Part, t: Texts, each: OwnFile) -> None:
        try:
            content = await self._files.content(each.file)
        except (FileGone, VaultError) as fault:
            log.error("a file of an export can't be read", fault=type(fault).__name__, file=each.file.id)
            missing = t("This file could not be read. Please tell the operator.")
            await part.add(f"{each.path}.txt", missing.encode())
        else:
            await part.add(each.path, content, packed=False)

    async def _store(self, part: Part, stored: list[NewFile]) -> None:
        content = await asyncio.to_thread(part.finished)
        # Their order is told by their ids.
        file_id = new_id() if not stored else stored[-1].id + 1
        sealed = await self._sealed.put(file_id, content)
        digest = await asyncio.to_thread(_digest, content)
        stored.append(
            NewFile(file_id, EXPORT, "", ZIP, len(content), digest, sealed.stored_as, sealed.key_id)
        )

    async def _take_back(self, stored: Sequence[NewFile]) -> None:
        for each in stored:
            try:
                await self._sealed.delete(each.stored_as)
            except StorageError as fault:
                log.warning("a part of an export is left behind", fault=type(fault).__name__)


def _write(tx: Transaction, parent_id: int, files: Sequence[NewFile]) -> bool:
    return exports.add(tx, parent_id, files) is not None


def _json(t: Texts, everything: Everything) -> bytes:
    return in_json(data_of(t, everything))


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()
