"""The lock of a login of the staff, as it is stored. Its times are the machine's own."""

from sqlalchemy import bindparam, select, update

from domain.sign_in_lock import SignInLock
from storage.dialects import parameters
from storage.tables import staff
from storage.transaction import Transaction

_FIND = (
    select(staff.c.failed_tries, staff.c.locked_until)
    .where(staff.c.id == bindparam("staff_id"))
    # Not against what merely names this one: a question that is given just then.
    .with_for_update(key_share=True)
)
_WRITE = (
    update(staff)
    .where(staff.c.id == bindparam("staff_id"))
    .values(parameters(staff, "failed_tries", "locked_until"))
)


def held(tx: Transaction, staff_id: int) -> SignInLock:
    """The lock; nobody else counts until the transaction ends."""
    return SignInLock(*tx.conn.execute(_FIND, {"staff_id": staff_id}).one())


def write(tx: Transaction, staff_id: int, lock: SignInLock) -> None:
    """Set it."""
    row = {"staff_id": staff_id, "failed_tries": lock.wrong, "locked_until": lock.until}
    tx.conn.execute(_WRITE, row)


def open_again(tx: Transaction, staff_id: int) -> bool:
    """Nothing was wrong, and nothing is locked; whether that changed anything."""
    changes = held(tx, staff_id) != SignInLock()
    if changes:
        write(tx, staff_id, SignInLock())
    return changes
