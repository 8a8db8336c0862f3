"""Prepared statements: values and rows by type, as through SQLAlchemy, and errors of the same kinds."""

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import Database
from storage.dialects import parameters
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import contact
from storage.transaction import Transaction
from tests.fakes.clock import START

ADD = Prepared(insert(contact).values(parameters(contact, "id", "channel", "address", "created_at")))
FIND = Prepared(
    select(contact.c.channel, contact.c.created_at, contact.c.consent_at).where(
        contact.c.address == bindparam("address")
    )
)
DATE = Prepared(
    update(contact)
    .where(contact.c.address == bindparam("of"))
    .values(consent_at=bindparam("consent_at", type_=contact.c.consent_at.type), channel="webchat")
)


def add(tx: Transaction, *addresses: str) -> None:
    row = {"channel": "telegram", "created_at": START}
    ADD.run_many(tx, [{**row, "id": new_id(), "address": each} for each in addresses])


async def test_rows_are_read_by_their_types(database: Database) -> None:
    await database.write(lambda tx: add(tx, "1", "2"))

    row = await database.read(lambda tx: FIND.first(tx, {"address": "2"}))

    assert (row.channel, row.created_at, row.consent_at) == ("telegram", START, None)


async def test_values_written_into_the_statement_stay_and_others_are_needed(database: Database) -> None:
    await database.write(lambda tx: add(tx, "1"))

    done = await database.write(lambda tx: DATE.run(tx, {"of": "1", "consent_at": START}))

    assert done.rowcount == 1
    assert tuple(await database.read(lambda tx: FIND.first(tx, {"address": "1"}))) == (
        "webchat",
        START,
        START,
    )
    with pytest.raises(KeyError):
        await database.write(lambda tx: DATE.run(tx, {"of": "1"}))


async def test_nothing_found_is_none(database: Database) -> None:
    assert await database.read(lambda tx: FIND.first(tx, {"address": "1"})) is None


async def test_a_broken_constraint_undoes_the_whole_and_names_no_values(database: Database) -> None:
    with pytest.raises(IntegrityError) as broken:
        await database.write(lambda tx: add(tx, "7700-secret", "7700-secret"))

    assert await database.read(lambda tx: FIND.all(tx, {"address": "7700-secret"})) == []
    assert broken.value.params is None


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(lambda tx: add(tx, "1"))
