"""What an erasure leaves to be done: in small steps, made good after a crash, an hour later once more."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from bot.erasing import QUIET, erase_rest
from domain.iin import Sex
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import journal, notices, people, wiping
from storage.database import Database
from storage.erasing import erase
from storage.register_words import RegisterWords
from storage.tables import contact, delivery, erasure, message
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.erased_family import ADDRESS, Family

WORDS = RegisterWords("Алдабекова", "Інжу", "", date(2024, 2, 11), Sex.FEMALE)
LONG = 2 * wiping.CHUNK + 50


@pytest.fixture
async def family(database: Database) -> Family:
    """A parent who is going to be erased."""
    return await database.write(Family)


async def texts_of(database: Database, family: Family) -> set[tuple[str, str, bytes | None]]:
    asked = select(message.c.kind, message.c.text, message.c.sealed)
    asked = asked.where(message.c.conversation_id == family.conversation)
    return {tuple(row) for row in await database.read(lambda tx: tx.conn.execute(asked).all())}


async def open_ones(database: Database) -> int:
    asked = select(func.count()).select_from(erasure).where(erasure.c.done_at.is_(None))
    return int(await database.read(lambda tx: tx.conn.execute(asked).scalar_one()))


async def test_a_long_conversation_goes_in_small_steps(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = await database.write(partial(Family, said=LONG))
    steps: list[int] = []
    whole = wiping.wipe_said

    def counted(tx: Transaction, *args: int, **named: int) -> int | None:
        before = tx.conn.execute(_left(family)).scalar_one()
        result = whole(tx, *args, **named)  # type: ignore[arg-type]
        steps.append(before - tx.conn.execute(_left(family)).scalar_one())
        return result

    monkeypatch.setattr(wiping, "wipe_said", counted)
    await database.write(lambda tx: erase(tx, family.parent))
    await erase_rest(database)

    assert max(steps) == wiping.CHUNK
    assert sum(steps) == 2 * LONG
    assert await texts_of(database, family) == {("erased", "", None)}


def _left(family: Family):  # type: ignore[no-untyped-def]
    return (
        select(func.count())
        .select_from(message)
        .where(message.c.conversation_id == family.conversation, message.c.kind != "erased")
    )


async def test_inbox_and_journal_go_however_long(database: Database, family: Family) -> None:
    def fill(tx: Transaction) -> None:
        for _ in range(LONG):
            notices.add(tx, family.parent, Told.SIGNED_IN, {}, tx.now)
            journal.note(tx, family.parent, journal.SYSTEM, Deed.SIGNED_IN, tx.now)

    await database.write(fill)
    await database.write(lambda tx: erase(tx, family.parent))
    await erase_rest(database)

    assert await database.read(lambda tx: notices.page(tx, family.parent, 1)) == []
    assert await database.read(lambda tx: journal.page(tx, family.parent, 1)) == []


@pytest.mark.parametrize("steps", range(7))
async def test_a_crash_after_any_step_is_made_good(
    database: Database, family: Family, clock: SetClock, steps: int
) -> None:
    await database.write(lambda tx: erase(tx, family.parent))
    await database.write(family.delivered)
    clock.advance(QUIET + timedelta(minutes=1))
    mortal = Mortal(database, steps)
    with pytest.raises(Crash):
        await erase_rest(mortal)  # type: ignore[arg-type]

    await erase_rest(database)

    assert await texts_of(database, family) == {("erased", "", None)}
    assert await names_left(database) == set()
    # The child's IIN waits for its day.
    assert await open_ones(database) == 1


class Crash(Exception):
    """The process is gone."""


class Mortal:
    """A database whose process dies after so many writes."""

    def __init__(self, database: Database, writes: int) -> None:
        self._database, self._left = database, writes

    async def write(self, work):  # type: ignore[no-untyped-def]
        if self._left == 0:
            raise Crash
        self._left -= 1
        return await self._database.write(work)

    async def read(self, work):  # type: ignore[no-untyped-def]
        return await self._database.read(work)

    async def settle_log(self) -> None:
        await self._database.settle_log()


async def names_left(database: Database) -> set[str]:
    """Addresses and names that a messenger has given."""
    columns = (contact.c.address, message.c.external_id, delivery.c.external_id)

    def look(tx: Transaction) -> set[str]:
        found = {value for each in columns for value in tx.conn.execute(select(each)).scalars()}
        return {each for each in found if each is not None and not each.startswith("erased:")}

    return await database.read(look)


async def test_an_account_keeps_its_address_while_something_is_still_to_be_sent(
    database: Database, family: Family, clock: SetClock
) -> None:
    await database.write(lambda tx: erase(tx, family.parent))
    await database.write(lambda tx: family.says(tx, "рахмет"))
    clock.advance(QUIET + timedelta(minutes=1))
    await erase_rest(database)
    assert ADDRESS in await names_left(database)

    await database.write(family.delivered)
    clock.advance(QUIET)
    await erase_rest(database)

    assert await names_left(database) == set()


async def test_who_agreed_to_the_policy_again_is_left_alone(
    database: Database, family: Family, clock: SetClock
) -> None:
    await database.write(lambda tx: erase(tx, family.parent))

    def begins_anew(tx: Transaction) -> None:
        family.says(tx, "мен қайта келдім")
        family.delivered(tx)
        changed = contact.update().where(contact.c.id == family.contact)
        tx.conn.execute(changed.values(consent_version="2026-11"))

    await database.write(begins_anew)
    clock.advance(QUIET + timedelta(minutes=1))
    await erase_rest(database)

    assert ADDRESS in await names_left(database)
    assert {text for _, text, _ in await texts_of(database, family)} == {"", "мен қайта келдім", "Инжу"}
    assert await open_ones(database) == 1


async def test_what_was_under_way_and_wrote_of_the_parent_again_goes_too(
    database: Database, family: Family, clock: SetClock
) -> None:
    await database.write(lambda tx: erase(tx, family.parent))

    def comes_late(tx: Transaction) -> None:
        late = contact.update().where(contact.c.id == family.contact).values(parent_id=family.parent)
        tx.conn.execute(late)
        people.confirm_phone(tx, family.parent, 1, Phone("+77015550101"), tx.now)
        notices.add(tx, family.parent, Told.SIGNED_IN, {}, tx.now)
        people.name_child(tx, family.child, WORDS, tx.now)

    await erase_rest(database)
    await database.write(comes_late)
    clock.advance(QUIET + timedelta(minutes=1))
    await erase_rest(database)

    assert await database.read(lambda tx: people.confirmed_phones(tx, family.parent)) == []
    assert await database.read(lambda tx: people.name_of_child(tx, family.child)) == ""
    assert await database.read(lambda tx: notices.page(tx, family.parent, 5)) == []
    whose = select(contact.c.parent_id).where(contact.c.id == family.contact)
    assert await database.read(lambda tx: tx.conn.execute(whose).scalar_one()) is None
