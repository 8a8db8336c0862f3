"""The file store: one contract, kept by a folder and by S3."""

import secrets
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import real_now
from storage.file_place import FilesUrlInvalid
from storage.files import FileGone, FileStore, FilesUnavailable
from tests.processes import free_port
from tests.s3_server import BUCKET, S3Server, only_these, s3_server

CONTENT = secrets.token_bytes(1000)


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """A server of S3."""
    with s3_server() as server:
        yield server


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileStore]:
    """An empty store of each kind."""
    if request.param == "folder":
        yield FileStore((tmp_path / "Мои files").as_uri())
        return
    server: S3Server = request.getfixturevalue("s3")
    with only_these(server.environment):
        yield FileStore(f"s3://{BUCKET}/of-{tmp_path.name}/{secrets.token_hex(4)}")


@pytest.fixture(params=["folder", "s3", "bucket"])
def down(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileStore]:
    """A store that can't be used: the folder is none, the server is off, the bucket was never made."""
    if request.param == "folder":
        (tmp_path / "files").write_text("no folder")
        yield FileStore((tmp_path / "files").as_uri())
        return
    if request.param == "bucket":
        server: S3Server = request.getfixturevalue("s3")
        with only_these(server.environment):
            yield FileStore("s3://nobody-made-it")
        return
    with only_these(S3Server(f"http://127.0.0.1:{free_port()}").environment):
        yield FileStore("s3://kezek")


async def names(store: FileStore, folder: str) -> list[str]:
    return sorted([blob.name async for blob in store.blobs(folder)])


async def test_what_is_put_is_there(store: FileStore) -> None:
    await store.put("files/ab/one", CONTENT)

    assert await store.get("files/ab/one") == CONTENT


async def test_what_is_put_again_takes_the_place_of_the_former(store: FileStore) -> None:
    await store.put("files/ab/one", CONTENT)

    await store.put("files/ab/one", b"other")

    assert await store.get("files/ab/one") == b"other"
    assert await names(store, "files") == ["files/ab/one"]


async def test_ten_megabytes_come_back_whole(store: FileStore) -> None:
    large = secrets.token_bytes(1024) * 10 * 1024

    await store.put("files/ab/large", large)

    assert await store.get("files/ab/large") == large


async def test_what_was_never_put_is_gone(store: FileStore) -> None:
    await store.put("files/ab/one", CONTENT)

    with pytest.raises(FileGone) as gone:
        await store.get("files/ab/other")

    assert gone.value.name == "files/ab/other"


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: FileStore) -> None:
    await store.put("files/ab/one", CONTENT)

    await store.delete("files/ab/one")
    await store.delete("files/ab/one")

    with pytest.raises(FileGone):
        await store.get("files/ab/one")
    assert await names(store, "files") == []


async def test_a_list_has_what_is_in_its_folder_and_nothing_else(store: FileStore) -> None:
    for name in ("files/ab/one", "files/cd/two", "spool/three"):
        await store.put(name, CONTENT)

    assert await names(store, "files") == ["files/ab/one", "files/cd/two"]
    assert await names(store, "spool") == ["spool/three"]
    assert await names(store, "nothing") == []


async def test_a_list_tells_size_and_age(store: FileStore) -> None:
    await store.put("files/ab/one", CONTENT)

    (blob,) = [blob async for blob in store.blobs("files")]

    assert blob.size == len(CONTENT)
    # S3 tells whole seconds, rounded down.
    assert abs(real_now() - blob.written_at) < timedelta(seconds=30)


async def test_a_list_of_more_than_one_page_is_whole(store: FileStore) -> None:
    expected = [f"spool/{number:03}" for number in range(120)]
    for name in expected:
        await store.put(name, b"x")

    assert await names(store, "spool") == expected


async def test_a_probe_leaves_nothing_behind(store: FileStore) -> None:
    await store.probe()

    assert await names(store, "spool") == []


async def test_a_store_that_is_down_says_so_whatever_is_asked_of_it(down: FileStore) -> None:
    async def listed() -> list[str]:
        return await names(down, "files")

    asked = (
        lambda: down.put("files/ab/one", CONTENT),
        lambda: down.get("files/ab/one"),
        lambda: down.delete("files/ab/one"),
        listed,
        down.probe,
    )

    for ask in asked:
        with pytest.raises(FilesUnavailable) as refused:
            await ask()
        assert "kezek" not in refused.value.reason


async def test_a_store_that_comes_back_works_again(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.write_text("no folder")
    store = FileStore(folder.as_uri())
    with pytest.raises(FilesUnavailable):
        await store.put("files/ab/one", CONTENT)

    folder.unlink()
    await store.put("files/ab/one", CONTENT)

    assert await store.get("files/ab/one") == CONTENT


async def test_a_folder_that_is_emptied_by_hand_takes_new_files(tmp_path: Path) -> None:
    store = FileStore((tmp_path / "files").as_uri())
    await store.put("files/ab/one", CONTENT)
    shutil.rmtree(tmp_path / "files")

    await store.put("files/ab/one", b"again")

    assert await store.get("files/ab/one") == b"again"


async def test_nothing_is_made_before_the_store_is_used(tmp_path: Path) -> None:
    FileStore((tmp_path / "files").as_uri())

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["", "files", "file://", "file:///", "file://host/files", "s3://", "gs://x"])
def test_an_address_of_nothing_we_know_is_refused(url: str) -> None:
    with pytest.raises(FilesUrlInvalid):
        FileStore(url)
