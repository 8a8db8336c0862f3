"""Making an export: its parts, what is missing in the store, a full disk, an erased parent, another try."""

from datetime import timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import orjson
import pytest

from bot.conversation.errand import ErrandFailed
from bot.exports import archive
from bot.exports.archive import MOST_PARTS, PART_BYTES, part_bytes
from bot.exports.errand import ExportErrand
from bot.exports.gathering import gather
from storage import documents, exports, file_rows
from storage.database import Database
from storage.erasing import erase
from storage.errors import StorageFull
from storage.file_rows import NewFile
from storage.files import FileStore
from storage.ids import new_id
from storage.kept import said
from storage.sealed_files import FILES, SealedFiles
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.erased_family import Family

KB = 1024


@pytest.fixture
def files(database: Database, tmp_path: Path) -> SealedFiles:
    """A store in a folder."""
    return SealedFiles(FileStore((tmp_path / "files").as_uri()), database.vault)


@pytest.fixture
async def family(database: Database) -> Family:
    """A parent with a child in a queue."""
    return await database.write(Family)


async def sends(database: Database, files: SealedFiles, family: Family, content: bytes) -> NewFile:
    """A document is sent for the application."""
    file_id = new_id()
    sealed = await files.put(file_id, content)
    digest = sha256(content).digest()
    new = NewFile(
        file_id,
        "document",
        "Сәкен.pdf",
        "application/pdf",
        len(content),
        digest,
        sealed.stored_as,
        sealed.key_id,
    )

    def write(tx: Transaction) -> None:
        file_rows.add(tx, new)
        assert documents.attach_to_application(tx, family.application_id, file_id, "large_family")

    await database.write(write)
    return new


def request(family: Family, clock: SetClock) -> dict[str, Any]:
    """What the flow asks for; a moment before it is made."""
    asked_at = (clock.at - timedelta(seconds=1)).isoformat()
    return {"parent": family.parent, "language": "en", "asked_at": asked_at}


async def opened(database: Database, files: SealedFiles, family: Family) -> list[ZipFile]:
    """The parts of the newest export."""
    there = await database.read(lambda tx: exports.newest(tx, family.parent))
    assert there is not None
    parts = []
    for file_id in there.files:
        found = await database.read(partial(file_rows.find, file_id=file_id))
        assert found is not None
        parts.append(ZipFile(BytesIO(await files.get(file_id, found.stored_as))))
    return parts


async def blobs(files: SealedFiles) -> int:
    """How much lies in the store."""
    return len([blob async for blob in files.store.blobs(FILES)])


async def test_documents_are_there_as_they_were_sent_and_not_packed_twice(
    database: Database, files: SealedFiles, family: Family, clock: SetClock
) -> None:
    for number in range(3):
        await sends(database, files, family, b"%PDF" + bytes([number]) * KB)

    await ExportErrand(database, files).run(request(family, clock))
    [part] = await opened(database, files, family)

    folder = f"documents/{family.number}"
    paths = [f"{folder}/large_family-{number}.pdf" for number in (1, 2, 3)]
    assert {part.read(path) for path in paths} == {b"%PDF" + bytes([number]) * KB for number in range(3)}
    assert {part.getinfo(path).compress_type for path in paths} == {ZIP_STORED}
    data = orjson.loads(part.read("data.json"))
    assert [each["file"] for each in data["applications"][0]["documents"]] == paths
    assert all(f'href="{path}"' in part.read("index.html").decode() for path in paths)


async def test_a_large_export_comes_in_parts_of_which_each_opens_by_itself(
    database: Database, files: SealedFiles, family: Family, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {bytes([number]) * 60 * KB for number in range(5)}
    for content in sent:
        await sends(database, files, family, content)
    monkeypatch.setattr(archive, "PART_BYTES", 100 * KB)

    await ExportErrand(database, files).run(request(family, clock))
    parts = await opened(database, files, family)

    assert [part.testzip() for part in parts] == [None] * len(parts)
    assert 3 <= len(parts) <= MOST_PARTS
    assert {part.read(name) for part in parts for name in part.namelist() if name[:9] == "documents"} == sent
    assert "index.html" in parts[0].namelist()


@pytest.mark.parametrize("megabytes", [0, 24, 100, 144, 145, 1000, 20_000])
def test_there_are_never_more_parts_than_buttons(megabytes: int) -> None:
    total = megabytes * KB * KB

    limit = part_bytes(total)

    assert limit >= PART_BYTES
    assert -(-total // limit) < MOST_PARTS


async def test_a_document_that_is_gone_is_said_to_be_missing(
    database: Database, files: SealedFiles, family: Family, clock: SetClock
) -> None:
    lost = await sends(database, files, family, b"%PDF lost")
    await files.delete(lost.stored_as)

    await ExportErrand(database, files).run(request(family, clock))
    [part] = await opened(database, files, family)

    path = f"documents/{family.number}/large_family-1.pdf"
    assert path not in part.namelist()
    assert part.read(f"{path}.txt") == b"This file could not be read. Please tell the operator."


async def test_a_long_conversation_is_written_whole(
    database: Database, files: SealedFiles, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = await database.write(partial(Family, said=said.CHUNK + 7))

    await ExportErrand(database, files).run(request(family, clock))
    [part] = await opened(database, files, family)

    messages = orjson.loads(part.read("conversation.json"))["messages"]
    own = [each["text"] for each in messages if each["direction"] == "in"]
    assert own == [f"сәлем {number}" for number in range(said.CHUNK + 7)]
    assert part.read("conversation.html").decode().count("сәлем") == said.CHUNK + 7


async def test_what_an_earlier_try_has_made_is_made_once(
    database: Database, files: SealedFiles, family: Family, clock: SetClock
) -> None:
    runner = ExportErrand(database, files)
    await runner.run(request(family, clock))

    await runner.run(request(family, clock))

    assert await blobs(files) == 1


async def test_on_a_full_disk_nothing_is_written_down(
    database: Database, files: SealedFiles, family: Family, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr(database, "write", full)
        with pytest.raises(ErrandFailed):
            await ExportErrand(database, files).run(request(family, clock))

    assert await database.read(lambda tx: exports.newest(tx, family.parent)) is None


async def test_a_fault_in_the_second_part_takes_the_first_away(
    database: Database, files: SealedFiles, family: Family, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await sends(database, files, family, bytes([number]) * 90 * KB)
    monkeypatch.setattr(archive, "PART_BYTES", 100 * KB)
    before, put, calls = await blobs(files), files.put, []

    async def once(file_id: int, content: bytes) -> object:
        calls.append(file_id)
        if len(calls) > 1:
            raise StorageFull
        return await put(file_id, content)

    with monkeypatch.context() as patch:
        patch.setattr(files, "put", once)
        with pytest.raises(ErrandFailed):
            await ExportErrand(database, files).run(request(family, clock))

    assert len(calls) == 2
    assert await blobs(files) == before


async def test_of_a_parent_erased_meanwhile_nothing_is_left(
    database: Database, files: SealedFiles, family: Family, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def erased_after_reading(database: Database, parent_id: int) -> object:
        everything = await gather(database, parent_id)
        await database.write(lambda tx: erase(tx, parent_id))
        return everything

    monkeypatch.setattr("bot.exports.errand.gather", erased_after_reading)
    with pytest.raises(ErrandFailed):
        await ExportErrand(database, files).run(request(family, clock))

    assert await blobs(files) == 0
