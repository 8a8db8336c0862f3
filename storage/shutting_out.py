"""Taking a login away, and giving it back."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.tables import staff
from storage.transaction import Transaction
from storage.types import Instant

_HOLD = (
    select(staff.c.id, staff.c.disabled_at)
    .where(staff.c.id.in_(bindparam("these", expanding=True)))
    .order_by(staff.c.id)
    # Not against what merely names one of them: a question that is given to somebody just then.
    .with_for_update(key_share=True)
)
_SHUT_OUT = (
    update(staff)
    .where(staff.c.id == bindparam("of_staff"), staff.c.disabled_at.is_(None))
    .values(disabled_at=bindparam("at", type_=Instant()))
)
_LET_IN = (
    update(staff)
    .where(staff.c.id == bindparam("of_staff"), staff.c.disabled_at.is_not(None))
    .values(disabled_at=None)
)


def hold(tx: Transaction, *staff_ids: int) -> set[int]:
    """Let nobody shut these out or in until the transaction ends; which of them may log in."""
    rows = tx.conn.execute(_HOLD, {"these": list(staff_ids)}).all()
    return {row.id for row in rows if row.disabled_at is None}


def shut_out(tx: Transaction, staff_id: int, at: datetime) -> bool:
    """Nobody logs in with that login any more; False when it was so already."""
    return tx.conn.execute(_SHUT_OUT, {"of_staff": staff_id, "at": at}).rowcount == 1


def let_in(tx: Transaction, staff_id: int) -> bool:
    """The login is good again; False when it was so already."""
    return tx.conn.execute(_LET_IN, {"of_staff": staff_id}).rowcount == 1
