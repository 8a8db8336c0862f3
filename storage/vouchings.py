"""The number that an account's messenger vouches for: the present one, or none."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from domain.phone import Phone
from domain.phone_confirmation import Vouching
from storage.dialects import parameters
from storage.tables import contact
from storage.transaction import Transaction

_COLUMNS = ("vouched_phone_index", "vouched_phone", "vouched_at")
_WRITE = update(contact).where(contact.c.id == bindparam("contact_id")).values(parameters(contact, *_COLUMNS))
_OF_CONTACT = select(contact.c.vouched_phone, contact.c.vouched_at).where(
    contact.c.id == bindparam("contact_id"), contact.c.vouched_phone.is_not(None)
)


def remember(tx: Transaction, contact_id: int, number: Phone, at: datetime) -> None:
    """The messenger vouches for this number, whatever it said of another before."""
    vouched = {
        "vouched_phone_index": tx.vault.blind("phone", number.e164),
        "vouched_phone": tx.vault.seal("contact", contact_id, "vouched_phone", number.e164),
        "vouched_at": at,
    }
    tx.conn.execute(_WRITE, {"contact_id": contact_id, **vouched})


def forget(tx: Transaction, contact_id: int) -> None:
    """The account's number is another now, and none that we know."""
    tx.conn.execute(_WRITE, {"contact_id": contact_id} | dict.fromkeys(_COLUMNS))


def of_contact(tx: Transaction, contact_id: int) -> Vouching | None:
    """What the messenger said last, however long ago."""
    row = tx.conn.execute(_OF_CONTACT, {"contact_id": contact_id}).first()
    if row is None:
        return None
    return Vouching(Phone(tx.vault.open("contact", contact_id, "vouched_phone", row[0])), row[1])
