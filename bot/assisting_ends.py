"""Help on the telephone that is over is signed out. No turn waits for it: each looks at the time itself."""

from datetime import datetime
from functools import partial

import structlog

from bot.centre.assisting import end_by_itself
from bot.clock import real_now
from storage import audit
from storage.centre import assisted
from storage.centre.assisted import Helped
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import Transaction

log = structlog.get_logger("assisting")


async def end_what_is_over(database: Database, really: datetime | None = None) -> int:
    """End what is over by now; how many. A database that is away is asked the next time."""
    try:
        found = await database.read(assisted.every_one)
        return sum([await database.write(partial(_end, each, really or real_now())) for each in found])
    except StorageError as fault:
        log.warning("help is signed out later", fault=type(fault).__name__)
    except Exception:
        log.error("signing out broke", exc_info=True)
    return 0


def _end(helped: Helped, really: datetime, tx: Transaction) -> int:
    seen = assisted.find(tx, helped.conversation_id)
    ended = None if seen is None else end_by_itself(tx, seen, really)
    if ended is None:
        return 0
    audit.append(
        tx, at=tx.now, actor=ended.actor, what=ended.what, about=ended.about, data=ended.data, from_where=None
    )
    return 1
