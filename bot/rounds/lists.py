"""A list came out, or is open to everyone: who asked to hear of it is told, and for whom it can matter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.flows.concerned import parents_of_each
from bot.flows.telling import News, tell_all
from bot.rounds.facts import whose
from domain.notice import Told
from domain.taking import Wish, fits
from storage import alerts, applications, profiles, territories
from storage.alerts import Kept
from storage.applications import Application
from storage.database import Database
from storage.queues import read_queue
from storage.seats import list_news
from storage.seats.list_news import ListDue, ListNews, OnOffer
from storage.transaction import Transaction

AT_ONCE = 50
"""So many parents in one transaction: each is a few rows to write and to seal."""
MOST_HOUSES = 3
_KINDS = {ListNews.PUBLISHED: Told.LIST_PUBLISHED, ListNews.TO_EVERYONE: Told.OPEN_TO_EVERYONE}


@dataclass(slots=True)
class Reader:
    """One who is told, of which bulletins, and why: by subscription, or for applications that they fit."""

    fitting: dict[int, OnOffer] = field(default_factory=dict)
    alerts: list[int] = field(default_factory=list)
    applications: list[int] = field(default_factory=list)


async def tell_published(database: Database) -> int:
    """Tell what came out; how many parents."""
    return await _tell_lists(database, ListNews.PUBLISHED)


async def tell_everyone(database: Database) -> int:
    """Tell what is open to everyone; how many parents."""
    return await _tell_lists(database, ListNews.TO_EVERYONE)


async def _tell_lists(database: Database, what: ListNews) -> int:
    told = 0
    while (of := await database.read(partial(list_news.due, what=what))) is not None:
        written = await _tell_list(database, of)
        if written is None:
            break
        told += written
    return told


async def _tell_list(database: Database, of: ListDue) -> int | None:
    """How many were told; None: another clockwork is at it."""
    readers = await _readers(database, of)
    ids = sorted(each for each in readers if of.through is None or each > of.through)
    for first in range(0, len(ids), AT_ONCE):
        some = {each: readers[each] for each in ids[first : first + AT_ONCE]}
        if not await database.write(partial(_tell_some, of=of, some=some)):
            return None
        of = ListDue(of.list_id, of.territory_id, of.seat_list, of.what, max(some))
    return len(ids) if await database.write(partial(_finish, of=of)) else None


async def _readers(database: Database, of: ListDue) -> dict[int, Reader]:
    """Everybody who is told, found out a part at a time and before anything is written."""
    offered = await database.read(partial(list_news.offered, of=of))
    readers: dict[int, Reader] = {}
    if not offered:
        return readers
    after: int | None = 0
    while after is not None:
        some = await database.read(
            partial(alerts.some_of_territory, territory_id=of.territory_id, after=after)
        )
        _add_subscribers(readers, some, offered)
        after = some[-1].id if len(some) == alerts.AT_ONCE else None
    waiting = await database.read(partial(list_news.for_whom_it_matters, of=of))
    for first in range(0, len(waiting), AT_ONCE):
        await database.read(partial(_add_waiting, readers, waiting[first : first + AT_ONCE], offered))
    return readers


def _add_subscribers(readers: dict[int, Reader], some: Iterable[Kept], offered: Sequence[OnOffer]) -> None:
    for each in some:
        fitting = [on for on in offered if each.alert.wants(on.offer, on.house_id)]
        if fitting:
            reader = readers.setdefault(each.parent_id, Reader())
            reader.alerts.append(each.id)
            reader.fitting |= {on.offer.bulletin_id: on for on in fitting}


def _add_waiting(
    readers: dict[int, Reader], ids: Sequence[int], offered: Sequence[OnOffer], tx: Transaction
) -> None:
    found = applications.find_each(tx, set(ids))
    parents = parents_of_each(tx, list(found.values()))
    for each in found.values():
        wish = _wish(tx, each)
        fitting = {on.offer.bulletin_id: on for on in offered if fits(on.offer, wish)}
        for parent_id in parents[each.id]:
            reader = readers.setdefault(parent_id, Reader())
            reader.applications.append(each.id)
            reader.fitting |= fitting


def _wish(tx: Transaction, of: Application) -> Wish:
    queue = read_queue(tx, of.queue_id)
    assert queue is not None
    return Wish(
        queue_kind=of.kind,
        territory_id=of.territory_id,
        birth_year=queue.birth_year,
        languages=frozenset(of.languages),
    )


def _tell_some(tx: Transaction, of: ListDue, some: Mapping[int, Reader]) -> bool:
    """Tell these, unless somebody else has come further meanwhile."""
    if not list_news.take(tx, of):
        return False
    there = profiles.present(tx, some)
    found = applications.find_each(tx, {each for of_one in some.values() for each in of_one.applications})
    town = territories.names(tx, of.territory_id)
    news = [
        News(parent_id=each, kind=_KINDS[of.what], facts=_facts(tx, of, town, some[each], found))
        for each in sorted(there)
    ]
    tell_all(tx, news, tx.now)
    list_news.go_on(tx, of, max(some))
    return True


def _finish(tx: Transaction, of: ListDue) -> bool:
    if not list_news.take(tx, of):
        return False
    list_news.finish(tx, of)
    return True


def _facts(
    tx: Transaction,
    of: ListDue,
    town: Mapping[str, str],
    reader: Reader,
    found: Mapping[int, Application],
) -> dict[str, Any]:
    houses = list(dict.fromkeys(each.house for each in reader.fitting.values()))
    own = [found[each] for each in sorted(reader.applications) if each in found]
    return {
        "town": town,
        "opens": of.seat_list.opens_at.isoformat(),
        "everyone": of.seat_list.priority_ends_at.isoformat(),
        "seats": sum(each.free for each in reader.fitting.values()),
        "houses": houses[:MOST_HOUSES],
        "more_houses": max(len(houses) - MOST_HOUSES, 0),
        "alerts": sorted(reader.alerts),
        "items": [whose(tx, each.id, each.number, each.child_id) for each in own],
    }
