"""Who is among the first of a list that was opened and has not been told so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.tables import access, seat_list
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class Admitted:
    """An application among the first of a list, until `ends_at`."""

    list_id: int
    application_id: int
    ends_at: datetime


_UNTOLD = (
    select(access.c.list_id, access.c.application_id, access.c.ends_at)
    .join(seat_list, seat_list.c.id == access.c.list_id)
    # Nothing of a list counts before all of its access is made.
    .where(access.c.told_at.is_(None), seat_list.c.access_made_at.is_not(None))
    .limit(bindparam("limit"))
    .with_for_update(of=access, skip_locked=True)
)
_TELL = (
    update(access)
    .where(
        access.c.list_id == bindparam("of_list"),
        access.c.application_id == bindparam("of_application"),
    )
    .values(told_at=bindparam("at", type_=Instant()))
)


def take(tx: Transaction, limit: int) -> list[Admitted]:
    """Some of them: whoever takes them tells them in the same transaction."""
    found = [Admitted(*row) for row in tx.conn.execute(_UNTOLD, {"limit": limit})]
    told = [{"of_list": each.list_id, "of_application": each.application_id, "at": tx.now} for each in found]
    if told:
        tx.conn.execute(_TELL, told)
    return found
