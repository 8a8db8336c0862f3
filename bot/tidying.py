"""What is tidied up while the service runs. Nothing that decides waits for it."""

from collections.abc import Awaitable
from datetime import timedelta

import structlog

from bot.clock import real_now
from bot.uploads.kept_files import KeptFiles
from storage import attempts, exports, staff_forms, staff_sessions
from storage.centre import duty, presence
from storage.database import Database
from storage.errors import StorageError
from storage.file_rotation import rotate_files
from storage.file_tidying import Tidied, tidy_files
from storage.rotation import rotate
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction

KEPT = timedelta(days=1)
"""How long tries are kept: much longer than any limit looks back."""

log = structlog.get_logger("tidying")


async def roll_in_new_key(database: Database, files: SealedFiles) -> None:
    """Seal anew what an older key of the ring has sealed; the old key can then be taken off it."""
    try:
        sealed = await rotate(database)
        contents = await rotate_files(database, files)
    except StorageError as fault:
        log.warning("rotation goes on at the next start", fault=type(fault).__name__)
    except Exception:
        log.error("rotation broke", exc_info=True)
    else:
        log.info("everything is sealed with the newest key", sealed_anew=sealed, files=contents.done)
        if contents.left:
            log.error("some files can't be opened with any key", files=contents.left)


async def forget_old_tries(database: Database) -> int:
    """Delete the tries that no limit counts any more, a few at a time; how many went."""
    gone = 0
    while some := await database.write(_forget):
        gone += some
    return gone


async def forget_old_sessions(database: Database) -> int:
    """Delete the console's sessions that are over, and which forms were sent in them; how many went."""
    gone = 0
    while some := await database.write(_forget_sessions):
        gone += some
    return gone


async def forget_who_was_there(database: Database) -> int:
    """Delete who looked at a conversation and does not any more; how many went."""
    gone = 0
    while some := await database.write(lambda tx: presence.forget_gone(tx, real_now())):
        gone += some
    return gone


async def forget_old_exports(database: Database) -> int:
    """Take away the exports that nobody has fetched in a day, a few at a time; how many files went."""
    gone = 0
    while some := await database.write(exports.forget_old):
        gone += some
    return gone


async def tidy_up(database: Database, files: SealedFiles) -> None:
    """Tidy everything up once. What is away is asked the next time."""
    await _patiently("tries", forget_old_tries(database))
    await _patiently("sessions", forget_old_sessions(database))
    await _patiently("presence", forget_who_was_there(database))
    await _patiently("exports", forget_old_exports(database))
    await _patiently("files", tidy_up_files(database, files))


async def tidy_up_files(database: Database, files: SealedFiles) -> Tidied:
    """Delete the files that nobody needs; how many. Raises StorageError."""
    awaited = await KeptFiles(database, files).awaited()
    return await tidy_files(database, files, awaited, real_now())


async def _patiently(what: str, work: Awaitable[object]) -> None:
    try:
        await work
    except StorageError as fault:
        log.warning("tidied up later", what=what, fault=type(fault).__name__)
    except Exception:
        log.error("tidying up broke", what=what, exc_info=True)


def _forget(tx: Transaction) -> int:
    return attempts.forget_before(tx, tx.now - KEPT)


def _forget_sessions(tx: Transaction) -> int:
    """By the machine's clock, as they were begun. Whoever has none any more is off duty."""
    now = real_now()
    duty.end_of_gone(tx, now)
    return staff_sessions.forget_over(tx, now) + staff_forms.forget_before(
        tx, now - 2 * staff_sessions.LONGEST
    )
