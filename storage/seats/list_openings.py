"""Lists that are to be opened, or whose turn to be is near."""

from datetime import timedelta

from sqlalchemy import Select, bindparam, select, update

from domain.admission import queues_concerned
from storage import stale_privileges
from storage.due import ASK_BEFORE
from storage.seats.offers import free_of_list
from storage.seats.queue_walk import queues_of
from storage.tables import seat_list
from storage.transaction import Transaction
from storage.types import Id, Instant

_UNMADE = seat_list.c.access_made_at.is_(None)
_UNTIL = bindparam("until", type_=Instant())
_TO_BE_MADE = (
    select(seat_list.c.id)
    .where(_UNMADE, seat_list.c.opens_at <= _UNTIL)
    .order_by(seat_list.c.opens_at, seat_list.c.id)
)
_TO_BE_ASKED = _TO_BE_MADE.where(seat_list.c.privileges_asked_at.is_(None))
_ASKED = (
    update(seat_list)
    .where(seat_list.c.id == bindparam("of_list", type_=Id))
    .values(privileges_asked_at=bindparam("at", type_=Instant()))
)


def to_be_made(tx: Transaction) -> list[int]:
    """The lists that are open and whose access is not made, the earliest first."""
    return _ids(tx, _TO_BE_MADE, timedelta())


def to_be_asked(tx: Transaction) -> list[int]:
    """The lists that open soon, before which the register is asked anew about stale privileges (ours)."""
    return _ids(tx, _TO_BE_ASKED, ASK_BEFORE)


def stale_children(tx: Transaction, list_id: int) -> list[int]:
    """The children of whom the register is to be asked before the list opens."""
    queues = queues_of(tx, queues_concerned(free_of_list(tx, list_id)))
    return stale_privileges.children_in(tx, [each.id for each in queues])


def asked(tx: Transaction, list_id: int) -> None:
    """The register will be asked: not again for this list."""
    tx.conn.execute(_ASKED, {"of_list": list_id, "at": tx.now})


def _ids(tx: Transaction, statement: Select[int], ahead: timedelta) -> list[int]:
    return list(tx.conn.execute(statement, {"until": tx.now + ahead}).scalars())
