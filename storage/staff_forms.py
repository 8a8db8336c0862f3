"""The console's forms: one that is sent twice has its effect once."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, delete, select, update

from storage.dialects import inserts
from storage.tables import staff_form
from storage.transaction import Transaction
from storage.types import Instant

_BEGIN = {
    dialect: insert.on_conflict_do_nothing(index_elements=["key_hash"]).returning(staff_form.c.key_hash)
    for dialect, insert in inserts(staff_form).items()
}
_LED_TO = select(staff_form.c.led_to).where(staff_form.c.key_hash == bindparam("of_key"))
_FINISH = (
    update(staff_form).where(staff_form.c.key_hash == bindparam("of_key")).values(led_to=bindparam("led"))
)
_OLD = (
    select(staff_form.c.key_hash)
    .where(staff_form.c.at < bindparam("before", type_=Instant()))
    .limit(bindparam("most"))
)
_FORGET = delete(staff_form).where(staff_form.c.key_hash.in_(_OLD.scalar_subquery()))


def key_of(session_hash: bytes, number: str) -> bytes:
    """The key of a form: its own number, in the session that it was given to."""
    return sha256(session_hash + number.encode()).digest()


def begin(tx: Transaction, key: bytes, now: datetime) -> str | None:
    """None for a form that comes first; else where it led to. Of two at once the second waits."""
    row = {"key_hash": key, "at": now, "led_to": ""}
    if tx.conn.execute(_BEGIN[tx.dialect], row).first() is not None:
        return None
    led_to: str = tx.conn.execute(_LED_TO, {"of_key": key}).scalar_one()
    return led_to


def finish(tx: Transaction, key: bytes, led_to: str) -> None:
    """Note where it led to: a path."""
    tx.conn.execute(_FINISH, {"of_key": key, "led": led_to})


def forget_before(tx: Transaction, before: datetime, most: int = 200) -> int:
    """Delete up to `most` of the oldest; how many went. No session lives so long."""
    return tx.conn.execute(_FORGET, {"before": before, "most": most}).rowcount
