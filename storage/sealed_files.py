"""Files and the spool: sealed on the way into the file store, opened on the way out.

A file's blob is called `files/ab/<id>-<key id>`: the same file sealed with the same key has the same
name, so that whatever is done twice leaves one blob. What a person's own name for a file is stands
sealed in the database, never here.
"""

import asyncio
import re
from dataclasses import dataclass

from storage.files import FileGone, FileStore
from storage.ids import new_id
from storage.vault import Vault, VaultError

FILES = "files"
SPOOL = "spool"
"""The two folders: what is kept, and what was brought and not yet looked at."""

_SPOOLED = re.compile(rf"{SPOOL}/([0-9a-f]{{16}})")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a file lies and which key opens it."""

    stored_as: str
    key_id: str


class SealedFiles:
    """The file store behind the vault. Every method raises FilesUnavailable."""

    def __init__(self, store: FileStore, vault: Vault) -> None:
        self.store = store
        self.vault = vault

    async def put(self, file_id: int, content: bytes) -> Sealed:
        """Keep a file's content, sealed with the newest key; where it lies."""
        key_id = self.vault.newest_key_id
        name = _blob_name(file_id, key_id)
        sealed = await asyncio.to_thread(self.vault.seal_bytes, "file", file_id, "content", content)
        await self.store.put(name, sealed)
        return Sealed(name, key_id)

    async def get(self, file_id: int, stored_as: str) -> bytes:
        """A file's content. Raises FileGone, KeyUnknown, SealBroken."""
        sealed = await self.store.get(stored_as)
        return await asyncio.to_thread(self.vault.open_bytes, "file", file_id, "content", sealed)

    async def delete(self, stored_as: str) -> None:
        """Forget a blob, of a file or of the spool."""
        await self.store.delete(stored_as)

    async def spool(self, content: bytes) -> str:
        """Put down what was brought until it is looked at; its name."""
        spool_id = new_id()
        sealed = await asyncio.to_thread(self.vault.seal_bytes, "spool", spool_id, "content", content)
        name = f"{SPOOL}/{spool_id:016x}"
        await self.store.put(name, sealed)
        return name

    async def from_spool(self, name: str) -> bytes:
        """What was brought. Raises FileGone for what is not there, is no name of ours or can't be opened."""
        named = _SPOOLED.fullmatch(name)
        if named is None:
            raise FileGone(name)
        sealed = await self.store.get(name)
        try:
            return await asyncio.to_thread(
                self.vault.open_bytes, "spool", int(named[1], 16), "content", sealed
            )
        except VaultError:
            raise FileGone(name) from None


def _blob_name(file_id: int, key_id: str) -> str:
    name = f"{file_id:016x}"
    return f"{FILES}/{name[:2]}/{name}-{key_id}"
