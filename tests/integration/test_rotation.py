"""Sealing everything anew with a new key, on a live database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.iin import Iin, Sex, make_iin
from domain.phone import Phone
from storage import conversations, errands, messages, people
from storage.database import Database
from storage.keyring import Keyring
from storage.rotation import CHUNK, rotate
from storage.tables import errand, message, parent, phone
from storage.transaction import Transaction
from storage.vault import KeyUnknown, Vault
from tests.fakes.clock import START, SetClock

OLD, NEW = "1:a secret for the tests", "2:a newer secret for the tests"
PHONE = Phone("+77015550101")


def parents(count: int) -> list[Iin]:
    day = START.date() - timedelta(days=365 * 30)
    made = (make_iin(day, Sex.FEMALE, serial) for serial in range(1, 10_000))
    return [each for each in made if each is not None][:count]


def fill(tx: Transaction) -> None:
    for each in parents(3):
        people.parent_for(tx, each, at=START, language="kk", notice_way="messenger")
    parent_id = people.find_parent_by_iin(tx, parents(1)[0])
    assert parent_id is not None
    people.confirm_phone(tx, parent_id, 1, PHONE, START)
    entered = conversations.enter(tx, "telegram", "1")
    secret = messages.OutgoingDraft("send", "screen", "masked", b"plain words", personal=True)
    messages.log_outgoing(tx, entered.conversation_id, "telegram", [secret], START)
    session = tx.vault.seal_bytes("conversation", entered.conversation_id, "session", b"draft")
    conversations.leave(tx, entered.conversation_id, session=session, screen=None, step_token=1, at=START)
    errands.create(
        tx,
        entered.conversation_id,
        "register",
        {"iin": "hidden"},
        step_token=1,
        at=START,
        due_at=START,
        gives_up_at=START,
    )


def read_back(tx: Transaction) -> list[object]:
    parent_ids = [people.find_parent_by_iin(tx, each) for each in parents(3)]
    assert None not in parent_ids
    entered = conversations.enter(tx, "telegram", "1")
    assert entered.session is not None
    place = ("conversation", entered.conversation_id, "session")
    history = messages.history(tx, entered.conversation_id, opened=True)
    leased = errands.lease_due(tx, "w", START, START, 10)
    return [
        people.find_by_phone(tx, PHONE) == parent_ids[:1],
        people.confirmed_phones(tx, parent_ids[0] or 0),
        tx.vault.open_bytes(*place, entered.session),
        [each.payload for each in history],
        [each.request for each in leased],
    ]


AS_WRITTEN = [True, [PHONE], b"draft", [b"plain words"], [{"iin": "hidden"}]]


async def open_with(url: str, secret: str) -> Database:
    return await Database.open(url, Vault(Keyring.from_secret(secret)), SetClock())


async def test_before_the_rotation_both_keys_serve(database_url: str, database: Database) -> None:
    await database.write(fill)

    both = await open_with(database_url, f"{NEW},{OLD}")

    assert await both.write(read_back) == AS_WRITTEN
    await both.close()


async def test_after_the_rotation_the_new_key_alone_is_enough(database_url: str, database: Database) -> None:
    await database.write(fill)
    both = await open_with(database_url, f"{NEW},{OLD}")

    done = await rotate(both)
    await both.close()
    alone = await open_with(database_url, NEW)

    assert {name: count for name, count in done.items() if count} == {
        "parent": 3,
        "phone": 1,
        "conversation": 1,
        "errand": 1,
        "message": 1,
    }
    assert await alone.write(read_back) == AS_WRITTEN
    await alone.close()


async def test_nothing_is_left_on_the_old_key(database_url: str, database: Database) -> None:
    await database.write(fill)
    both = await open_with(database_url, f"{NEW},{OLD}")

    await rotate(both)

    def on_the_old_key(tx: Transaction) -> int:
        columns = (parent.c.iin, phone.c.phone, errand.c.request, message.c.sealed)
        values = [value for each in columns for value in tx.conn.execute(select(each)).scalars()]
        return sum(not tx.vault.is_newest(value) for value in values)

    assert await both.read(on_the_old_key) == 0
    await both.close()


async def test_a_second_rotation_finds_nothing_to_do(database_url: str, database: Database) -> None:
    await database.write(fill)
    both = await open_with(database_url, f"{NEW},{OLD}")
    await rotate(both)

    again = await rotate(both)

    assert sum(again.values()) == 0
    await both.close()


async def test_a_session_that_is_not_sealed_stays_as_it_is(database_url: str, database: Database) -> None:
    def plain(tx: Transaction) -> None:
        entered = conversations.enter(tx, "telegram", "1")
        conversations.leave(tx, entered.conversation_id, session=b"{}", screen=None, step_token=1, at=START)

    await database.write(plain)
    both = await open_with(database_url, f"{NEW},{OLD}")

    await rotate(both)

    assert await both.write(lambda tx: conversations.enter(tx, "telegram", "1").session) == b"{}"
    await both.close()


async def test_more_rows_than_a_chunk_are_all_done(database_url: str, database: Database) -> None:
    many = CHUNK + 1

    def fill_children(tx: Transaction) -> None:
        for each in parents(many):
            people.child_for(tx, each, at=START)

    await database.write(fill_children)
    both = await open_with(database_url, f"{NEW},{OLD}")

    done = await rotate(both)

    assert done["child"] == many
    await both.close()


async def test_a_value_no_key_opens_stops_the_rotation(database_url: str, database: Database) -> None:
    await database.write(fill)
    stranger = await open_with(database_url, NEW)

    with pytest.raises(KeyUnknown) as refused:
        await rotate(stranger)

    assert refused.value.key_id == "1"
    await stranger.close()
