"""Files that nobody needs go; nothing that somebody needs ever does."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from structlog.testing import capture_logs

from bot.clock import real_now
from bot.tidying import tidy_up
from bot.uploads.kept_files import KeptFiles
from storage import conversations, documents, errands, file_rows, file_tidying, unneeded_files
from storage.database import Database
from storage.file_tidying import SPOOLED, STRAY, Tidied, tidy_files
from storage.files import FileStore, FilesUnavailable
from storage.sealed_files import SealedFiles
from storage.tables import export, file, parent
from storage.transaction import Transaction
from storage.unneeded_files import UNUSED
from tests.fakes.clock import SetClock
from tests.integration.kept import blobs, files_in, keep
from tests.integration.rows import add_application, add_child, add_parent, add_queue, add_territory

NOTHING = Tidied(unused=0, strays=0)
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def files(database: Database, tmp_path: Path) -> SealedFiles:
    """Files in a folder."""
    return files_in(tmp_path, database.vault)


def application(tx: Transaction) -> int:
    town = add_territory(tx)
    return add_application(tx, add_child(tx), add_parent(tx), add_queue(tx, town), town)


async def rows(database: Database) -> list[tuple[Any, ...]]:
    """Id, name and name of the blob of every file."""
    asked = select(file.c.id, file.c.name, file.c.stored_as).order_by(file.c.id)
    return await database.read(lambda tx: [tuple(row) for row in tx.conn.execute(asked)])


async def attach(database: Database, file_id: int) -> int | None:
    number = await database.write(application)
    return await database.write(lambda tx: documents.attach_to_application(tx, number, file_id, "couriers"))


async def test_a_file_nothing_refers_to_is_kept_thirty_days(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    blob = await keep(database, files, 1)
    clock.advance(UNUSED)

    before = await tidy_files(database, files, (), real_now())
    left = await blobs(files)
    clock.advance(A_SECOND)
    after = await tidy_files(database, files, (), real_now())

    assert (before, left) == (NOTHING, {blob})
    assert (after, await blobs(files), await rows(database)) == (Tidied(unused=1, strays=0), set(), [])


async def test_documents_and_portraits_are_kept_for_good(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    kept = {await keep(database, files, 1), await keep(database, files, 2)}
    await attach(database, 1)
    await database.write(lambda tx: add_parent(tx, photo_file_id=2))
    clock.advance(UNUSED * 100)

    assert await tidy_files(database, files, (), real_now() + STRAY * 100) == NOTHING
    assert await blobs(files) == kept


async def test_an_export_older_than_thirty_days_is_over_and_of_its_file_nothing_is_told_any_more(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    await keep(database, files, 1, "export")

    def exported(tx: Transaction) -> None:
        values = {"file_id": 1, "parent_id": add_parent(tx), "made_at": tx.now}
        tx.conn.execute(insert(export).values(values))

    await database.write(exported)
    clock.advance(UNUSED + A_SECOND)

    tidied = await tidy_files(database, files, (), real_now())

    assert tidied == Tidied(unused=1, strays=0)
    assert (await blobs(files), await rows(database)) == (set(), [(1, None, "gone/1")])


async def test_a_deleted_file_loses_its_blob_at_once_and_its_row_where_nothing_refers_to_it(
    database: Database, files: SealedFiles
) -> None:
    for file_id in (1, 2):
        await keep(database, files, file_id)
    await attach(database, 1)
    await database.write(lambda tx: [file_rows.mark_deleted(tx, each) for each in (1, 2)])

    tidied = await tidy_files(database, files, (), real_now())
    again = await tidy_files(database, files, (), real_now())

    assert (tidied, again) == (NOTHING, NOTHING)
    assert (await blobs(files), await rows(database)) == (set(), [(1, None, "gone/1")])


async def test_what_has_no_row_is_kept_two_days(database: Database, files: SealedFiles) -> None:
    known = await keep(database, files, 1)
    orphan = (await files.put(2, b"an answer that no turn took")).stored_as
    written = [blob.written_at async for blob in files.store.blobs("files")]

    young = await tidy_files(database, files, (), min(written) + STRAY)
    left = await blobs(files)
    old = await tidy_files(database, files, (), max(written) + STRAY + timedelta(microseconds=1))

    assert (young, left) == (NOTHING, {known, orphan})
    assert (old, await blobs(files)) == (Tidied(unused=0, strays=1), {known})


async def test_what_is_spooled_and_waited_for_by_no_errand_is_kept_an_hour(
    database: Database, files: SealedFiles
) -> None:
    awaited, other = await files.spool(b"what is looked at soon"), await files.spool(b"what was looked at")
    written = [blob.written_at async for blob in files.store.blobs("spool")]

    young = await tidy_files(database, files, {awaited}, min(written) + SPOOLED)
    left = await blobs(files)
    old = await tidy_files(database, files, {awaited}, max(written) + SPOOLED + timedelta(microseconds=1))

    assert (young, left) == (NOTHING, {awaited, other})
    assert (old, await blobs(files)) == (Tidied(unused=0, strays=1), {awaited})


async def test_an_errand_under_way_says_what_it_waits_for(database: Database, files: SealedFiles) -> None:
    def ask(tx: Transaction, kind: str, ref: str) -> int:
        conversation = conversations.enter(tx, "webchat", "1").conversation_id
        request, now = {"ref": ref}, tx.now
        return errands.create(
            tx, conversation, kind, request, step_token=0, at=now, due_at=now, gives_up_at=now
        )

    await database.write(lambda tx: ask(tx, "file", "spool/awaited"))
    await database.write(lambda tx: ask(tx, "register", "spool/of another kind"))
    done = await database.write(lambda tx: ask(tx, "file", "spool/done"))
    await database.write(lambda tx: errands.finish(tx, done))

    assert await KeptFiles(database, files).awaited() == {"spool/awaited"}


async def test_a_probe_that_was_broken_off_is_tidied_up_and_what_is_not_ours_is_left(
    database: Database, files: SealedFiles
) -> None:
    await files.store.put("spool/probe-0123456789abcdef", b"x")
    not_ours = {"files/readme.txt", "files/00/notes", "spool/kept.bak"}
    for name in not_ours:
        await files.store.put(name, b"x")

    tidied = await tidy_files(database, files, (), real_now() + STRAY * 2)

    assert (tidied, await blobs(files)) == (Tidied(unused=0, strays=1), not_ours)


async def test_more_than_a_chunk_is_all_tidied_up(
    database: Database, files: SealedFiles, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_tidying, "CHUNK", 2)
    for file_id in range(1, 6):
        await keep(database, files, file_id)
        await files.spool(b"x")
    clock.advance(UNUSED + A_SECOND)

    tidied = await tidy_files(database, files, (), real_now() + STRAY * 2)

    assert (tidied, await blobs(files)) == (Tidied(unused=5, strays=5), set())


async def test_a_tidying_that_was_broken_off_is_finished_the_next_time(
    database: Database, files: SealedFiles, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file_id in (1, 2):
        await keep(database, files, file_id)
    clock.advance(UNUSED + A_SECOND)
    deletes: list[str] = []
    delete = FileStore.delete

    async def breaks_at_the_second(store: FileStore, name: str) -> None:
        deletes.append(name)
        if len(deletes) == 2:
            raise FilesUnavailable("OSError")
        await delete(store, name)

    monkeypatch.setattr(FileStore, "delete", breaks_at_the_second)
    with pytest.raises(FilesUnavailable):
        await tidy_files(database, files, (), real_now())

    await tidy_files(database, files, (), real_now())

    assert (await blobs(files), await rows(database)) == (set(), [])


async def test_a_file_that_was_attached_after_it_was_looked_for_is_kept(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    await keep(database, files, 1)
    clock.advance(UNUSED + A_SECOND)
    found = await database.read(lambda tx: unneeded_files.unused(tx, 10))
    await attach(database, 1)

    marked = await database.write(lambda tx: unneeded_files.mark_unused(tx, found))

    assert (list(found), marked) == ([1], 0)


async def test_a_file_is_either_attached_or_tidied_up_when_both_happen_at_once(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    for file_id in range(1, 21):
        await keep(database, files, file_id)
    number = await database.write(application)
    clock.advance(UNUSED + A_SECOND)

    async def attaches(file_id: int) -> bool:
        attached = await database.write(
            lambda tx: documents.attach_to_application(tx, number, file_id, "couriers")
        )
        return attached is not None

    attached, *_ = await asyncio.gather(
        asyncio.gather(*(attaches(file_id) for file_id in range(1, 21))),
        tidy_files(database, files, (), real_now()),
        tidy_files(database, files, (), real_now()),
    )

    shown = await database.read(lambda tx: documents.of_application(tx, number))
    assert len(shown) == sum(attached)
    assert len(await blobs(files)) == sum(attached)


async def test_a_portrait_that_is_replaced_is_unused_from_then_on(
    database: Database, files: SealedFiles, clock: SetClock
) -> None:
    await keep(database, files, 1)
    await database.write(lambda tx: add_parent(tx, photo_file_id=1))
    clock.advance(UNUSED + A_SECOND)
    kept = await tidy_files(database, files, (), real_now())

    await database.write(lambda tx: tx.conn.execute(update(parent).values(photo_file_id=None)))

    assert kept == NOTHING
    assert await tidy_files(database, files, (), real_now()) == Tidied(unused=1, strays=0)


async def test_a_store_that_is_away_is_tidied_up_later(database: Database, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("no folder")
    files = files_in(tmp_path, database.vault)

    with capture_logs() as logged:
        await tidy_up(database, files)

    assert logged[0] == {
        "event": "tidied up later",
        "what": "files",
        "fault": "FilesUnavailable",
        "log_level": "warning",
    }
