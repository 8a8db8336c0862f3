"""Who logs in to the console: found by login, and the language they read it in."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.dialects import parameters
from storage.tables import staff
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StoredLogin:
    """Somebody who may log in, and an argon2id hash with its parameters and salt."""

    staff_id: int
    login: str
    password_hash: str = field(repr=False)
    has_second_step: bool = False


_MAY_LOG_IN = select(staff.c.id, staff.c.login, staff.c.password_hash, staff.c.totp_used.is_not(None)).where(
    staff.c.disabled_at.is_(None)
)
_BY_LOGIN = _MAY_LOG_IN.where(staff.c.login == bindparam("of_login"))
_BY_ID = _MAY_LOG_IN.where(staff.c.id == bindparam("staff_id"))
_SPEAK = update(staff).where(staff.c.id == bindparam("staff_id")).values(language=bindparam("in_language"))
_CHANGE_PASSWORD = (
    update(staff)
    .where(staff.c.id == bindparam("staff_id"), staff.c.password_hash == bindparam("before"))
    .values(parameters(staff, "password_hash", "password_changed_at"))
)


def find(tx: Transaction, login: str) -> StoredLogin | None:
    """Whoever logs in with that name; None for nobody and for whom it was taken away from."""
    row = tx.conn.execute(_BY_LOGIN, {"of_login": login}).first()
    return None if row is None else StoredLogin(*row)


def find_by_id(tx: Transaction, staff_id: int) -> StoredLogin | None:
    """The same by the number."""
    row = tx.conn.execute(_BY_ID, {"staff_id": staff_id}).first()
    return None if row is None else StoredLogin(*row)


def speak(tx: Transaction, staff_id: int, language: str) -> None:
    """Show the pages in that language from now on."""
    tx.conn.execute(_SPEAK, {"staff_id": staff_id, "in_language": language})


def change_password(tx: Transaction, staff_id: int, before: str, hashed: str, at: datetime) -> bool:
    """Put a hash in the place of another; False when it is another one by now."""
    row = {"staff_id": staff_id, "before": before, "password_hash": hashed, "password_changed_at": at}
    return tx.conn.execute(_CHANGE_PASSWORD, row).rowcount == 1
