"""Confirmed phones, their changes, and putting one back."""

from datetime import date, timedelta

from domain.iin import Sex, make_iin
from domain.phone import Phone
from domain.phone_addition import PhoneAddition
from domain.phone_change import UNDO_WITHIN, PhoneChange, Undo
from storage import guardians, people, phone_changes, phones
from storage.database import Database
from storage.phones import ConfirmedPhone
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import add_parent

THIRD = Phone("+77015550104")
OLD, NEW, SECOND = Phone("+77015550101"), Phone("+77015550102"), Phone("+77015550103")
CHANGED = START + timedelta(days=1)
UNDONE = CHANGED + timedelta(hours=2)


def settle_in(tx: Transaction) -> int:
    parent_id = add_parent(tx)
    phones.confirm_phone(tx, parent_id, 2, SECOND, START)
    phones.confirm_phone(tx, parent_id, 1, OLD, START)
    return parent_id


def change(tx: Transaction, parent_id: int) -> None:
    phones.confirm_phone(tx, parent_id, 1, NEW, CHANGED, undo_until=CHANGED + UNDO_WITHIN)


async def test_the_contact_phone_stands_before_the_second(database: Database) -> None:
    parent_id = await database.write(settle_in)

    assert await database.read(lambda tx: phones.confirmed_phones(tx, parent_id)) == [OLD, SECOND]


async def test_a_phone_finds_every_parent_who_confirmed_it(database: Database) -> None:
    both = sorted([await database.write(settle_in), await database.write(settle_in)])

    assert await database.read(lambda tx: phones.find_by_phone(tx, OLD)) == both
    assert await database.read(lambda tx: phones.find_by_phone(tx, NEW)) == []


async def test_the_same_number_again_changes_nothing(database: Database) -> None:
    parent_id = await database.write(settle_in)

    def again(tx: Transaction) -> tuple[int, int]:
        first = phones.confirm_phone(tx, parent_id, 1, OLD, CHANGED, undo_until=UNDONE)
        return first, phones.confirm_phone(tx, parent_id, 1, OLD, CHANGED)

    first, second = await database.write(again)

    assert first == second
    assert await database.read(lambda tx: phone_changes.changes_of(tx, parent_id)) == []


async def test_a_changed_phone_takes_the_place_of_the_old(database: Database) -> None:
    parent_id = await database.write(settle_in)

    await database.write(lambda tx: change(tx, parent_id))

    assert await database.read(lambda tx: phones.confirmed_phones(tx, parent_id)) == [NEW, SECOND]
    assert await database.read(lambda tx: phones.find_by_phone(tx, OLD)) == []
    assert await database.read(lambda tx: phone_changes.changes_of(tx, parent_id)) == [
        PhoneChange(OLD, NEW, CHANGED)
    ]


async def test_an_undone_change_puts_the_old_phone_back(database: Database) -> None:
    parent_id = await database.write(settle_in)
    await database.write(lambda tx: change(tx, parent_id))
    [made] = await database.read(lambda tx: phone_changes.changes_of(tx, parent_id))
    decided = Undo(put_back=OLD, taken_away=NEW, undoes=(made,))

    await database.write(lambda tx: phone_changes.undo(tx, parent_id, decided, UNDONE))

    assert await database.read(lambda tx: phones.confirmed_phones(tx, parent_id)) == [OLD, SECOND]
    assert await database.read(lambda tx: phone_changes.changes_of(tx, parent_id)) == [
        PhoneChange(OLD, NEW, CHANGED, undone_at=UNDONE)
    ]


async def test_a_phone_is_told_with_its_position_and_since_when(database: Database) -> None:
    parent_id = await database.write(settle_in)
    await database.write(lambda tx: change(tx, parent_id))

    contact, second = await database.read(lambda tx: phones.phones_of(tx, parent_id))

    assert contact == ConfirmedPhone(contact.id, phones.CONTACT_PHONE, NEW, CHANGED)
    assert second == ConfirmedPhone(second.id, phones.SECOND_PHONE, SECOND, START)


async def test_a_replaced_phone_finds_the_parents_it_was_of(database: Database) -> None:
    first, second = sorted([await database.write(settle_in), await database.write(settle_in)])

    await database.write(lambda tx: change(tx, second))

    assert await database.read(lambda tx: phone_changes.find_replaced(tx, OLD)) == [second]
    assert await database.read(lambda tx: phone_changes.find_replaced(tx, NEW)) == []
    await database.write(lambda tx: change(tx, first))
    assert await database.read(lambda tx: phone_changes.find_replaced(tx, OLD)) == [first, second]


async def test_the_history_tells_what_counts_in_whose_place_and_since_when(database: Database) -> None:
    parent_id = await database.write(settle_in)
    await database.write(lambda tx: change(tx, parent_id))

    found = await database.read(lambda tx: phone_changes.history_of(tx, parent_id))

    old = next(each for each in found.records if each.number == OLD)
    told = {(each.number, each.confirmed_at, each.counts, each.instead_of) for each in found.records}
    assert told == {(OLD, START, False, None), (SECOND, START, True, None), (NEW, CHANGED, True, old.id)}
    assert found.family_since is None


async def test_a_child_makes_a_later_phone_an_added_one(database: Database) -> None:
    def settle(tx: Transaction) -> int:
        parent_id = add_parent(tx)
        phones.confirm_phone(tx, parent_id, 1, OLD, START)
        iin = next(iin for n in range(9) if (iin := make_iin(date(2024, 2, 11), Sex.MALE, 4000 + n)))
        guardians.join(tx, parent_id, people.child_for(tx, iin, at=START), "applied", START)
        phones.confirm_phone(tx, parent_id, 2, SECOND, CHANGED)
        return parent_id

    parent_id = await database.write(settle)

    assert await database.read(lambda tx: phone_changes.undoable_of(tx, parent_id)) == [
        PhoneAddition(SECOND, CHANGED)
    ]
    await database.write(lambda tx: phone_changes.drop(tx, parent_id, {SECOND}, UNDONE))
    assert await database.read(lambda tx: phones.confirmed_phones(tx, parent_id)) == [OLD]
    assert await database.read(lambda tx: phone_changes.undoable_of(tx, parent_id)) == []
