"""Parents, children and who cares for whom."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from domain.identity_document import IdentityDocument
from domain.iin import Iin, Sex, make_iin
from storage import guardians, people
from storage.database import Database
from storage.guardians import Guardian
from storage.people import RegisterWords
from storage.tables import child, parent
from storage.transaction import Transaction
from tests.fakes.clock import START


def iin(day: date, sex: Sex = Sex.FEMALE) -> Iin:
    made = (make_iin(day, sex, serial) for serial in range(1, 12))
    return next(each for each in made if each is not None)


MOTHER = iin(date(1990, 5, 4))
DAUGHTER = iin(date(2024, 2, 29))
PASSPORT = IdentityDocument("N1234567")
WORDS = RegisterWords("Серікқызы", "Айгүл", "", date(1990, 5, 4), Sex.FEMALE, "Абай көшесі, 1")


def mother(tx: Transaction) -> int:
    return people.parent_for(tx, MOTHER, at=START, language="kk", notice_way="messenger")


async def test_a_parent_is_made_once_and_found_by_the_iin(database: Database) -> None:
    first = await database.write(mother)
    second = await database.write(mother)

    assert first == second
    assert await database.read(lambda tx: people.find_parent_by_iin(tx, MOTHER)) == first
    assert await database.read(lambda tx: people.find_parent_by_iin(tx, DAUGHTER)) is None


async def test_a_parent_without_an_iin_is_found_by_the_document(database: Database) -> None:
    def foreigner(tx: Transaction) -> int:
        return people.parent_for(tx, PASSPORT, at=START, language="ru", notice_way="sms")

    made = await database.write(foreigner)

    assert await database.write(foreigner) == made
    assert await database.read(lambda tx: people.find_parent_by_document(tx, PASSPORT)) == made


async def test_a_parent_made_twice_at_once_is_one(database: Database) -> None:
    made = await asyncio.gather(*(database.write(mother) for _ in range(6)))

    assert len(set(made)) == 1


async def test_a_child_has_birth_date_and_sex_of_the_iin(database: Database) -> None:
    child_id = await database.write(lambda tx: people.child_for(tx, DAUGHTER, at=START))

    def read(tx: Transaction) -> tuple[object, ...]:
        row = tx.conn.execute(select(child)).one()
        born = tx.vault.open("child", child_id, "birth_date", row.birth_date)
        return row.id, row.birth_year, row.sex, born, row.surname

    assert await database.read(read) == (child_id, 2024, "female", "2024-02-29", None)


async def test_what_the_register_says_is_sealed_and_can_be_read_again(database: Database) -> None:
    def verify(tx: Transaction) -> int:
        parent_id = mother(tx)
        people.take_from_register(tx, parent_id, WORDS, START)
        return parent_id

    parent_id = await database.write(verify)
    row = await database.read(lambda tx: tx.conn.execute(select(parent)).mappings().one())
    read = await database.read(lambda tx: people.words_of_parent(tx, parent_id))

    assert read == {
        "surname": "Серікқызы",
        "name": "Айгүл",
        "birth_date": "1990-05-04",
        "address": "Абай көшесі, 1",
    }
    assert (row["sex"], row["verified_at"]) == ("female", START)
    plain = (MOTHER.digits, "Айгүл", "1990-05-04")
    stored = [value for value in row.values() if isinstance(value, bytes)]
    assert [text for text in plain if any(text.encode() in value for value in stored)] == []


@pytest.mark.parametrize("left_out", [(), ("patronymic",), ("patronymic", "address")])
def test_words_are_read_from_plain_data(left_out: tuple[str, ...]) -> None:
    data = {
        "surname": "Серікқызы",
        "name": "Айгүл",
        "patronymic": "",
        "birth_date": "1990-05-04",
        "sex": "female",
        "address": "Абай көшесі, 1",
    }

    words = RegisterWords.from_data({name: data[name] for name in data if name not in left_out})

    assert words.address == ("" if "address" in left_out else WORDS.address)
    assert (words.name, words.patronymic, words.birth_date) == (WORDS.name, "", WORDS.birth_date)


async def test_a_guardian_is_joined_once(database: Database) -> None:
    def join(tx: Transaction) -> tuple[int, int, list[bool]]:
        parent_id, child_id = mother(tx), people.child_for(tx, DAUGHTER, at=START)
        joined = [guardians.join(tx, parent_id, child_id, how, START) for how in ("register", "agreed")]
        return parent_id, child_id, joined

    parent_id, child_id, joined = await database.write(join)

    assert joined == [True, False]
    known = [Guardian(parent_id, child_id, "register", START)]
    assert await database.read(lambda tx: guardians.guardians_of(tx, child_id)) == known
    assert await database.read(lambda tx: guardians.children_of(tx, parent_id)) == known
