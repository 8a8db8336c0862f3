"""Wire: how long a message takes from its commit until it is at the Bot API server, when all else is quiet.

One process with the usual pace; each message goes to a chat of its own and is in nobody's hand, as a notice
is that the clockwork has written.
"""

import asyncio
import gc
import time
from functools import partial
from statistics import quantiles

from benchmarks.backlog import write_backlog
from benchmarks.broken import BenchBroken
from benchmarks.databases import DURABLE, SECRET_KEY, URLS, durability
from benchmarks.figures import print_table
from benchmarks.noting_api import NotingApi, noting_api
from benchmarks.telegram import TOKEN
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.send import TelegramSender
from bot.clock import SystemClock
from bot.notifiers.delivery import Delivery
from domain.pace import Pace
from storage.database import Database
from storage.keyring import Keyring
from storage.vault import Vault

MESSAGES, FIRST_ONES, PAUSE_SECONDS = 300, 20, 0.06
MOST_P99_MS, LONGEST_SECONDS = 100.0, 10.0
PACES = {"telegram": Pace(per_second=30, per_second_of_chat=1, burst=10)}


def run(name: str) -> dict[str, object]:
    """Measure on the database that stands behind the dash of the name. Raises BenchBroken."""
    kind = name.partition("-")[2]
    with URLS[kind]() as url, noting_api() as api:
        if (found := durability(url)) != DURABLE[kind]:
            raise BenchBroken(f"a commit would not survive a power cut: {found}")
        times = asyncio.run(_measured(url, api))
    hundredths = quantiles(times, n=100)
    p50, p99 = hundredths[49], hundredths[98]
    print_table(name, ("from commit to wire", "p50 ms", "p99 ms", "at most"), [(kind, p50, p99, MOST_P99_MS)])
    return {"bench": name, "ratio": round(p99 / MOST_P99_MS, 2), "p50": round(p50, 1), "p99": round(p99, 1)}


async def _measured(url: str, api: NotingApi) -> list[float]:
    """Milliseconds, one for each message but the first ones."""
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), SystemClock())
    telegram = TelegramApi(TOKEN, api.url)
    senders = {"telegram": TelegramSender(telegram)}
    delivery = Delivery(database, senders, "bench", lambda channel, outcome: None, paces=PACES)
    running = asyncio.create_task(delivery.run())
    gc.collect()
    gc.freeze()
    times = []
    for number in range(FIRST_ONES + MESSAGES):
        await database.write(partial(write_backlog, first=number, chats=1, of_each=1))
        committed = time.perf_counter()
        async with asyncio.timeout(LONGEST_SECONDS):
            while len(api.instants) <= number:
                await asyncio.sleep(0.001)
        times.append((api.instants[number] - committed) * 1000)
        await asyncio.sleep(PAUSE_SECONDS)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await delivery.drain()
    await telegram.close()
    await database.close()
    return times[FIRST_ONES:]
