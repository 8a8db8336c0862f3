"""`now` never goes back, whatever the clock of machine or server does between two starts."""

from datetime import timedelta

from sqlalchemy import insert, update

from storage import conversations, messages
from storage.database import Database
from storage.tables import place_event, queue
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import START, SetClock
from tests.integration.rows import add_queue, add_territory

YESTERDAY = START - timedelta(days=1)


async def now_after_a_restart(url: str, vault: Vault) -> object:
    database = await Database.open(url, vault, SetClock(YESTERDAY))
    now = await database.write(lambda tx: tx.now)
    await database.close()
    return now


async def test_an_empty_database_sets_no_floor(database_url: str, vault: Vault) -> None:
    assert await now_after_a_restart(database_url, vault) == YESTERDAY


async def test_now_is_never_before_the_last_message(
    database_url: str, database: Database, vault: Vault
) -> None:
    def come_in(tx: Transaction) -> None:
        entered = conversations.enter(tx, "telegram", "1")
        messages.log_incoming(tx, entered.conversation_id, "telegram", "1", "text", "", tx.now)

    await database.write(come_in)
    await database.close()

    assert await now_after_a_restart(database_url, vault) == START


async def test_now_is_never_before_the_last_event_of_a_queue(
    database_url: str, database: Database, vault: Vault
) -> None:
    def happen(tx: Transaction) -> None:
        queue_id = add_queue(tx, add_territory(tx))
        sizes = {"size_0": 0, "size_1": 0, "size_2": 1}
        key = {"queue_class": 2, "key_at": START, "key_number": 1}
        event = {"sequence": 1, "at": START, "kind": "joined", "phase": 0}
        tx.conn.execute(insert(place_event).values(queue_id=queue_id, **event, **key, **sizes))
        tx.conn.execute(update(queue).values(last_sequence=1))

    await database.write(happen)
    await database.close()

    assert await now_after_a_restart(database_url, vault) == START
