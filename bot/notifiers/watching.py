"""Looking at the backlog now and then, for whoever is on call."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.clock import real_now
from bot.notifiers.lane import Lane
from storage import backlog
from storage.backlog import Waiting
from storage.database import Database
from storage.errors import StorageError

EVERY = timedelta(seconds=15)
log = structlog.get_logger("delivery")
Tell = Callable[[Sequence[Waiting], Mapping[str, Lane], datetime], None]


async def watch(database: Database, lanes: Callable[[], Mapping[str, Lane]], tell: Tell) -> None:
    """Tell what waits and how each channel does, until cancelled."""
    while True:
        now = real_now()
        try:
            tell(await database.read(partial(backlog.waiting, now_real=now)), lanes(), now)
        except StorageError as fault:
            log.warning("the backlog can't be counted", fault=type(fault).__name__)
        await asyncio.sleep(EVERY.total_seconds())
