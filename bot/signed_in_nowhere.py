"""Whoever of the staff is signed in nowhere any more, however that came: neither on duty nor at the wheel.

Whoever ends a session calls `let_go` in the same transaction. The job looks for what came to its end by time,
and for whoever took the wheel in the very moment in which the session ended.
"""

from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.centre import driving
from bot.clock import real_now
from storage.centre import duty, steering
from storage.database import Database
from storage.errors import StorageError
from storage.transaction import Transaction

LOOKED_FOR_EVERY = timedelta(seconds=2)
log = structlog.get_logger("signed_in_nowhere")


def let_go(tx: Transaction, really: datetime) -> int:
    """Questions go back to the pool, and the bot answers again; in how many chats.

    `really` is the time by which sessions go.
    """
    duty.end_of_gone(tx, really)
    return driving.end_of_gone(tx, really)


async def look_for_them(database: Database, really: datetime | None = None) -> int:
    """Let go for whoever drives and is signed in nowhere; in how many chats."""
    at, ended = really or real_now(), 0
    try:
        while await database.read(partial(steering.is_any_of_gone, really=at)):
            some = await database.write(partial(let_go, really=at))
            ended += some
            if not some:
                break  # a turn is under way there: at the next look
    except StorageError as fault:
        log.warning("chats are let go of later", fault=type(fault).__name__)
    except Exception:
        log.error("letting go broke", exc_info=True)
    return ended
