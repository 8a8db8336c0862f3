"""After an erasure nothing of the parent is found, neither in the file nor in a dump."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.erasing import erase_rest
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import file_rows, helpers, journal, notices
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.recount import recount
from storage.tables import contact, conversation, helper, message, metadata, notice, parent, phone
from storage.transaction import Transaction
from tests.conversation.fixtures import house_on
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, signs_in
from tests.guards.everything_told import found_in
from tests.integration.conftest import BOTH
from tests.integration.test_dump_of_a_conversation import pg_dump

STORY = "Менің атым Сәкен Алдабеков, қызым Інжу, мекенжайым Тәуке хан 7, saken@pochta.example"
TOLD = ("Сәкен", "Алдабеков", "Інжу", "Тәуке хан 7", "saken", "pochta")
SIGNED_OUT = "Your data in Kezek were erased from another account of yours. This one is signed out."


async def tells_the_story(house: House, person: Person) -> None:
    """Signs in, looks at the child, and tells an operator names that no mask finds."""
    await signs_in(house, person, ALDABEKOVS)
    await person.says("/menu")
    await person.taps("Operator")
    await person.says(STORY)


async def erases(house: House, person: Person) -> None:
    await person.presses("erase")
    await person.taps("Go on to erasing")
    await person.says(await code_sent_to(house, person, ALDABEKOVS.phones[0].e164))
    await person.taps("Confirm")
    assert person.reads("Erased")


def bytes_of(url: str) -> bytes:
    """All that there is on the disk, or in a backup."""
    if url.startswith("sqlite"):
        file = Path(url.partition("///")[2])
        return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))
    return pg_dump(url)


def secrets_of(tx: Transaction, parent_id: int) -> Iterator[bytes]:
    """Everything sealed about the parent, and the indexes by which they were found."""
    yield from sealed_in_the_row(tx, parent_id)
    for table, columns in (
        (phone, ("phone", "phone_index")),
        (helper, ("phone", "name")),
        (notice, ("data",)),
    ):
        for name in columns:
            rows = tx.conn.execute(select(table.c[name]).where(table.c.parent_id == parent_id)).scalars()
            yield from (value for value in rows if value is not None)
    said = (
        select(message.c.sealed)
        .join(conversation, conversation.c.id == message.c.conversation_id)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .where(contact.c.parent_id == parent_id, message.c.sealed.is_not(None))
    )
    yield from tx.conn.execute(said).scalars()


def seen_in(everything: bytes, secrets: list[bytes], url: str) -> int:
    """How many of them stand there; a dump writes bytes as hexadecimal digits."""
    wanted = secrets if url.startswith("sqlite") else [each.hex().encode() for each in secrets]
    return sum(each in everything for each in wanted)


def add_what_plays_do_not(tx: Transaction, parent_id: int) -> None:
    """A photo, a helper, an inbox, a journal."""
    photo = new_id()
    file_rows.add(tx, NewFile(photo, "portrait", "Сәкен.jpg", "image/jpeg", 1, b"1", f"files/{photo}", "1"))
    tx.conn.execute(parent.update().where(parent.c.id == parent_id).values(photo_file_id=photo))
    helpers.name(tx, parent_id, Phone("+77015550777"), "Әже", tx.now)
    for _ in range(450):
        notices.add(tx, parent_id, Told.SIGNED_IN, {"name": "Сәкен"}, tx.now)
        journal.note(tx, parent_id, journal.by_parent(parent_id), Deed.SIGNED_IN, tx.now)


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest) -> str:
    """Each kind of database."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


async def test_nothing_of_an_erased_parent_is_found_anywhere(url: str) -> None:
    async with house_on(url) as house:
        me = house.world.parent_of(ALDABEKOVS)
        people_there = [await house.acquaintance(kind) for kind in ("telegram", "whatsapp", "webchat")]
        for person in people_there:
            await tells_the_story(house, person)
            house.later(hours=1)
        await house.write(lambda tx: add_what_plays_do_not(tx, me))
        sealed = await house.write(lambda tx: list(secrets_of(tx, me)))
        accounts = await house.write(lambda tx: accounts_named(tx, me))
        assert len(set(found_in(bytes_of(url), iter(TOLD)))) >= 4
        assert seen_in(bytes_of(url), sealed, url) == len(sealed)

        await erases(house, people_there[0])
        assert await house.write(lambda tx: sealed_in_the_row(tx, me)) == []
        for other in people_there[1:]:
            await other.hears(SIGNED_OUT)
        await erase_rest(house.database)
        house.later(hours=1, minutes=1)
        await erase_rest(house.database)

        everything = bytes_of(url)
        assert found_in(everything, iter(TOLD)) == []
        assert seen_in(everything, sealed, url) == 0
        assert [each for each in accounts if each.encode() in everything] == []
        assert await left_of(house, me) == {}
        assert await recount(house.database, repair=False) == []
    assert found_in(bytes_of(url), iter(TOLD)) == []


def accounts_named(tx: Transaction, parent_id: int) -> list[str]:
    """The addresses of a parent's accounts."""
    found = tx.conn.execute(select(contact.c.address).where(contact.c.parent_id == parent_id)).scalars()
    # A short number stands in many another.
    return [address for address in found if len(address) > 6]


def sealed_in_the_row(tx: Transaction, parent_id: int) -> list[bytes]:
    """What is sealed, or indexed, in the parent's own row."""
    row = tx.conn.execute(select(parent).where(parent.c.id == parent_id)).mappings().one()
    return [value for value in row.values() if isinstance(value, bytes)]


async def left_of(house: House, parent_id: int) -> dict[str, int]:
    """How many rows name the parent still, by table; those that have to stay left out."""
    stays = {"application", "erasure", "department_task"}

    def count(tx: Transaction) -> dict[str, int]:
        found = {}
        for table in metadata.sorted_tables:
            whose = table.c.get("parent_id")
            if whose is not None and whose.references(parent.c.id) and table.name not in stays:
                asked = select(func.count()).select_from(table).where(whose == parent_id)
                found[table.name] = tx.conn.execute(asked).scalar_one()
        return {name: number for name, number in found.items() if number}

    found: dict[str, int] = await house.write(count)
    return found
