"""Who logs in to the console: found by login, and the language they read it in."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, select, update

from storage.tables import staff
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StoredLogin:
    """Somebody who may log in, and an argon2id hash with its parameters and salt."""

    staff_id: int
    password_hash: str = field(repr=False)


_BY_LOGIN = select(staff.c.id, staff.c.password_hash).where(
    staff.c.login == bindparam("of_login"), staff.c.disabled_at.is_(None)
)
_SPEAK = update(staff).where(staff.c.id == bindparam("staff_id")).values(language=bindparam("in_language"))


def find(tx: Transaction, login: str) -> StoredLogin | None:
    """Whoever logs in with that name; None for nobody and for whom it was taken away from."""
    row = tx.conn.execute(_BY_LOGIN, {"of_login": login}).first()
    return None if row is None else StoredLogin(*row)


def speak(tx: Transaction, staff_id: int, language: str) -> None:
    """Show the pages in that language from now on."""
    tx.conn.execute(_SPEAK, {"staff_id": staff_id, "in_language": language})
