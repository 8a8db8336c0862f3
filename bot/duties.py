"""What falls due by itself: each kind made a few at a time, once, whichever process comes first.

Who makes a part of it takes it in the same transaction, so two clockworks divide the work between them, and
one that was away for days finds all of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot import clock_news, line_alarms, moved_deadlines, put_off, reminding
from bot.centre import driving
from bot.notifiers import falling_back
from bot.rounds import digests, lists, marks, still_wanted
from domain.errors import NoPolicyInForce
from domain.policy import Policy
from storage import fallen_due, policies, silence, stale_privileges
from storage.centre import silent
from storage.database import Database
from storage.due import Due
from storage.queues import Queue
from storage.seats import access_making, access_plans, list_openings, returning
from storage.seats.access_making import Making
from storage.transaction import Transaction

SOME = 20
"""So many in one transaction where each is a few rows."""

MANY = 200
"""So many where each is one."""

Duty = Callable[[Database], Awaitable[int]]
"""Makes all that is due of one kind; how much that was."""


async def age_out(database: Database) -> int:
    """Everybody who has grown too old; how many. Due on one day a year, and asked every day."""
    return await _queues(database, await database.read(fallen_due.queues_aged_out))


async def _suspensions(database: Database) -> int:
    return await _queues(database, await database.read(fallen_due.queues_with_suspensions_over))


async def _queues(database: Database, queues: list[Queue]) -> int:
    return sum([await _all(database, partial(_queue, queue=each)) for each in queues])


def _queue(tx: Transaction, queue: Queue) -> int:
    limit = _policy(tx, queue.territory_id).age_limit_years
    return fallen_due.make_due(tx, queue.id, age_limit=limit, most=SOME)


def _policy(tx: Transaction, territory_id: int) -> Policy:
    try:
        return policies.in_force(tx, territory_id, tx.now)
    except NoPolicyInForce:
        return Policy()


async def _privileges(database: Database) -> int:
    """Before a list opens the register is asked about those whose privilege it confirmed long ago."""
    lists = await database.read(list_openings.to_be_asked)
    for list_id in lists:
        children = await database.read(partial(list_openings.stale_children, list_id=list_id))
        for first in range(0, len(children), MANY):
            some = children[first : first + MANY]
            await database.write(partial(stale_privileges.ask_first, child_ids=some))
        await database.write(partial(list_openings.asked, list_id=list_id))
    return len(lists)


async def _lists(database: Database) -> int:
    lists = await database.read(list_openings.to_be_made)
    for list_id in lists:
        await _open(database, list_id)
    return len(lists)


async def _open(database: Database, list_id: int) -> None:
    making = await database.write(partial(access_making.make, list_id=list_id))
    while making is not Making.MADE:
        thought = None
        if making is Making.FAR:
            thought = await database.read(partial(access_plans.think_apart, list_id=list_id))
        making = await database.write(partial(access_making.make, list_id=list_id, thought=thought))


async def _all(database: Database, some: Callable[[Transaction], int]) -> int:
    number = 0
    while made := await database.write(some):
        number += made
    return number


def _repeated(some: Callable[[Transaction], int]) -> Duty:
    return partial(_all, some=some)


DAILY: Mapping[str, Duty] = {
    "age": age_out,
    "days_off": moved_deadlines.move,
    "reminders": reminding.put_right,
}
"""What is looked for once a day, and by whoever begins to run."""
DUTIES: Mapping[Due, Duty] = {
    Due.HOLDS: _repeated(clock_news.holds),
    Due.REFERRALS: _repeated(clock_news.referrals),
    Due.RETURNED: _repeated(partial(returning.put_on_lists, limit=SOME)),
    Due.SUSPENSIONS: _suspensions,
    Due.PRIVILEGES: _privileges,
    Due.LISTS: _lists,
    Due.SILENCE: _repeated(partial(silence.count_over, limit=SOME)),
    Due.PAUSES: _repeated(partial(silence.pause_due, limit=SOME)),
    Due.ACCESS_NEWS: _repeated(clock_news.access),
    Due.NEWS: _repeated(clock_news.others),
    Due.PUBLISHED: lists.tell_published,
    Due.TO_EVERYONE: lists.tell_everyone,
    Due.MARKS: marks.find_marks,
    Due.MARK_NEWS: marks.tell_marks,
    Due.DIGESTS: digests.tell_digests,
    Due.STILL_WANTED: still_wanted.ask,
    Due.HOLDS_ENDING: _repeated(reminding.holds),
    Due.REFERRALS_ENDING: _repeated(reminding.referrals),
    Due.LAST_EVENINGS: _repeated(reminding.accesses),
    Due.NOTICES: _repeated(put_off.send_due),
    Due.UNREAD: _repeated(falling_back.unread),
    Due.SILENT_OPERATORS: _repeated(partial(silent.give_back, limit=MANY)),
    Due.ALARMS: _repeated(partial(line_alarms.notice, limit=MANY)),
    Due.DRIVES: _repeated(driving.end_silent),
}
"""In the order in which they are done: what comes later may rest on what came before."""
