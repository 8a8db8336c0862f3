"""The database server cuts every connection while messages are delivered, again and again."""

from collections import Counter

import asyncpg
import pytest

from bot.notifiers.lane import UNWRITTEN
from storage.database import Database
from storage.transaction import Transaction
from tests.integration.delivering import RememberingSender, delivering, say, until

CHATS, OF_EACH, CUTS, AT_ONCE = 100, 3, 5, 8
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


def write_all(tx: Transaction) -> None:
    for chat in range(CHATS):
        say(tx, f"{chat}", tuple(f"{number}" for number in range(OF_EACH)), None)


async def shown(sender: RememberingSender, number: int) -> None:
    await until(lambda: len(sender.shown) >= number)


@pytest.mark.postgresql
async def test_a_database_that_is_lost_under_load_costs_no_message(
    postgres: Database, postgresql_url: str
) -> None:
    sender = RememberingSender()
    await postgres.write(write_all)
    server = await asyncpg.connect(postgresql_url.replace("+asyncpg", ""))

    async with delivering(postgres, sender, "one", at_once=AT_ONCE) as delivery:
        for cut in range(CUTS):
            await shown(sender, cut * 40 + 10)
            await server.execute(CUT)
        await until(lambda: len(set(sender.shown)) == CHATS * OF_EACH and delivery.idle)
    await server.close()

    again = sum(times - 1 for times in Counter(sender.shown).values())
    assert again <= CUTS * UNWRITTEN * AT_ONCE
    for chat in range(CHATS):
        came = [int(text) for to, text in sender.shown if to == f"{chat}"]
        assert came == sorted(came)
