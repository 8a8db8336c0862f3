"""What is tidied up while the service runs. Nothing that decides waits for it."""

import asyncio
from datetime import timedelta

import structlog

from storage import attempts
from storage.database import Database
from storage.errors import StorageError
from storage.rotation import rotate
from storage.transaction import Transaction

KEPT = timedelta(days=1)
"""How long tries are kept: much longer than any limit looks back."""

EVERY = timedelta(hours=1)
log = structlog.get_logger("tidying")


async def roll_in_new_key(database: Database) -> None:
    """Seal anew what an older key of the ring has sealed; the old key can then be taken off it."""
    try:
        sealed = await rotate(database)
    except StorageError as fault:
        log.warning("rotation goes on at the next start", fault=type(fault).__name__)
    except Exception:
        log.error("rotation broke", exc_info=True)
    else:
        log.info("everything is sealed with the newest key", sealed_anew=sealed)


async def forget_old_tries(database: Database) -> int:
    """Delete the tries that no limit counts any more, a few at a time; how many went."""
    gone = 0
    while some := await database.write(_forget):
        gone += some
    return gone


async def keep_tidy(database: Database, every: timedelta = EVERY) -> None:
    """Tidy up again and again, until cancelled. A database that is away is asked the next time."""
    while True:
        try:
            await forget_old_tries(database)
        except StorageError as fault:
            log.warning("tries are forgotten later", fault=type(fault).__name__)
        await asyncio.sleep(every.total_seconds())


def _forget(tx: Transaction) -> int:
    return attempts.forget_before(tx, tx.now - KEPT)
