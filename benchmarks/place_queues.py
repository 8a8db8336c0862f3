"""Queues of a size, filled as fast as the database goes, for the benchmark of places."""

from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import insert, text

from domain.application import QueueClass, QueueKind
from storage.bulk import count_anew, insert_applications
from storage.database import Database
from storage.queues import queue_for
from storage.submitting import NewApplication
from storage.tables import parent, territory
from storage.transaction import Transaction

CHUNK = 20_000
SPARE = 20_000
"""Children that have no application yet: they are for those who join while it is measured."""

BIRTH_YEAR = 2022
TERRITORY, PARENT = 1, 1
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(seconds=60)
"""From one application to the next."""

_CHILDREN = {
    "sqlite": text(
        "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
        "INSERT INTO child (id, iin_index, iin, birth_date, birth_year, sex, created_at) "
        "SELECT i, randomblob(32), randomblob(60), randomblob(60), 2022, 'female', 0 FROM n"
    ),
    "postgresql": text(
        "INSERT INTO child (id, iin_index, iin, birth_date, birth_year, sex, created_at) "
        "SELECT i, sha256(int8send(i)), sha512(int8send(i)), sha512(int8send(-i)), 2022, "
        "'female', now() FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) i"
    ),
}


def new_application(number: int, queue_class: QueueClass, submitted_at: datetime | None) -> NewApplication:
    """The application of the child of this number, from 1; `submitted_at` None is now."""
    return NewApplication(
        child_id=number,
        parent_id=PARENT,
        territory_id=TERRITORY,
        kind=QueueKind.GENERAL,
        birth_year=BIRTH_YEAR,
        queue_class=queue_class,
        submitted_at=submitted_at,
    )


def class_of(random: Random) -> QueueClass:
    """One of a queue like a town's: few out of queue, every sixth with first priority."""
    draw = random.random()
    if draw < 0.03:
        return QueueClass.OUT_OF_QUEUE
    return QueueClass.FIRST_PRIORITY if draw < 0.2 else QueueClass.GENERAL


async def fill(database: Database, size: int) -> int:
    """Fill a queue with `size` applications, of the children 1 to `size`; its id."""
    queue_id = await database.write(_people)
    random = Random(size)
    for first in range(1, size + SPARE + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, size + SPARE + 1))
        await database.write(lambda tx, numbers=numbers: insert_children(tx, numbers))  # type: ignore[misc]
        new = [
            new_application(each, class_of(random), FIRST_DAY + each * BETWEEN)
            for each in numbers
            if each <= size
        ]
        await database.write(lambda tx, new=new: load(tx, queue_id, new))  # type: ignore[misc]
    await database.write(lambda tx: count_anew(tx, queue_id))
    return queue_id


def _people(tx: Transaction) -> int:
    names = {"name_kk": "Қала", "name_ru": "Город", "name_en": "City"}
    tx.conn.execute(insert(territory), {"id": TERRITORY, "code": "city", "kind": "city"} | names)
    whose = {"id": PARENT, "language": "kk", "notice_way": "messenger", "created_at": tx.now}
    tx.conn.execute(insert(parent), whose)
    return queue_for(tx, TERRITORY, QueueKind.GENERAL, BIRTH_YEAR)


def insert_children(tx: Transaction, numbers: range) -> None:
    """Children with these numbers as ids."""
    span = {"first": numbers.start, "last": numbers.stop - 1}
    tx.conn.execute(_CHILDREN[tx.dialect], span)


def load(tx: Transaction, queue_id: int, new: list[NewApplication]) -> None:
    """Applications into a queue, uncounted."""
    if tx.dialect == "postgresql":
        # That child, parent and territory are there is checked row by row, which takes a third of the time.
        tx.conn.execute(text("SET LOCAL session_replication_role = replica"))
    insert_applications(tx, queue_id, new)
