"""Entering and leaving a conversation."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage import conversations, messages
from storage.conversations import Entered
from storage.database import Database
from storage.messages import OutgoingDraft
from storage.tables import contact
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.rows import add_parent, add_territory


def enter(tx: Transaction) -> Entered:
    return conversations.enter(tx, "telegram", "1")


async def test_an_unknown_account_gets_a_conversation(database: Database) -> None:
    entered = await database.write(enter)

    assert entered == Entered(
        conversation_id=entered.conversation_id,
        contact_id=entered.contact_id,
        channel="telegram",
        address="1",
        parent_id=None,
        language=None,
        territory_id=None,
        consent_version=None,
        consent_at=None,
        session=None,
        screen=None,
        step_token=0,
        vouched_phone_index=None,
        vouched_at=None,
        unlocked_until=None,
        unreachable_at=None,
        driven_by=None,
        driven_until=None,
        waiting=False,
        new=True,
    )


async def test_a_new_contact_is_dated(database: Database) -> None:
    await database.write(enter)

    created = await database.read(lambda tx: tx.conn.execute(select(contact.c.created_at)).scalar_one())

    assert created == START


async def test_an_account_is_known_the_second_time(database: Database) -> None:
    first = await database.write(enter)

    second = await database.write(enter)

    assert (second.conversation_id, second.contact_id) == (first.conversation_id, first.contact_id)
    assert not second.new


async def test_the_same_address_of_another_channel_is_another_account(database: Database) -> None:
    first = await database.write(enter)

    other = await database.write(lambda tx: conversations.enter(tx, "webchat", "1"))

    assert other.contact_id != first.contact_id


async def test_a_conversation_is_found_as_it_was_left(database: Database) -> None:
    screen = {"id": "55", "buttons": ["аты", 2]}

    def turn(tx: Transaction) -> None:
        entered = enter(tx)
        conversations.leave(
            tx, entered.conversation_id, session=b"\x00draft", screen=screen, step_token=2**62, at=START
        )

    await database.write(turn)
    entered = await database.write(enter)

    assert (entered.session, entered.screen, entered.step_token) == (b"\x00draft", screen, 2**62)


async def test_what_is_known_of_a_contact_comes_along(database: Database) -> None:
    def settle_in(tx: Transaction) -> tuple[int, int]:
        known = {"territory_id": add_territory(tx), "parent_id": add_parent(tx)}
        times = {"consent_at": START, "vouched_at": START, "unlocked_until": START}
        words = {"language": "ru", "consent_version": "2026-1", "vouched_phone_index": b"index"}
        conversations.update_contact(tx, enter(tx).contact_id, **known, **times, **words)
        return known["territory_id"], known["parent_id"]

    territory_id, parent_id = await database.write(settle_in)
    entered = await database.write(enter)

    assert (entered.territory_id, entered.parent_id) == (territory_id, parent_id)
    assert (entered.language, entered.consent_version, entered.consent_at) == ("ru", "2026-1", START)
    assert (entered.vouched_phone_index, entered.vouched_at) == (b"index", START)
    assert entered.unlocked_until == START


@pytest.mark.parametrize(("leased_by", "waiting"), [(None, True), ("this turn", False)])
async def test_a_message_that_nobody_has_leased_is_waiting(
    database: Database, leased_by: str | None, waiting: bool
) -> None:
    def say(tx: Transaction) -> None:
        draft = OutgoingDraft("send", "screen", "words", b"{}", leased_by=leased_by)
        messages.log_outgoing(tx, enter(tx).conversation_id, "telegram", [draft], START)

    await database.write(say)

    assert (await database.write(enter)).waiting == waiting


async def test_two_first_messages_at_once_make_one_conversation(database: Database) -> None:
    entered = await asyncio.gather(*(database.write(enter) for _ in range(8)))

    assert len({each.conversation_id for each in entered}) == 1
    assert sorted(each.new for each in entered) == [False] * 7 + [True]


@pytest.mark.postgresql
async def test_a_turn_that_waited_sees_what_the_other_has_changed(
    postgres: Database, clock: SetClock
) -> None:
    await postgres.write(enter)

    def change(tx: Transaction) -> None:
        entered = enter(tx)
        conversations.update_contact(tx, entered.contact_id, language="ru")
        conversations.leave(
            tx, entered.conversation_id, session=b"first", screen=None, step_token=1, at=tx.now
        )
        tx.conn.exec_driver_sql("SELECT pg_sleep(0.3)")

    async def second() -> tuple[Entered, bool]:
        await asyncio.sleep(0.1)  # lets the first take the lock
        return await postgres.write(lambda tx: (enter(tx), tx.now == START))

    _, (entered, _) = await asyncio.gather(postgres.write(change), second())

    assert (entered.language, entered.session, entered.step_token) == ("ru", b"first", 1)


@pytest.mark.postgresql
async def test_now_is_read_after_the_wait_for_the_lock(postgres: Database, clock: SetClock) -> None:
    """Whoever waited decides by the time after the wait, even if the other has changed nothing."""
    await postgres.write(enter)
    clock.server_times.clear()

    def hold(tx: Transaction) -> None:
        enter(tx)
        tx.conn.exec_driver_sql("SELECT pg_sleep(0.4)")

    async def second() -> None:
        await asyncio.sleep(0.1)  # lets the first take the lock
        await postgres.write(enter)

    await asyncio.gather(postgres.write(hold), second())
    first_time, second_time = clock.server_times

    assert first_time is not None
    assert second_time is not None
    assert second_time - first_time >= timedelta(seconds=0.4)


async def test_a_parent_is_reached_in_every_reachable_account(database: Database) -> None:
    def arrange(tx: Transaction) -> int:
        parent_id = add_parent(tx)
        for number, gone in enumerate((None, START, None)):
            contact_id = conversations.enter(tx, "telegram", str(number)).contact_id
            conversations.update_contact(tx, contact_id, parent_id=parent_id, unreachable_at=gone)
        conversations.enter(tx, "telegram", "a stranger")
        return parent_id

    parent_id = await database.write(arrange)
    reached = await database.read(lambda tx: conversations.of_parent(tx, parent_id))

    assert sorted(each.address for each in reached) == ["0", "2"]


async def test_a_known_account_adds_nothing(database: Database) -> None:
    await database.write(enter)
    await database.write(enter)

    count = select(func.count()).select_from(contact)

    assert await database.read(lambda tx: tx.conn.execute(count).scalar_one()) == 1
