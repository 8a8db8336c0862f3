"""Sealing the contents of files anew, broken off at every point and gone on with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.clock import real_now
from bot.tidying import roll_in_new_key
from bot.uploads.kept_files import KeptFiles
from storage import file_rotation, file_rows
from storage.database import Database
from storage.file_rotation import Rotated, rotate_files
from storage.file_tidying import STRAY, tidy_files
from storage.files import FileStore, FilesUnavailable
from storage.keyring import Keyring
from storage.sealed_files import SealedFiles
from storage.vault import KeyUnknown, Vault
from tests.fakes.clock import SetClock
from tests.integration.kept import CONTENT, blobs, files_in, keep

OLD, NEW = "1:a secret for the tests", "2:a newer secret for the tests"
BOTH = f"{NEW},{OLD}"


@asynccontextmanager
async def opened(url: str, folder: Path, secret: str) -> AsyncIterator[tuple[Database, SealedFiles]]:
    """The same data with another ring of keys."""
    database = await Database.open(url, Vault(Keyring.from_secret(secret)), SetClock())
    try:
        yield database, files_in(folder, database.vault)
    finally:
        await database.close()


@pytest.fixture
async def ids(database: Database, tmp_path: Path) -> list[int]:
    """Three files, sealed with the old key."""
    files = files_in(tmp_path, database.vault)
    for file_id in (1, 2, 3):
        await keep(database, files, file_id)
    return [1, 2, 3]


async def contents(database: Database, files: SealedFiles, ids: list[int]) -> list[bytes]:
    """What is in the files, as it would be handed out."""
    kept = KeptFiles(database, files)
    found = [await kept.find(file_id) for file_id in ids]
    return [await kept.content(each) for each in found if each is not None]


async def test_after_the_rotation_the_new_key_alone_opens_every_file(
    database_url: str, tmp_path: Path, ids: list[int]
) -> None:
    async with opened(database_url, tmp_path, BOTH) as both:
        await roll_in_new_key(*both)
        again = await rotate_files(*both)

    async with opened(database_url, tmp_path, NEW) as (database, files):
        assert again == Rotated(done=0, left=0)
        assert await contents(database, files, ids) == [CONTENT] * 3
        assert {name.rpartition("-")[2] for name in await blobs(files)} == {"2"}
        assert len(await blobs(files)) == 3


async def test_before_the_rotation_both_keys_serve(database_url: str, tmp_path: Path, ids: list[int]) -> None:
    async with opened(database_url, tmp_path, BOTH) as (database, files):
        await keep(database, files, 4)

        assert await contents(database, files, [*ids, 4]) == [CONTENT] * 4


@pytest.mark.parametrize("fails_at", ["put", "write", "delete"])
async def test_a_rotation_that_breaks_off_loses_nothing_and_is_gone_on_with(
    database_url: str, tmp_path: Path, ids: list[int], monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    async def breaks(*_: object) -> None:
        raise FilesUnavailable("OSError")

    owner = Database if fails_at == "write" else FileStore
    async with opened(database_url, tmp_path, BOTH) as both:
        with monkeypatch.context() as broken:
            broken.setattr(owner, fails_at, breaks)
            with pytest.raises(FilesUnavailable):
                await rotate_files(*both)
        between = await contents(*both, ids)
        await roll_in_new_key(*both)
        await tidy_files(*both, (), real_now() + STRAY * 2)

    async with opened(database_url, tmp_path, NEW) as (database, files):
        assert between == [CONTENT] * 3
        assert await contents(database, files, ids) == [CONTENT] * 3
        assert len(await blobs(files)) == 3


async def test_two_rotations_at_once_lose_nothing(database_url: str, tmp_path: Path, ids: list[int]) -> None:
    async with opened(database_url, tmp_path, BOTH) as (database, files):
        read = FileStore.get

        async def another_is_quicker(store: FileStore, name: str) -> bytes:
            content = await read(store, name)
            monkeypatch.undo()
            await rotate_files(database, files)
            return content

        monkeypatch = pytest.MonkeyPatch()
        monkeypatch.setattr(FileStore, "get", another_is_quicker)
        await rotate_files(database, files)

        assert await contents(database, files, ids) == [CONTENT] * 3
        assert len(await blobs(files)) == 3


async def test_a_lost_or_damaged_file_does_not_keep_the_others_on_the_old_key(
    database_url: str, tmp_path: Path, ids: list[int]
) -> None:
    async with opened(database_url, tmp_path, BOTH) as (database, files):
        names = sorted(await blobs(files))
        await files.delete(names[0])
        await files.store.put(names[1], b"x" * 100)

        with capture_logs() as logged:
            await roll_in_new_key(database, files)

        assert await contents(database, files, [3]) == [CONTENT]
    assert [(line["log_level"], line.get("files")) for line in logged] == [("info", 1), ("error", 2)]


async def test_a_deleted_file_is_passed_over(database_url: str, tmp_path: Path, ids: list[int]) -> None:
    async with opened(database_url, tmp_path, BOTH) as (database, files):
        await database.write(lambda tx: file_rows.mark_deleted(tx, 1))

        assert await rotate_files(database, files) == Rotated(done=2, left=0)


async def test_more_files_than_a_chunk_are_all_done(
    database_url: str, tmp_path: Path, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_rotation, "CHUNK", 2)

    async with opened(database_url, tmp_path, BOTH) as both:
        assert await rotate_files(*both) == Rotated(done=3, left=0)


async def test_a_file_that_no_key_opens_stops_the_rotation(
    database_url: str, tmp_path: Path, ids: list[int]
) -> None:
    async with opened(database_url, tmp_path, NEW) as both:
        with pytest.raises(KeyUnknown) as refused:
            await rotate_files(*both)

    assert refused.value.key_id == "1"


async def test_a_store_that_is_down_is_noted_and_the_rotation_goes_on_later(
    database_url: str, tmp_path: Path, ids: list[int]
) -> None:
    async with opened(database_url, tmp_path, BOTH) as (database, _):
        (tmp_path / "down").mkdir()
        (tmp_path / "down" / "files").write_text("no folder")

        with capture_logs() as logged:
            await roll_in_new_key(database, files_in(tmp_path / "down", database.vault))

    assert [(line["event"], line["fault"]) for line in logged] == [
        ("rotation goes on at the next start", "FilesUnavailable")
    ]
