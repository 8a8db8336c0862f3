"""Applications: submitted, found, and what may become of them, the queue's counters kept along.

ApplicationRefused
├── ApplicationExists    the child has a live one in this territory and queue kind
└── ApplicationChanged   it is no longer as it was read: read it again and decide anew
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from domain.application import QueueClass, QueueKind, Status
from domain.queue_order import QueueKey
from storage.prepared import Prepared
from storage.queue_counters import Member
from storage.tables.people import guardian
from storage.tables.queues import LIVE, application
from storage.transaction import Transaction
from storage.types import Id


class ApplicationRefused(Exception):
    """The root of this tree; `application_id` is the one that stands in the way."""

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self.application_id = application_id


class ApplicationExists(ApplicationRefused):
    """The child has a live application in this territory and queue kind (ours)."""


class ApplicationChanged(ApplicationRefused):
    """The application is no longer as the caller has read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application as it is written down. Its address is sealed and read by `address_of`."""

    id: int
    number: int
    child_id: int
    parent_id: int
    queue_id: int
    territory_id: int
    kind: QueueKind
    queue_class: QueueClass
    submitted_at: datetime
    status: Status
    paused_at: datetime | None
    pause_reason: str | None
    suspended_from: datetime | None
    suspended_until: datetime | None
    unverified: bool
    languages: tuple[str, ...]
    notice_way: str
    language: str
    told_sequence: int
    silent_periods: int
    created_at: datetime
    ended_at: datetime | None

    @property
    def key(self) -> QueueKey:
        """What orders it within its class."""
        return QueueKey(self.submitted_at, self.number)

    @property
    def member(self) -> Member:
        """The application as its queue sees it."""
        return Member(
            application_id=self.id,
            queue_id=self.queue_id,
            queue_class=self.queue_class,
            key=self.key,
        )


_READ = select(*(column for column in application.c if column.name != "address"))
_BY_ID = _READ.where(application.c.id == bindparam("id", type_=Id))
_FIND = Prepared(_BY_ID)
_LOCKED = _BY_ID.with_for_update()
_BY_IDS = _READ.where(application.c.id.in_(bindparam("ids", expanding=True)))
_BY_NUMBER = _READ.where(application.c.number == bindparam("number", type_=Id))
_OF_CHILD = _READ.where(application.c.child_id == bindparam("child", type_=Id)).order_by(
    application.c.created_at, application.c.id
)
_PARENT = bindparam("parent", type_=Id)
_OF_PARENT = _READ.where(
    or_(
        application.c.parent_id == _PARENT,
        application.c.child_id.in_(select(guardian.c.child_id).where(guardian.c.parent_id == _PARENT)),
    )
).order_by(application.c.created_at, application.c.id)
_LIVE_OF_CHILD = _OF_CHILD.where(LIVE)
_LIVE_OF_PARENT = _OF_PARENT.where(LIVE)
_ADDRESS = select(application.c.address).where(application.c.id == bindparam("id", type_=Id))


def find(tx: Transaction, application_id: int) -> Application | None:
    """The application of this id."""
    row = _FIND.first(tx, {"id": application_id})
    return None if row is None else application_from(row._asdict())


def find_each(tx: Transaction, application_ids: Collection[int]) -> dict[int, Application]:
    """The applications of these ids, in one statement; one that is not there is not in it."""
    rows = tx.conn.execute(_BY_IDS, {"ids": list(application_ids)}).mappings()
    return {row["id"]: application_from(row) for row in rows}


def lock(tx: Transaction, application_id: int) -> Application | None:
    """The application of this id, which nobody else can change until this transaction ends."""
    return _one(tx, _LOCKED, id=application_id)


def find_by_number(tx: Transaction, number: int) -> Application | None:
    """The application of this number, whatever became of it."""
    return _one(tx, _BY_NUMBER, number=number)


def of_child(tx: Transaction, child_id: int) -> list[Application]:
    """All applications of a child, oldest first."""
    return _all(tx, _OF_CHILD, child=child_id)


def live_of_child(tx: Transaction, child_id: int) -> list[Application]:
    """The live applications of a child: at most one per territory and queue kind."""
    return _all(tx, _LIVE_OF_CHILD, child=child_id)


def live_of_parent(tx: Transaction, parent_id: int) -> list[Application]:
    """The live applications of a parent and of the children they are joined to, oldest first."""
    return _all(tx, _LIVE_OF_PARENT, parent=parent_id)


def address_of(tx: Transaction, application_id: int) -> str | None:
    """The address given with an application."""
    sealed = tx.conn.execute(_ADDRESS, {"id": application_id}).scalar_one_or_none()
    if sealed is None:
        return None
    return tx.vault.open("application", application_id, "address", sealed)


def application_from(row: Mapping[Any, Any]) -> Application:
    """An application from a row with all its columns but the address."""
    return Application(
        **{
            **row,
            "kind": QueueKind(row["kind"]),
            "queue_class": QueueClass(row["queue_class"]),
            "status": Status(row["status"]),
            "languages": tuple(row["languages"]),
        }
    )


def _one(tx: Transaction, statement: Select[*tuple[Any, ...]], **asked: int) -> Application | None:
    row = tx.conn.execute(statement, asked).mappings().one_or_none()
    return None if row is None else application_from(row)


def _all(tx: Transaction, statement: Select[*tuple[Any, ...]], **asked: int) -> list[Application]:
    return [application_from(row) for row in tx.conn.execute(statement, asked).mappings()]
