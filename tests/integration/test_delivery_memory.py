"""What a delivery keeps does not grow with what it has sent."""

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.conversation.reply import Outgoing
from bot.notifiers.delivery import Delivery
from storage.database import Database
from storage.sqlite import writer_engine
from tests.integration.delivering import RememberingSender, delivering, say, until

CHATS, OF_EACH = 40, 4
WARM_UP, ROUNDS = 2, 6
MOST_GROWTH_OF_EACH = 40
"""Bytes for a message: a number that is remembered in a set takes twice as much."""
MOST_PAGES_MB = 24


@dataclass
class CountingSender(RememberingSender):
    """A channel that takes everything and remembers how much it was."""

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        self.asked += 1
        return f"{dedup_key}"


@contextmanager
def traced() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()


def kept() -> int:
    """Bytes that this process holds."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


async def sent_one_after_the_other(database: Database, first: int, rounds: int) -> None:
    """So many rounds of messages, each round to chats of its own."""
    sender = CountingSender()
    async with delivering(database, sender, "one") as delivery:
        for number in range(first, first + rounds):
            for chat in range(number * CHATS, (number + 1) * CHATS):
                await database.write(partial(say, chat=f"{chat}", texts=("x",) * OF_EACH, worker=None))
            await until(partial(_has_sent, delivery, sender, (number - first + 1) * CHATS * OF_EACH))


def _has_sent(delivery: Delivery, sender: CountingSender, number: int) -> bool:
    return sender.asked == number and delivery.idle


async def test_a_delivery_forgets_what_it_has_sent(sqlite: Database) -> None:
    with traced():
        await sent_one_after_the_other(sqlite, 0, WARM_UP)
        before = kept()
        await sent_one_after_the_other(sqlite, WARM_UP, ROUNDS)
        grown = kept() - before

    assert grown <= ROUNDS * CHATS * OF_EACH * MOST_GROWTH_OF_EACH


def test_what_sqlite_keeps_of_its_file_is_little_however_great_the_file(tmp_path: Path) -> None:
    with writer_engine(tmp_path / "kezek.db").connect() as conn:
        size = conn.exec_driver_sql("PRAGMA cache_size").scalar_one()

    # Negative: KiB, and not pages.
    assert -MOST_PAGES_MB * 1024 <= size < 0
