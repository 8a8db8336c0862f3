"""Files and documents in the database."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from storage import documents, file_rows
from storage.database import Database
from storage.file_rows import NewFile, StoredFile
from storage.tables import file
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.rows import add_application, add_child, add_parent, add_queue, add_territory

PAPER = NewFile(
    id=7_000_000_000_000_000_007,
    kind="document",
    name="Анықтама Айгүл.pdf",
    content_type="application/pdf",
    size=1234,
    sha256=b"\1" * 32,
    stored_as="files/61/6124fee993bc0007-1",
    key_id="1",
)


def application(tx: Transaction) -> int:
    town = add_territory(tx)
    return add_application(tx, add_child(tx), add_parent(tx), add_queue(tx, town), town)


def paper(number: int) -> NewFile:
    """Another file, with nothing in it that a test would look at."""
    return NewFile(number, "document", "", "image/jpeg", number, b"\2" * 32, f"files/00/{number}", "1")


async def test_a_file_is_found_as_it_was_written_down(database: Database) -> None:
    await database.write(lambda tx: file_rows.add(tx, PAPER))

    found = await database.read(lambda tx: file_rows.find(tx, PAPER.id))

    assert found == StoredFile(
        id=PAPER.id,
        kind="document",
        name="Анықтама Айгүл.pdf",
        content_type="application/pdf",
        size=1234,
        stored_as="files/61/6124fee993bc0007-1",
        key_id="1",
        created_at=START,
    )


async def test_the_name_somebody_gave_a_file_is_sealed(database: Database) -> None:
    await database.write(lambda tx: file_rows.add(tx, PAPER))

    sealed = await database.read(lambda tx: tx.conn.execute(select(file.c.name)).scalar_one())

    assert "Айгүл".encode() not in sealed


async def test_a_file_without_a_name_has_none(database: Database) -> None:
    await database.write(lambda tx: file_rows.add(tx, paper(1)))

    found = await database.read(lambda tx: file_rows.find(tx, 1))

    assert found is not None
    assert found.name == ""


async def test_nothing_is_found_under_a_number_of_nobody(database: Database) -> None:
    assert await database.read(lambda tx: file_rows.find(tx, 1)) is None


async def test_a_deleted_file_is_not_found_and_is_deleted_once(database: Database) -> None:
    await database.write(lambda tx: file_rows.add(tx, PAPER))

    deleted = [await database.write(lambda tx: file_rows.mark_deleted(tx, PAPER.id)) for _ in range(2)]

    assert deleted == [True, False]
    assert await database.read(lambda tx: file_rows.find(tx, PAPER.id)) is None


async def test_documents_of_an_application_come_in_their_order(database: Database, clock: SetClock) -> None:
    number = await database.write(application)

    def attach(tx: Transaction, file_id: int) -> None:
        file_rows.add(tx, paper(file_id))
        documents.attach_to_application(tx, number, file_id, "soldiers")

    for each in (3, 1, 2):
        clock.advance(timedelta(seconds=1))
        await database.write(partial(attach, file_id=each))

    found = await database.read(lambda tx: documents.of_application(tx, number))

    assert [each.file_id for each in found] == [3, 1, 2]
    assert {(each.kind, each.state, each.content_type, each.decided_at) for each in found} == {
        ("soldiers", "received", "image/jpeg", None)
    }
    assert await database.read(lambda tx: documents.of_extension(tx, number)) == []


async def test_a_document_is_not_shown_once_its_file_is_deleted(database: Database) -> None:
    number = await database.write(application)
    await database.write(lambda tx: file_rows.add(tx, paper(1)))
    await database.write(lambda tx: documents.attach_to_application(tx, number, 1, "soldiers"))

    await database.write(lambda tx: file_rows.mark_deleted(tx, 1))

    assert await database.read(lambda tx: documents.of_application(tx, number)) == []


@pytest.mark.parametrize("was_there", [True, False])
async def test_a_file_that_is_gone_is_not_attached(database: Database, was_there: bool) -> None:
    number = await database.write(application)
    if was_there:
        await database.write(lambda tx: file_rows.add(tx, paper(1)))
        await database.write(lambda tx: file_rows.mark_deleted(tx, 1))

    attached = await database.write(lambda tx: documents.attach_to_application(tx, number, 1, "soldiers"))

    assert attached is None


async def test_a_file_stands_for_one_thing_only(database: Database) -> None:
    number = await database.write(application)
    await database.write(lambda tx: file_rows.add(tx, paper(1)))
    await database.write(lambda tx: documents.attach_to_application(tx, number, 1, "soldiers"))

    with pytest.raises(IntegrityError):
        await database.write(lambda tx: documents.attach_to_application(tx, number, 1, "couriers"))


async def test_the_largest_number_of_a_file_fits(database: Database) -> None:
    largest = 2**63 - 1

    await database.write(lambda tx: file_rows.add(tx, paper(largest)))

    assert await database.read(lambda tx: tx.conn.execute(text("SELECT id FROM file")).scalar()) == largest
