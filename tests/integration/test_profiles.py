"""A parent's profile and the children a parent cares for: sealed, changed by hand, opened for the own."""

import asyncio
from datetime import date, timedelta
from functools import partial

from domain.application import Happening, QueueKind
from domain.identity_document import IdentityDocument
from domain.iin import Iin, Sex, make_iin
from storage import applications, children, file_rows, guardians, people, profiles
from storage.application_changes import set_status
from storage.database import Database
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.people import RegisterWords
from storage.submitting import NewApplication, submit
from storage.transaction import Transaction
from tests.fakes.clock import START as AT
from tests.integration.rows import add_territory


def iin(day: date, sex: Sex = Sex.FEMALE) -> Iin:
    return next(made for serial in range(1, 12) if (made := make_iin(day, sex, serial)) is not None)


MOTHER, FATHER = iin(date(1990, 5, 4)), iin(date(1989, 1, 2), Sex.MALE)
DAUGHTER, SON = iin(date(2024, 2, 29)), iin(date(2023, 6, 30), Sex.MALE)
WORDS = RegisterWords("Серікқызы", "Айгүл", "", date(1990, 5, 4), Sex.FEMALE, "Абай көшесі, 1")


def parent(tx: Transaction, key: Iin | IdentityDocument = MOTHER) -> int:
    return people.parent_for(tx, key, at=AT, language="kk", notice_way="messenger")


async def test_a_new_parent_has_an_empty_profile_but_for_the_key(database: Database) -> None:
    read = await database.write(lambda tx: profiles.read(tx, parent(tx)))

    assert (read.key, read.surname, read.birth_date, read.sex) == (MOTHER, "", None, None)
    assert (read.address, read.email, read.verified_at, read.photo_file_id) == ("", "", None, None)
    assert (read.notice_way, read.language) == ("messenger", "kk")


async def test_who_has_no_iin_is_known_by_the_document(database: Database) -> None:
    document = IdentityDocument("N1234567")

    assert (await database.write(lambda tx: profiles.read(tx, parent(tx, document)))).key == document


async def test_an_address_is_written_down_changed_and_taken_out(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[str, str]]:
        me, seen = parent(tx), []
        for text in ("Абай көшесі, 1", "Абай көшесі, 2", ""):
            profiles.set_contact(tx, me, "address", text)
            profiles.set_contact(tx, me, "email", "a@b.kz")
            read = profiles.read(tx, me)
            seen.append((read.address, read.email))
        return seen

    assert await database.write(work) == [
        ("Абай көшесі, 1", "a@b.kz"),
        ("Абай көшесі, 2", "a@b.kz"),
        ("", "a@b.kz"),
    ]


async def test_names_are_typed_only_until_the_register_says_them(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[bool, str, str]]:
        me, seen = parent(tx), []
        for surname in ("Серикова", "Серік"):
            changed = profiles.set_names(tx, me, surname, "Айгүл", "")
            seen.append((changed, profiles.read(tx, me).surname, profiles.read(tx, me).patronymic))
            people.take_from_register(tx, me, WORDS, AT)
        seen.append((True, profiles.read(tx, me).surname, profiles.read(tx, me).patronymic))
        return seen

    assert await database.write(work) == [
        (True, "Серикова", ""),
        (False, "Серікқызы", ""),
        (True, "Серікқызы", ""),
    ]


async def test_a_chosen_way_holds_for_the_live_applications_and_leaves_the_old_ones(
    database: Database,
) -> None:
    def work(tx: Transaction) -> list[tuple[str, str]]:
        me, town = parent(tx), add_territory(tx)
        ended, live = (_applied(tx, me, town, each) for each in (SON, DAUGHTER))
        found = applications.lock(tx, ended)
        assert found is not None
        set_status(tx, found, Happening.WITHDRAWN)
        profiles.set_notices(tx, me, way="sms", language="ru")
        seen = [applications.find(tx, each) for each in (ended, live)]
        chosen = people.notices_of(tx, me)
        return [(each.notice_way, each.language) for each in seen if each] + [(chosen.way, chosen.language)]

    assert await database.write(work) == [("messenger", "kk"), ("sms", "ru"), ("sms", "ru")]


def _applied(tx: Transaction, parent_id: int, town: int, of: Iin) -> int:
    child_id = people.child_for(tx, of, at=AT)
    guardians.join(tx, parent_id, child_id, "applied", AT)
    new = NewApplication(
        child_id=child_id,
        parent_id=parent_id,
        territory_id=town,
        kind=QueueKind.GENERAL,
        birth_year=of.birth_date.year,
    )
    return submit(tx, new).application_id


async def test_of_photos_set_at_once_one_stays_and_every_other_is_handed_back(database: Database) -> None:
    def kept(tx: Transaction, number: int) -> int:
        new = NewFile(new_id(), "portrait", "", "image/jpeg", 1, b"", f"files/{number}", "1")
        file_rows.add(tx, new)
        return new.id

    me = await database.write(parent)
    sent = [await database.write(partial(kept, number=number)) for number in range(6)]

    former = await asyncio.gather(
        *(database.write(partial(profiles.set_photo, parent_id=me, file_id=each)) for each in sent)
    )

    stays = (await database.read(lambda tx: profiles.read(tx, me))).photo_file_id
    assert stays in sent
    assert sorted(each for each in former if each is not None) == sorted({*sent} - {stays})


async def test_the_same_photo_again_takes_nothing_away(database: Database) -> None:
    def work(tx: Transaction) -> list[int | None]:
        me = parent(tx)
        new = NewFile(new_id(), "portrait", "", "image/jpeg", 1, b"", "files/1", "1")
        file_rows.add(tx, new)
        former = [profiles.set_photo(tx, me, each) for each in (new.id, new.id, None)]
        return [None if each is None else each - new.id for each in former]

    assert await database.write(work) == [None, None, 0]


async def test_children_come_eldest_first_each_with_what_is_known(database: Database) -> None:
    def work(tx: Transaction) -> list[tuple[object, ...]]:
        me, other = parent(tx), parent(tx, FATHER)
        daughter, son = (people.child_for(tx, each, at=AT) for each in (DAUGHTER, SON))
        guardians.join(tx, me, daughter, "applied", AT)
        guardians.join(tx, me, son, "register", AT + timedelta(1))
        guardians.join(tx, other, son, "agreed", AT)
        people.name_child(tx, son, RegisterWords("Серіков", "Олжас", "", SON.birth_date, Sex.MALE), AT)
        return [
            (each.iin, each.name, each.verified_at, each.how, each.others)
            for each in children.of_parent(tx, me)
        ]

    assert await database.write(work) == [
        (SON, "Олжас", AT, "register", 1),
        (DAUGHTER, "", None, "applied", 0),
    ]


async def test_anothers_child_is_not_found(database: Database) -> None:
    def work(tx: Transaction) -> tuple[bool, bool]:
        me, other = parent(tx), parent(tx, FATHER)
        mine = people.child_for(tx, DAUGHTER, at=AT)
        guardians.join(tx, me, mine, "applied", AT)
        return children.find(tx, me, mine) is not None, children.find(tx, other, mine) is not None

    assert await database.write(work) == (True, False)
