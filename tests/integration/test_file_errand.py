"""The errand that fetches a file, looks at it and keeps it; and its answer, written down."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.errand import ErrandFailed
from bot.uploads.errand import Fetcher, FileErrand, SpoolFetcher
from bot.uploads.look import look
from bot.uploads.request import write_down
from bot.uploads.sandbox import Sandbox
from bot.uploads.verdict import Unfit
from storage import file_rows
from storage.database import Database
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.vault import Vault
from tests.fakes.fetcher import RememberedFiles
from tests.fakes.pictures import a_dark_page, a_page, a_pdf

FILE_ID = 0x0ABC


@pytest.fixture
def channel() -> RememberedFiles:
    return RememberedFiles()


@pytest.fixture
def files(tmp_path: Path, vault: Vault) -> SealedFiles:
    """Files in a folder."""
    return SealedFiles(FileStore((tmp_path / "files").as_uri()), vault)


@pytest.fixture
def errand(channel: RememberedFiles, files: SealedFiles) -> FileErrand:
    fetchers: dict[str, Fetcher] = {"telegram": channel, "webchat": SpoolFetcher(files)}
    return FileErrand(fetchers, Sandbox(), files)


def request(ref: str, **changed: Any) -> dict[str, Any]:
    """What a turn asks for."""
    usual = {"channel": "telegram", "ref": ref, "file_id": FILE_ID, "name": "бет.jpg", "kind": "photo"}
    return {**usual, "purpose": "document", **changed}


async def kept(files: SealedFiles) -> list[str]:
    """What lies in the store."""
    return sorted([blob.name async for blob in files.store.blobs("files")])


async def test_a_file_is_fetched_drawn_anew_and_kept_sealed(
    channel: RememberedFiles, files: SealedFiles, errand: FileErrand
) -> None:
    drawn = look(a_page(), "бет.jpg", "document")

    answer = await errand.run(request(channel.send(a_page())))

    assert answer == {
        "file_id": FILE_ID,
        "name": "бет.jpg",
        "file": {
            "stored_as": "files/00/0000000000000abc-1",
            "key_id": "1",
            "content_type": "image/jpeg",
            "size": len(drawn.content),
            "sha256": sha256(drawn.content).hexdigest(),
            "pages": 1,
        },
    }
    assert await files.get(FILE_ID, "files/00/0000000000000abc-1") == drawn.content


async def test_what_is_wrong_with_a_file_is_the_answer_and_nothing_is_kept(
    channel: RememberedFiles, files: SealedFiles, errand: FileErrand
) -> None:
    answer = await errand.run(request(channel.send(a_dark_page())))

    assert answer == {"file_id": FILE_ID, "name": "бет.jpg", "fault": "too_dark"}
    assert await kept(files) == []


async def test_a_purpose_is_told_to_the_look(channel: RememberedFiles, errand: FileErrand) -> None:
    answer = await errand.run(request(channel.send(a_pdf()), name="", purpose="portrait"))

    assert answer["fault"] == "wrong_kind"


async def test_a_file_the_channel_has_no_more_is_gone(errand: FileErrand) -> None:
    assert (await errand.run(request("file-of-nobody")))["fault"] == "gone"


async def test_an_errand_that_is_run_twice_leaves_one_file(
    channel: RememberedFiles, files: SealedFiles, errand: FileErrand
) -> None:
    asked = request(channel.send(a_page()))

    answers = [await errand.run(asked) for _ in range(2)]

    assert answers[0] == answers[1]
    assert await kept(files) == [answers[0]["file"]["stored_as"]]


async def test_a_channel_that_is_down_is_asked_again(channel: RememberedFiles, errand: FileErrand) -> None:
    channel.down = True

    with pytest.raises(ErrandFailed):
        await errand.run(request(channel.send(a_page())))


async def test_a_channel_that_nobody_fetches_from_here_is_asked_again(errand: FileErrand) -> None:
    with pytest.raises(ErrandFailed):
        await errand.run(request("x", channel="whatsapp"))


async def test_a_store_that_is_down_is_asked_again(
    channel: RememberedFiles, errand: FileErrand, tmp_path: Path
) -> None:
    (tmp_path / "files").write_text("no folder")
    asked = request(channel.send(a_page()))

    with pytest.raises(ErrandFailed):
        await errand.run(asked)
    (tmp_path / "files").unlink()

    assert "file" in await errand.run(asked)


async def test_what_the_web_chat_brought_is_taken_from_the_spool(
    files: SealedFiles, errand: FileErrand
) -> None:
    spooled = await files.spool(a_page())

    assert "file" in await errand.run(request(spooled, channel="webchat"))
    await files.delete(spooled)
    assert (await errand.run(request(spooled, channel="webchat")))["fault"] == "gone"


async def test_a_spool_that_is_down_is_asked_again(
    files: SealedFiles, errand: FileErrand, tmp_path: Path
) -> None:
    (tmp_path / "files").write_text("no folder")

    with pytest.raises(ErrandFailed):
        await errand.run(request("spool/0000000000000abc", channel="webchat"))


async def test_an_answer_is_written_down_as_a_file(
    database: Database, channel: RememberedFiles, errand: FileErrand
) -> None:
    answer = await errand.run(request(channel.send(a_pdf(2)), name="Анықтама.pdf"))

    file_id = await database.write(lambda tx: write_down(tx, answer, "document"))

    found = await database.read(lambda tx: file_rows.find(tx, file_id))
    assert found is not None
    assert (found.id, found.kind, found.name, found.content_type, found.stored_as) == (
        FILE_ID,
        "document",
        "Анықтама.pdf",
        "application/pdf",
        answer["file"]["stored_as"],
    )


@pytest.mark.parametrize(("fault", "told"), [("too_dark", "too_dark"), ("of another version", "broken")])
async def test_a_fault_is_not_written_down(database: Database, fault: str, told: str) -> None:
    with pytest.raises(Unfit) as unfit:
        await database.write(lambda tx: write_down(tx, {"file_id": 1, "name": "", "fault": fault}, "x"))

    assert unfit.value.fault == told
    assert await database.read(lambda tx: file_rows.find(tx, 1)) is None
