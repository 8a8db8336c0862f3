"""The delivery process is killed at random moments while it works: nothing is lost.

KEZEK_TEST_KILLS: how often; `make chaos` sets it.
"""

import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from bot.notifiers.lane import UNWRITTEN
from storage.database import Database
from storage.tables import delivery
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import SetClock
from tests.fakes.sms_gateway import SmsGateway
from tests.integration.delivering import say
from tests.integration.sms_by_delivery import AT_ONCE

KILLS = int(os.environ.get("KEZEK_TEST_KILLS", "8"))
CHATS, OF_EACH = 200, 10
Process = subprocess.Popen[str]


@pytest.mark.timeout(600)
async def test_a_delivery_that_is_killed_again_and_again_loses_nothing_and_repeats_only_what_was_in_flight(
    database_url: str, vault: Vault, clock: SetClock
) -> None:
    database = await Database.open(database_url, vault, clock)
    try:
        await database.write(write_all)
        gateway = await killed_again_and_again(database, database_url)
    finally:
        await database.close()

    times = Counter(gateway.taken)
    again = sum(number - 1 for number in times.values())
    assert len(times) == CHATS * OF_EACH
    assert again <= KILLS * AT_ONCE * UNWRITTEN
    # The same key is the same message: who knows it already need not send it again.
    assert all(len(texts) == 1 for texts in gateway.texts.values())
    assert each_in_order(gateway)


async def killed_again_and_again(database: Database, database_url: str) -> SmsGateway:
    """The gateway, when everything is settled."""
    moments = random.Random(KILLS)
    at = sorted(moments.sample(range(1, CHATS * OF_EACH - 20), KILLS))

    async with SmsGateway() as gateway:
        with processes(database_url, gateway.url) as ready:
            for number in at:
                process = begin(ready)
                await gateway.has_taken(number)
                await asyncio.sleep(moments.uniform(0, 0.01))
                process.kill()
            begin(ready)
            await gateway.has_taken(CHATS * OF_EACH)
            await all_settled(database)

    return gateway


def write_all(tx: Transaction) -> None:
    for chat in range(CHATS):
        texts = tuple(f"{number}" for number in range(OF_EACH))
        say(tx, f"+7701{chat:07}", texts, None, channel="sms")


def each_in_order(gateway: SmsGateway) -> bool:
    """Every chat got its messages one after the other; the one in flight perhaps twice."""
    came: dict[str, list[int]] = {}
    for key in gateway.taken:
        chat, _, number = next(iter(gateway.texts[key])).partition(": ")
        came.setdefault(chat, []).append(int(number))
    return all(numbers == sorted(numbers) for numbers in came.values())


async def all_settled(database: Database) -> None:
    sent = select(func.count()).where(delivery.c.state == "sent")
    async with asyncio.timeout(30):
        while await database.read(lambda tx: tx.conn.scalar(sent)) != CHATS * OF_EACH:
            await asyncio.sleep(0.02)


@contextmanager
def processes(database_url: str, gateway_url: str) -> Iterator[Iterator[Process]]:
    """Processes that have started and wait to begin: always the next one while one works."""
    command = [sys.executable, "-m", "tests.integration.sms_by_delivery", database_url, gateway_url]
    started: list[Process] = []

    def start() -> Process:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    def one_after_the_other() -> Iterator[Process]:
        following = start()
        while True:
            process, following = following, start()
            yield process

    try:
        yield one_after_the_other()
    finally:
        for process in started:
            process.kill()
            with process:
                process.wait()


def begin(ready: Iterator[Process]) -> Process:
    process = next(ready)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    return process
