"""Two hundred territories whose queues wait for twenty thousand seats, filled as fast as it goes."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import insert, update

from benchmarks.opening_rows import insert_applications, insert_parents
from benchmarks.place_queues import BIRTH_YEAR, PARENT
from domain.application import QueueKind
from domain.policy import Policy
from domain.policy_data import to_data
from domain.seat_list import SeatList
from storage.bulk import count_anew
from storage.database import Database
from storage.publishing import NewBulletin, add_bulletin, list_at
from storage.queues import queue_for
from storage.tables import child, child_group, kindergarten, parent, policy, territory
from storage.transaction import Transaction

TERRITORIES = 200
GROUPS = ("kk", "kk", "kk", "ru")
"""The language of each group of a territory."""

SEATS_OF_GROUP = 25
SEATS = TERRITORIES * len(GROUPS) * SEATS_OF_GROUP
SINCE = datetime.fromisoformat("2019-01-01T00:00+06:00")


async def fill(database: Database, size: int, *, of_one_parent: bool, chat_of_every: int = 1) -> None:
    """So many applications in all, the same number in each territory.

    All of one parent without an account; else each of a parent of its own, of whom every one, or every so
    many-th, can be told something in Telegram.
    """
    await database.write(_places)
    each = size // TERRITORIES
    for place in range(1, TERRITORIES + 1):
        numbers = range((place - 1) * each + 1, place * each + 1)
        chats = 0 if of_one_parent else chat_of_every
        await database.write(partial(_queue, place=place, numbers=numbers, chat_of_every=chats))
    await database.write(_seal_first)


def _seal_first(tx: Transaction) -> None:
    """A service tries its key on the first child: that one has an IIN like anybody's."""
    sealed = tx.vault.seal("child", 1, "iin", "220101500017")
    tx.conn.execute(update(child).where(child.c.id == 1).values(iin=sealed))


async def publish(database: Database, planned: SeatList, reported_at: datetime) -> None:
    """Twenty thousand seats on the lists of all territories."""
    for place in range(1, TERRITORIES + 1):
        await database.write(partial(_list, place=place, planned=planned, reported_at=reported_at))


def _places(tx: Transaction) -> None:
    places = range(1, TERRITORIES + 1)
    names = {"name_kk": "Қала", "name_ru": "Город", "name_en": "City"}
    tx.conn.execute(
        insert(territory), [names | {"id": each, "code": f"city-{each}", "kind": "city"} for each in places]
    )
    rules = {"in_force_from": SINCE, "data": to_data(Policy())}
    tx.conn.execute(insert(policy), [rules | {"id": each, "territory_id": each} for each in places])
    house = {"name": "Garden", "ownership": "state", "languages": ["kk", "ru"]}
    tx.conn.execute(
        insert(kindergarten),
        [house | {"id": each, "code": f"garden-{each}", "territory_id": each} for each in places],
    )
    tx.conn.execute(insert(child_group), [row for each in places for row in _groups(each)])


def _groups(place: int) -> Iterator[dict[str, Any]]:
    of_all = {"kind": "day", "queue_kind": "general", "birth_years": [BIRTH_YEAR], "capacity": 500}
    for number, language in enumerate(GROUPS):
        name = {"code": f"group-{number}", "name": f"Group {number}"}
        own = {"id": _group(place, number), "kindergarten_id": place, "language": language}
        yield of_all | name | own


def _group(place: int, number: int) -> int:
    return place * len(GROUPS) + number


def _queue(tx: Transaction, place: int, numbers: range, chat_of_every: int) -> None:
    """`chat_of_every` 0: all are of one parent without an account."""
    if chat_of_every:
        insert_parents(tx, place, numbers, chat_of_every)
    elif place == 1:
        whose = {"id": PARENT, "language": "kk", "notice_way": "messenger", "created_at": tx.now}
        tx.conn.execute(insert(parent), whose)
    queue_id = queue_for(tx, place, QueueKind.GENERAL, BIRTH_YEAR)
    insert_applications(tx, queue_id, place, numbers, of_one_parent=not chat_of_every)
    count_anew(tx, queue_id)


def _list(tx: Transaction, place: int, planned: SeatList, reported_at: datetime) -> None:
    list_id = list_at(tx, place, planned)
    for number, language in enumerate(GROUPS):
        new = NewBulletin(
            list_id=list_id,
            group_id=_group(place, number),
            seats=SEATS_OF_GROUP,
            language=language,
            birth_years=[BIRTH_YEAR],
            seat_kind="vacant",
            released_on=date(2026, 11, 20),
            reported_at=reported_at,
        )
        add_bulletin(tx, new)
