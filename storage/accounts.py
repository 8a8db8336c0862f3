"""The messenger accounts of a parent: shut out, or asked for the password again."""

from sqlalchemy import bindparam, update

from storage.tables import contact
from storage.transaction import Transaction

_OTHERS = update(contact).where(
    contact.c.parent_id == bindparam("of_parent"), contact.c.id != bindparam("this_one")
)
_SIGN_OUT = _OTHERS.values(parent_id=None, unlocked_until=None)
_LOCK = _OTHERS.values(unlocked_until=None)


def sign_out_others(tx: Transaction, parent_id: int, contact_id: int) -> int:
    """Sign out every account of a parent but this one; how many."""
    return tx.conn.execute(_SIGN_OUT, {"of_parent": parent_id, "this_one": contact_id}).rowcount


def lock_others(tx: Transaction, parent_id: int, contact_id: int) -> None:
    """Every account of a parent but this one needs the cabinet's password for its next step."""
    tx.conn.execute(_LOCK, {"of_parent": parent_id, "this_one": contact_id})
