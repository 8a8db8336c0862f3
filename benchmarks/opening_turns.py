"""A service that opens two hundred lists while parents ask for their places, and before."""

import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from benchmarks.broken import BenchBroken
from benchmarks.databases import SECRET_KEY, URLS, let_settle, read, write
from benchmarks.families import settle_in
from benchmarks.opening_city import SEATS, TERRITORIES, fill, publish
from benchmarks.telegram import bot_api, post_updates
from benchmarks.turn import service
from bot.clock import SystemClock, real_now
from domain.seat_list import SeatList
from storage.database import Database
from storage.keyring import Keyring
from storage.tables import access, seat_list
from storage.transaction import Transaction
from storage.vault import Vault

APPLICATIONS = 100_000
WARM_UP, REST, MEANWHILE = 6, 8, 10
PATIENCE_SECONDS = 900.0
_SPAN_OF_IDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Turns:
    """The 99th percentiles in milliseconds, and how long it took until everybody was told."""

    p99_rest: float
    p99_opening: float
    seconds: float


def turns_meanwhile(kind: str) -> Turns:
    """Measure on a database of that kind. Raises BenchBroken."""
    with ExitStack() as stack:
        api = stack.enter_context(bot_api())
        url = stack.enter_context(URLS[kind]())
        write(url, settle_in)
        asyncio.run(_fill(url))
        let_settle(url)
        asyncio.run(_publish(url, real_now() - timedelta(hours=13)))
        port = stack.enter_context(service(url, api))
        _answered(port, WARM_UP, 1)
        rest = _answered(port, REST, 2)
        opens_at = write(url, _open)
        opening = _answered(port, MEANWHILE, 3)
        return Turns(rest, opening, _seconds_until_told(url, opens_at))


def _answered(port: int, seconds: int, number: int) -> float:
    """The 99th percentile of so many seconds of load."""
    load = post_updates(port, seconds, number * _SPAN_OF_IDS)
    if load.refused or load.broken:
        raise BenchBroken(f"{load.refused} updates were refused, {load.broken} were not answered")
    if not load.acknowledged:
        raise BenchBroken(f"no update was answered within {seconds} s")
    return load.p99


async def _fill(url: str) -> None:
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), SystemClock())
    await fill(database, APPLICATIONS, of_one_parent=False)
    await database.close()


async def _publish(url: str, published: datetime) -> None:
    """Lists that are not open before somebody says so."""
    database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), SystemClock())
    later = published + timedelta(days=2)
    planned = SeatList(publish_at=published, opens_at=later, priority_ends_at=later + timedelta(days=3))
    await publish(database, planned, published - timedelta(hours=3))
    await database.close()


def _open(tx: Transaction) -> datetime:
    """It is 07:00 now."""
    tx.conn.execute(update(seat_list).values(opens_at=tx.now))
    return tx.now


def _seconds_until_told(url: str, opens_at: datetime) -> float:
    def told(tx: Transaction) -> tuple[int, datetime | None, int]:
        made = tx.conn.execute(
            select(func.count()).where(seat_list.c.access_made_at.is_not(None))
        ).scalar_one()
        last = tx.conn.execute(select(func.max(access.c.told_at))).scalar_one()
        untold = tx.conn.execute(select(func.count()).where(access.c.told_at.is_(None))).scalar_one()
        return made, last, untold

    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        made, last, untold = read(url, told)
        if made == TERRITORIES and not untold and last is not None:
            return (last - opens_at).total_seconds()
        time.sleep(0.5)
    raise BenchBroken(f"of {TERRITORIES} lists with {SEATS} seats {made} were opened, {untold} not told")
