"""An erasure and the files: the photo, documents, exports, and those of forms that were never sent."""

from functools import partial
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select, update

from bot.exports.errand import ExportErrand
from bot.tidying import tidy_up_files
from storage import documents, exports, file_rows, guardians, profiles
from storage.database import Database
from storage.erasing import erase
from storage.file_rows import NewFile
from storage.files import FileStore
from storage.ids import new_id
from storage.sealed_files import FILES, SealedFiles
from storage.tables import conversation, file
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.erased_family import Family
from tests.integration.rows import add_parent
from tests.integration.test_export_errand import request, sends


@pytest.fixture
def files(database: Database, tmp_path: Path) -> SealedFiles:
    """A store in a folder."""
    return SealedFiles(FileStore((tmp_path / "files").as_uri()), database.vault)


@pytest.fixture
async def family(database: Database) -> Family:
    """A parent with a child in a queue."""
    return await database.write(Family)


async def kept_loose(database: Database, files: SealedFiles) -> int:
    """A file to which nothing refers yet; its id."""
    file_id = new_id()
    sealed = await files.put(file_id, b"a picture")
    where = (sealed.stored_as, sealed.key_id)
    new = NewFile(file_id, "document", "Сәкен.jpg", "image/jpeg", 9, b"1", *where)
    await database.write(lambda tx: file_rows.add(tx, new))
    return file_id


async def found(database: Database) -> set[int]:
    """The files that can be found."""
    there = select(file.c.id).where(file.c.deleted_at.is_(None))
    return set(await database.read(lambda tx: tx.conn.execute(there).scalars().all()))


async def test_photo_documents_and_exports_go_with_their_blobs_and_names(
    database: Database, files: SealedFiles, family: Family, clock: SetClock
) -> None:
    photo = await kept_loose(database, files)
    await database.write(lambda tx: profiles.set_photo(tx, family.parent, photo))
    await sends(database, files, family, b"%PDF")
    await ExportErrand(database, files).run(request(family, clock))
    assert len(await found(database)) == 3

    await database.write(lambda tx: erase(tx, family.parent))
    assert await found(database) == set()
    await tidy_up_files(database, files)

    assert [blob async for blob in files.store.blobs(FILES)] == []
    told = select(file.c.name, file.c.sha256)
    assert set(await database.read(lambda tx: tx.conn.execute(told).all())) <= {(None, b"")}
    assert await database.read(lambda tx: exports.newest(tx, family.parent)) is None


@pytest.mark.parametrize("aside", [False, True])
async def test_the_pages_of_a_form_that_was_never_sent_go(
    database: Database, files: SealedFiles, family: Family, aside: bool
) -> None:
    page = await kept_loose(database, files)
    form = {"form": "apply", "question": "docs", "draft": {"pages": [page], "n": 7, "yes": True}}
    session = {"form": None, "aside": [form]} if aside else {"form": form}
    await database.write(partial(remembers, family=family, session=session))

    await database.write(lambda tx: erase(tx, family.parent))

    assert await found(database) == set()


async def test_a_document_that_was_sent_stays_where_another_parent_shares_the_application(
    database: Database, files: SealedFiles, family: Family
) -> None:
    sent = await sends(database, files, family, b"%PDF")
    await database.write(partial(remembers, family=family, session={"form": {"draft": {"docs": [sent.id]}}}))
    other = await database.write(add_parent)
    await database.write(lambda tx: guardians.join(tx, other, family.child, "agreed", tx.now))

    await database.write(lambda tx: erase(tx, family.parent))

    assert await found(database) == {sent.id}
    [document] = await database.read(lambda tx: documents.of_application(tx, family.application_id))
    assert document.file_id == sent.id


def remembers(tx: Transaction, family: Family, session: object) -> None:
    """The conversation has a form in progress."""
    raw = tx.vault.seal_bytes("conversation", family.conversation, "session", orjson.dumps(session))
    mine = update(conversation).where(conversation.c.id == family.conversation)
    tx.conn.execute(mine.values(session=raw))
