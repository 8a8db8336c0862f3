"""Rows by the hundred thousand, made by the database itself: sent by Python they take far longer."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Table, Text, case, cast, insert, literal, select

from benchmarks.place_queues import BETWEEN, FIRST_DAY, PARENT, insert_children
from domain.application import QueueClass, QueueKind, Status
from storage.tables import application, contact, conversation, parent
from storage.transaction import Transaction
from storage.types import MICROSECOND, Id, Instant, Json, to_microseconds

FIRST_CHAT = 600_000_000
_STEP = BETWEEN / 10
_CLASSES = ((30, QueueClass.OUT_OF_QUEUE), (200, QueueClass.FIRST_PRIORITY))
"""Of a thousand so many and fewer, as of a town's queue; the rest is the general class."""
_LANGUAGES = ((650, ["kk"]), (850, ["ru"]))
"""The same of the languages a family asks for; the rest takes either."""


def insert_parents(tx: Transaction, territory_id: int, numbers: range, chat_of_every: int = 1) -> None:
    """Parents of these ids, every so many-th of them with an account in Telegram, of the same ids."""
    n = numbers_of(numbers)
    told = {"language": literal("kk"), "notice_way": literal("messenger"), "created_at": _at(tx)}
    insert_rows(tx, n, parent, {"id": n.c.i, **told})
    n = numbers_of(range(-(-numbers.start // chat_of_every) * chat_of_every, numbers.stop), chat_of_every)
    place = {"territory_id": literal(territory_id, Id)}
    account = {"channel": literal("telegram"), "address": cast(n.c.i + FIRST_CHAT, Text)}
    insert_rows(tx, n, contact, {"id": n.c.i, "parent_id": n.c.i, "created_at": _at(tx), **account, **place})
    insert_rows(tx, n, conversation, {"id": n.c.i, "contact_id": n.c.i, "step_token": literal(0), **place})


def insert_applications(
    tx: Transaction, queue_id: int, territory_id: int, numbers: range, *, of_one_parent: bool
) -> None:
    """Applications of these ids, each of a child of its own, uncounted: `count_anew` must follow."""
    insert_children(tx, numbers)
    if tx.dialect == "postgresql":
        # That child, parent and territory are there is checked row by row, which takes a third of the time.
        tx.conn.exec_driver_sql("SET LOCAL session_replication_role = replica")
    n = numbers_of(numbers)
    row = {
        "id": n.c.i,
        "number": n.c.i,
        "child_id": n.c.i,
        "parent_id": literal(PARENT, Id) if of_one_parent else n.c.i,
        "queue_id": literal(queue_id, Id),
        "territory_id": literal(territory_id, Id),
        "kind": literal(QueueKind.GENERAL.value),
        "queue_class": _drawn(n, 7919, _CLASSES, QueueClass.GENERAL, Integer()),
        "submitted_at": _submitted_at(tx, n.c.i),
        "status": literal(Status.AWAITING_PLACE.value),
        "unverified": literal(False),
        "languages": _drawn(n, 104729, _LANGUAGES, ["kk", "ru"], Json()),
        "notice_way": literal("messenger"),
        "language": literal("kk"),
        "told_sequence": literal(1),
        "silent_periods": literal(0),
        "created_at": _at(tx),
    }
    insert_rows(tx, n, application, row)


def numbers_of(numbers: range, step: int = 1) -> CTE:
    """A table of these numbers, or every so many-th of them, in a column `i`."""
    n = select(literal(numbers.start, Id).label("i")).cte("n", recursive=True)
    return n.union_all(select(n.c.i + step).where(n.c.i < numbers.stop - step))


def insert_rows(tx: Transaction, n: CTE, table: Table, row: dict[str, Any]) -> None:
    """One row of the table for each number."""
    tx.conn.execute(insert(table).from_select(list(row), select(*row.values()).select_from(n)))


def _drawn(
    n: CTE, seed: int, chances: tuple[tuple[int, Any], ...], rest: Any, kind: Any
) -> ColumnElement[Any]:
    """One of these by chance, and the same for the same number whenever it is drawn."""
    draw = n.c.i * n.c.i % seed * 31 % 1000
    return case(*((draw < most, literal(each, kind)) for most, each in chances), else_=literal(rest, kind))


def _at(tx: Transaction) -> ColumnElement[Any]:
    return literal(tx.now, Instant())


def _submitted_at(tx: Transaction, number: ColumnElement[int]) -> ColumnElement[Any]:
    if tx.dialect == "sqlite":
        return literal(to_microseconds(FIRST_DAY)) + number * (_STEP // MICROSECOND)
    return literal(FIRST_DAY, Instant()) + number * literal(_STEP)
