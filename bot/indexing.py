"""The index of what persons write is filled beside the turns, a few messages at a time."""

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
    while await database.read(typed_words.has_news):
        some = await database.write(typed_words.fill_some)
        taken += some
        if some < typed_words.SOME:
            return taken
    return taken


async def keep_index_filled(database: Database) -> None:
    """The same, which keeps its faults to itself. A database that is away is asked the next time."""
    try:
        await fill_index(database)
    except StorageError as fault:
        log.warning("the index of words waits", fault=type(fault).__name__)
    except Exception:
        log.error("the index of words can't be filled", exc_info=True)
