"""Files as they are handed out: found in the database, opened out of the store."""

from dataclasses import dataclass
from functools import partial

from bot.uploads.request import FILE
from storage import errands, file_rows, house_pictures
from storage.database import Database
from storage.file_rows import StoredFile
from storage.files import FileGone
from storage.sealed_files import SealedFiles


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """The files of this service. Every method raises StorageError, FilesUnavailable."""

    database: Database
    sealed: SealedFiles

    async def find(self, file_id: int) -> StoredFile | None:
        """What is known of a file; None for one that never was or is deleted."""
        return await self.database.read(partial(file_rows.find, file_id=file_id))

    async def house_picture(self, file_id: int) -> StoredFile | None:
        """What is known of the picture of a kindergarten; None for any other file."""
        return await self.database.read(partial(house_pictures.find, file_id=file_id))

    async def awaited(self) -> frozenset[str]:
        """What the errands under way will fetch: names in the spool, and of the channels."""
        asked = await self.database.read(partial(errands.pending_requests, kind=FILE))
        return frozenset(str(each.get("ref")) for each in asked)

    async def content(self, file: StoredFile) -> bytes:
        """What is in it. Raises FileGone, VaultError."""
        try:
            return await self.sealed.get(file.id, file.stored_as)
        except FileGone:
            # Sealed anew with another key since it was found, and put elsewhere.
            found = await self.find(file.id)
            if found is None or found.stored_as == file.stored_as:
                raise
            return await self.sealed.get(found.id, found.stored_as)
