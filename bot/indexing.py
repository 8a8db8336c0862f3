"""The index of what persons write is filled beside the turns, a few messages at a time."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from storage.centre import typed_words
from storage.database import Database
from storage.errors import StorageError

FILLED_EVERY = timedelta(seconds=2)

log = structlog.get_logger("indexing")


async def fill_index(database: Database) -> int:
    """Take in all that was written since; how many messages. Raises StorageError."""
    taken = 0
    while some := await _fill_some(database):
        taken += some
        if some < typed_words.SOME:
            break
    return taken


async def keep_index_filled(database: Database) -> None:
    """The same, which keeps its faults to itself. A database that is away is asked the next time."""
    await _quietly(fill_index, database)


async def take_in_the_newest(database: Database) -> None:
    """What was said a moment ago, for whoever searches now; no more than goes quickly, and as quietly."""
    await _quietly(_fill_some, database)


async def _fill_some(database: Database) -> int:
    if not await database.read(typed_words.has_news):
        return 0
    return await database.write(typed_words.fill_some)


async def _quietly(fill: Callable[[Database], Awaitable[int]], database: Database) -> None:
    try:
        await fill(database)
    except StorageError as fault:
        log.warning("the index of words waits", fault=type(fault).__name__)
    except Exception:
        log.error("the index of words can't be filled", exc_info=True)
