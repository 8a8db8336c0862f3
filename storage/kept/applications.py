"""The applications of a parent's children: each with privileges, documents, access, and its place over time.

What the other parent has sent is shown as the cabinet shows it: without the address they gave and without
their documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, or_, select

from domain.place_history import Step
from storage import documents, place_journal
from storage.applications import address_of
from storage.documents import Document
from storage.queue_places import place_of
from storage.tables import access, application, child, guardian, privilege, queue, seat_list, territory
from storage.transaction import Transaction
from storage.types import Id

Data = dict[str, Any]

_PARENT = bindparam("parent", type_=Id)
_ONE = bindparam("application", type_=Id)
_MINE = select(guardian.c.child_id).where(guardian.c.parent_id == _PARENT)
_IDS = (
    select(application.c.id)
    .where(or_(application.c.parent_id == _PARENT, application.c.child_id.in_(_MINE)))
    .order_by(application.c.created_at, application.c.number)
)
_APPLICATION = (
    select(application, territory.c.code.label("territory"), queue.c.birth_year, child.c.iin)
    .join(territory, territory.c.id == application.c.territory_id)
    .join(queue, queue.c.id == application.c.queue_id)
    .join(child, child.c.id == application.c.child_id)
    .where(application.c.id == _ONE)
)
_PRIVILEGES = (
    select(privilege)
    .where(privilege.c.application_id == _ONE)
    .order_by(privilege.c.created_at, privilege.c.id)
)
_ACCESS = (
    select(seat_list.c.publish_at, access.c.made_at, access.c.ends_at)
    .join(seat_list, seat_list.c.id == access.c.list_id)
    .where(access.c.application_id == _ONE)
    .order_by(access.c.made_at)
)
_COPIED = (
    *("number", "territory", "birth_year", "submitted_at", "status", "paused_at", "pause_reason"),
    *("suspended_from", "suspended_until", "unverified", "languages", "language", "created_at", "ended_at"),
)
_OF_PRIVILEGE = (
    *("kind", "proof", "state", "asked_at", "decided_at", "lost_at", "object_until", "objected_at"),
    "created_at",
)


@dataclass(frozen=True, slots=True)
class KeptApplication:
    """One application: what is written of it, the documents the parent sent for it, the steps of its place.

    `whole`: nothing earlier can be told of the place.
    """

    id: int
    data: Data = field(repr=False)
    documents: Sequence[Document]
    steps: Sequence[Step]
    whole: bool


def ids(tx: Transaction, parent_id: int) -> list[int]:
    """All applications, the oldest first, whatever became of them."""
    return list(tx.conn.execute(_IDS, {"parent": parent_id}).scalars())


def application_of(tx: Transaction, application_id: int, parent_id: int) -> KeptApplication:
    """One of them. Raises VaultError."""
    row = tx.conn.execute(_APPLICATION, {"application": application_id}).mappings().one()
    own = row["parent_id"] == parent_id
    place = place_of(tx, application_id)
    recent = place_journal.recent(tx, application_id, place_journal.MOST_EVENTS)
    data = {name: row[name] for name in _COPIED} | {
        "child": tx.vault.open("child", row["child_id"], "iin", row["iin"]),
        "queue_kind": row["kind"],
        "queue_class": int(row["queue_class"]),
        "told_by": row["notice_way"],
        "sent_by": "you" if own else "the_other_parent",
        "address": address_of(tx, application_id) if own else None,
        "place": place.place if place is not None else None,
        "queue_size": place.size if place is not None and place.place is not None else None,
        "privileges": _all(tx, _PRIVILEGES, application_id, _OF_PRIVILEGE),
        "access": _all(tx, _ACCESS, application_id, ("publish_at", "made_at", "ends_at")),
    }
    sent = documents.of_application(tx, application_id) if own else ()
    return KeptApplication(application_id, data, sent, recent.steps, recent.whole)


def _all(tx: Transaction, statement: Any, application_id: int, names: Sequence[str]) -> list[Data]:
    rows = tx.conn.execute(statement, {"application": application_id}).mappings()
    return [{name: row[name] for name in names} for row in rows]
