"""The e-mail addresses that letters go to: confirmed ones that they do not come back from."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select, update

from storage.tables import parent
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a parent gets letters. `ended`: by a click in one of them, but for what is critical."""

    address: str = field(repr=False)
    ended: bool = False


_OF_EACH = select(parent.c.id, parent.c.email, parent.c.letters_ended_at).where(
    parent.c.id.in_(bindparam("parents", expanding=True)),
    parent.c.email.is_not(None),
    parent.c.email_confirmed_at.is_not(None),
    parent.c.email_unreachable_at.is_(None),
)
_SET = update(parent).where(parent.c.id == bindparam("parent"), parent.c.email_confirmed_at.is_not(None))


def of_each(tx: Transaction, parent_ids: Collection[int]) -> dict[int, Mailbox]:
    """The mailbox of each of several parents; who has none is not in it. Raises VaultError."""
    return {
        row.id: Mailbox(tx.vault.open("parent", row.id, "email", row.email), row.letters_ended_at is not None)
        for row in tx.conn.execute(_OF_EACH, {"parents": list(parent_ids)})
    }


def came_back(tx: Transaction, parent_id: int, address: str) -> bool:
    """Letters to this address come back; whether that is news, and the address is the parent's still."""
    mailbox = of_each(tx, [parent_id]).get(parent_id)
    if mailbox is None or mailbox.address != address:
        return False
    tx.conn.execute(_SET.values(email_unreachable_at=tx.now), {"parent": parent_id})
    return True


def end_letters(tx: Transaction, parent_id: int) -> None:
    """Only what is critical goes there still, until letters are chosen again."""
    tx.conn.execute(_SET.values(letters_ended_at=tx.now), {"parent": parent_id})
