"""Subscriptions to seats that come out: kept, ended, and gone through for a list that did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from domain.alerts import MOST, Alert
from domain.application import QueueKind
from storage import people
from storage.ids import new_id
from storage.tables import alert, territory
from storage.transaction import Transaction
from storage.types import Id

AT_ONCE = 1000
"""So many are compared in one reading transaction."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A subscription, and whose it is."""

    id: int
    parent_id: int
    alert: Alert


class TooManyAlerts(Exception):
    """A parent has as many as there may be."""


_ONE = select(alert).where(
    alert.c.id == bindparam("which", type_=Id), alert.c.parent_id == bindparam("parent", type_=Id)
)
_OF_PARENT = (
    select(alert)
    .where(alert.c.parent_id == bindparam("parent", type_=Id))
    .order_by(alert.c.created_at, alert.c.id)
)
_END = delete(alert).where(
    alert.c.id == bindparam("which", type_=Id), alert.c.parent_id == bindparam("parent", type_=Id)
)
_HOUSES = update(alert).where(alert.c.id == bindparam("which", type_=Id)).values(houses=bindparam("wanted"))
_OF_TERRITORY = (
    select(alert)
    .where(alert.c.territory_id == bindparam("place", type_=Id), alert.c.id > bindparam("after", type_=Id))
    .order_by(alert.c.id)
    .limit(AT_ONCE)
)
_IS_THERE = select(func.count()).where(territory.c.id == bindparam("place", type_=Id))


def add(tx: Transaction, parent_id: int, wanted: Alert) -> tuple[int, bool]:
    """Keep a subscription; its id, and whether it is new.

    Raises TooManyAlerts, and LookupError for a territory that is not there.
    """
    people.lock_parent(tx, parent_id)
    own = of_parent(tx, parent_id)
    for each in own:
        if each.alert == wanted:
            return each.id, False
    if len(own) >= MOST:
        raise TooManyAlerts
    if not tx.conn.execute(_IS_THERE, {"place": wanted.territory_id}).scalar_one():
        raise LookupError(wanted.territory_id)
    alert_id = new_id()
    row = {
        "id": alert_id,
        "parent_id": parent_id,
        "territory_id": wanted.territory_id,
        "queue_kind": None if wanted.queue_kind is None else wanted.queue_kind.value,
        "birth_year": wanted.birth_year,
        "languages": sorted(wanted.languages),
        "houses": None if wanted.houses is None else sorted(wanted.houses),
        "created_at": tx.now,
    }
    tx.conn.execute(insert(alert), row)
    return alert_id, True


def of_parent(tx: Transaction, parent_id: int) -> list[Kept]:
    """A parent's subscriptions, the oldest first."""
    return [_kept(row) for row in tx.conn.execute(_OF_PARENT, {"parent": parent_id})]


def find(tx: Transaction, parent_id: int, alert_id: int) -> Kept | None:
    """One of a parent's."""
    row = tx.conn.execute(_ONE, {"parent": parent_id, "which": alert_id}).one_or_none()
    return None if row is None else _kept(row)


def end(tx: Transaction, parent_id: int, alert_id: int) -> bool:
    """End one of a parent's; False where there is none."""
    return tx.conn.execute(_END, {"parent": parent_id, "which": alert_id}).rowcount == 1


def set_houses(tx: Transaction, alert_id: int, houses: Iterable[int] | None) -> None:
    """Want only seats of these kindergartens; None: of any."""
    wanted = None if houses is None else sorted(houses)
    tx.conn.execute(_HOUSES, {"which": alert_id, "wanted": wanted})


def some_of_territory(tx: Transaction, territory_id: int, after: int) -> Sequence[Kept]:
    """The next of a territory's, at most `AT_ONCE`."""
    rows = tx.conn.execute(_OF_TERRITORY, {"place": territory_id, "after": after})
    return [_kept(row) for row in rows]


def _kept(row: Any) -> Kept:
    wanted = Alert(
        territory_id=row.territory_id,
        queue_kind=None if row.queue_kind is None else QueueKind(row.queue_kind),
        birth_year=row.birth_year,
        languages=frozenset(row.languages),
        houses=None if row.houses is None else frozenset(row.houses),
    )
    return Kept(row.id, row.parent_id, wanted)
