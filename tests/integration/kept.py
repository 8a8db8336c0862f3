"""Files that are kept: rows in a database, blobs in a folder."""

from pathlib import Path

from storage import file_rows
from storage.database import Database
from storage.file_rows import NewFile
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.vault import Vault

CONTENT = b"a page of an identity document" * 100


def files_in(folder: Path, vault: Vault) -> SealedFiles:
    """The file store in a folder."""
    return SealedFiles(FileStore((folder / "files").as_uri()), vault)


async def keep(database: Database, files: SealedFiles, file_id: int, kind: str = "document") -> str:
    """A file that somebody sent; the name of its blob."""
    sealed = await files.put(file_id, CONTENT)
    new = NewFile(
        id=file_id,
        kind=kind,
        name="Айгүл.pdf",
        content_type="application/pdf",
        size=len(CONTENT),
        sha256=b"\1" * 32,
        stored_as=sealed.stored_as,
        key_id=sealed.key_id,
    )
    await database.write(lambda tx: file_rows.add(tx, new))
    return sealed.stored_as


async def blobs(files: SealedFiles) -> set[str]:
    """The names of everything in the store."""
    return {blob.name for folder in ("files", "spool") async for blob in files.store.blobs(folder)}
