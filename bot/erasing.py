"""What erasures leave to be done, done in the background: a few rows at a time, again after any crash."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog

from storage import erasures, forgetting, wiping
from storage.database import Database
from storage.erasures import Erasure
from storage.errors import StorageError
from storage.forgetting_children import forget_children
from storage.forgetting_parent import forget_parent
from storage.kept_iins import forget_iin
from storage.letting_go import Went, let_go, newest_message
from storage.transaction import Transaction

QUIET = timedelta(hours=1)
"""So long after the last message an account may still see that everything is gone."""
_AT_ONCE = 20
log = structlog.get_logger("erasing")


async def erase_what_is_due(database: Database) -> None:
    """Do what is due now. A database that is away is asked the next time."""
    try:
        await erase_rest(database)
    except StorageError as fault:
        log.warning("erasures go on later", fault=type(fault).__name__)
    except Exception:
        log.error("an erasure broke", exc_info=True)


async def erase_rest(database: Database) -> int:
    """Do everything that is due now; how much that was."""
    number = 0
    while some := await database.read(partial(erasures.due, limit=_AT_ONCE)):
        for each in some:
            await _go_on(database, each)
        number += len(some)
    if number:
        await database.settle_log()
    return number


async def _go_on(database: Database, each: Erasure) -> None:
    if each.child_id is not None:
        await database.write(partial(_iin, each=each))
    elif each.conversation_id is not None:
        await _conversation(database, each, each.conversation_id)
    else:
        await _repeat(database, partial(wiping.wipe_own, parent_id=each.parent_id))
        await database.write(partial(_look_again, each=each))


async def _conversation(database: Database, each: Erasure, conversation_id: int) -> None:
    up_to = each.up_to or 0
    await _wipe(database, partial(wiping.wipe_said, sealed_only=not each.own), conversation_id, up_to)
    if each.own:
        await _repeat(database, partial(wiping.wipe_beside, conversation_id=conversation_id))
    gone = await database.write(partial(_let_go, each=each, conversation_id=conversation_id))
    if gone is not None:
        await _wipe(database, wiping.wipe_said, conversation_id, gone)
        await _wipe(database, wiping.wipe_message_names, conversation_id, gone)
        await database.write(partial(erasures.done, erasure_id=each.id))


async def _repeat(database: Database, some: Callable[[Transaction], bool]) -> None:
    while await database.write(some):
        pass


async def _wipe(
    database: Database, some: Callable[..., int | None], conversation_id: int, up_to: int
) -> None:
    after: int | None = 0
    while after is not None:
        after = await database.write(partial(some, conversation_id=conversation_id, after=after, up_to=up_to))


def _look_again(tx: Transaction, each: Erasure) -> None:
    """Once more when everything under way has come to its end: what it wrote of the parent goes, too."""
    until = each.at + QUIET
    if tx.now < until:
        erasures.put_off(tx, each.id, until)
        return
    late = forgetting.lock_accounts(tx, each.parent_id)
    forgetting.sign_out(tx, late)
    erasures.of_conversations(
        tx, each.parent_id, [account.conversation_id for account in late], tx.now, own=True
    )
    forget_parent(tx, each.parent_id)
    forget_children(tx, each.parent_id, erasures.children_left(tx, each.parent_id))
    erasures.done(tx, each.id)


def _let_go(tx: Transaction, each: Erasure, conversation_id: int) -> int | None:
    """The last message that is to go with the account; None: it stays, or is looked at again."""
    until = each.at + QUIET
    if not each.own:
        erasures.done(tx, each.id)
    elif tx.now < until:
        erasures.put_off(tx, each.id, until)
    else:
        match let_go(tx, conversation_id, QUIET):
            case Went.GONE:
                return newest_message(tx, conversation_id)
            case Went.IN_USE:
                erasures.put_off(tx, each.id, tx.now + QUIET)
            case Went.BEGAN_ANEW:
                erasures.done(tx, each.id)
    return None


def _iin(tx: Transaction, each: Erasure) -> None:
    assert each.child_id is not None
    until = forget_iin(tx, each.child_id)
    if until is None:
        erasures.done(tx, each.id)
    else:
        erasures.put_off(tx, each.id, until)
