"""People of the staff: who may log in to the console, and where their rights reach."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from storage.dialects import inserts
from storage.ids import new_id
from storage.tables import kindergarten, staff, staff_right
from storage.territories import LANGUAGES
from storage.transaction import Transaction


class LoginTaken(Exception):
    """Somebody logs in with that name already."""


def add(
    tx: Transaction,
    *,
    login: str,
    password_hash: str,
    role: str,
    language: str,
    territories: Sequence[int],
    kindergartens: Sequence[int],
    at: datetime,
    speaks: Sequence[str] = LANGUAGES,
) -> int:
    """Write somebody down with all their rights; the id. `speaks`: the languages questions may be asked in.

    Raises LoginTaken.
    """
    staff_id = new_id()
    row = {
        "id": staff_id,
        "login": login,
        "password_hash": password_hash,
        "role": role,
        "language": language,
        "languages": ",".join(speaks),
        "failed_tries": 0,
        "created_at": at,
    }
    added = tx.conn.execute(
        inserts(staff)[tx.dialect].on_conflict_do_nothing(index_elements=["login"]).returning(staff.c.id), row
    )
    if added.one_or_none() is None:
        raise LoginTaken
    rights = [{"territory_id": each, "kindergarten_id": None} for each in territories]
    rights += [{"territory_id": None, "kindergarten_id": each} for each in kindergartens]
    if rights:
        tx.conn.execute(
            insert(staff_right), [{"id": new_id(), "staff_id": staff_id, **each} for each in rights]
        )
    return staff_id


def find(tx: Transaction, login: str) -> int | None:
    """The id of whoever logs in with that name, also of one who is shut out."""
    found: int | None = tx.conn.execute(select(staff.c.id).where(staff.c.login == login)).scalar_one_or_none()
    return found


def find_kindergarten(tx: Transaction, code: str) -> int | None:
    """The id of the kindergarten that files call by this code."""
    found: int | None = tx.conn.execute(
        select(kindergarten.c.id).where(kindergarten.c.code == code)
    ).scalar_one_or_none()
    return found
