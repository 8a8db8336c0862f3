"""Who logs in to the console: found by login, and the language they read it in."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.dialects import parameters
from storage.tables import staff
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StoredLogin:
    """Somebody who may log in, and an argon2id hash with its parameters and salt.

    `password_once_until`: the password was made for this login, and is good until just before then.
    """

    staff_id: int
    login: str
    password_hash: str = field(repr=False)
    has_second_step: bool = False
    password_changed_at: datetime | None = None
    password_once_until: datetime | None = None

    def is_password_over(self, now: datetime) -> bool:
        """Whether it was made for once, and nobody has come with it in time."""
        return self.password_once_until is not None and self.password_once_until <= now


_MAY_LOG_IN = select(
    staff.c.id,
    staff.c.login,
    staff.c.password_hash,
    staff.c.totp_used.is_not(None),
    staff.c.password_changed_at,
    staff.c.password_once_until,
).where(staff.c.disabled_at.is_(None))
_BY_LOGIN = _MAY_LOG_IN.where(staff.c.login == bindparam("of_login"))
_BY_ID = _MAY_LOG_IN.where(staff.c.id == bindparam("staff_id"))
_SPEAK = update(staff).where(staff.c.id == bindparam("staff_id")).values(language=bindparam("in_language"))
_CHANGE_PASSWORD = (
    update(staff)
    .where(staff.c.id == bindparam("staff_id"), staff.c.password_hash == bindparam("before"))
    .values(parameters(staff, "password_hash", "password_changed_at") | {"password_once_until": None})
)
_GIVE_PASSWORD = (
    update(staff)
    .where(staff.c.id == bindparam("staff_id"), staff.c.disabled_at.is_(None))
    .values(parameters(staff, "password_hash", "password_changed_at", "password_once_until"))
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
    """Put the hash of an own password in the place of another; False when it is another one by now."""
    row = {"staff_id": staff_id, "before": before, "password_hash": hashed, "password_changed_at": at}
    return tx.conn.execute(_CHANGE_PASSWORD, row).rowcount == 1


def give_password(tx: Transaction, staff_id: int, hashed: str, at: datetime, once_until: datetime) -> bool:
    """Put the hash of one that was made for them in the place of any; False for whoever is shut out."""
    row = {"staff_id": staff_id, "password_hash": hashed, "password_changed_at": at}
    return tx.conn.execute(_GIVE_PASSWORD, row | {"password_once_until": once_until}).rowcount == 1
