"""The staff that an admin looks after: all whose rights lie within the admin's own, and nobody else.

Whoever has rights everywhere is looked after only by an admin who has them everywhere, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from domain.sign_in_lock import SignInLock
from storage.staff_reach import Reach
from storage.staff_sessions import IS_OPEN, open_at
from storage.tables import audit, kindergarten, staff, staff_right, staff_session
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the staff. `did_last_at`: the last entry of the audit by this one.

    `password_once_until`: of a password that was made for this one, and not changed since.
    """

    id: int
    login: str
    role: str
    has_second_step: bool
    on_duty_since: datetime | None
    disabled_at: datetime | None
    lock: SignInLock
    sessions: int
    did_last_at: datetime | None
    password_changed_at: datetime | None
    password_once_until: datetime | None


_place = func.coalesce(staff_right.c.territory_id, kindergarten.c.territory_id)
_rights = (
    select(staff_right.c.id)
    .outerjoin(kindergarten, kindergarten.c.id == staff_right.c.kindergarten_id)
    .where(staff_right.c.staff_id == staff.c.id)
)
_WITHIN = and_(
    exists(_rights.correlate(staff)),
    ~exists(_rights.where(_place.not_in(bindparam("within", expanding=True))).correlate(staff)),
)
_sessions = (
    select(func.count())
    .select_from(staff_session)
    .where(staff_session.c.staff_id == staff.c.id, IS_OPEN)
    .scalar_subquery()
)
_did_last = (
    select(audit.c.at)
    .where(audit.c.actor == literal_column("'staff:'") + cast(staff.c.id, String))
    .order_by(audit.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_COLLEAGUE = select(
    staff.c.id,
    staff.c.login,
    staff.c.role,
    staff.c.totp_used.is_not(None).label("has_second_step"),
    staff.c.on_duty_since,
    staff.c.disabled_at,
    staff.c.failed_tries,
    staff.c.locked_until,
    _sessions.label("sessions"),
    _did_last.label("did_last_at"),
    staff.c.password_changed_at,
    staff.c.password_once_until,
)
_begins_so = func.substr(staff.c.login, 1, func.length(bindparam("begins"))) == bindparam("begins")
_role = or_(bindparam("of_role", type_=String) == "", staff.c.role == bindparam("of_role", type_=String))
_after = staff.c.login > bindparam("after", type_=String)


def _both_ways(statement: Select[Any]) -> Mapping[bool, Select[Any]]:
    """Of everybody (True), and of those within some territories."""
    return {True: statement, False: statement.where(_WITHIN)}


_PAGE = _both_ways(
    _COLLEAGUE.where(_begins_so, _role, _after).order_by(staff.c.login).limit(bindparam("most"))
)
_ONE = _both_ways(_COLLEAGUE.where(staff.c.id == bindparam("of_staff")))
_MANY = _both_ways(select(func.count()).select_from(staff).where(staff.c.disabled_at.is_(None)))
_IDS = select(staff.c.id).where(_WITHIN)


def ids(tx: Transaction, reach: Reach) -> list[int] | None:
    """All of them; None for everybody."""
    if reach.everywhere:
        return None
    return list(tx.conn.execute(_IDS, _within(reach)).scalars())


def page(
    tx: Transaction, reach: Reach, really: datetime, *, begins: str, role: str, after: str, most: int
) -> Sequence[Colleague]:
    """Those whose login begins so, by login, those after one of them; of one role, "" for all."""
    asked = {"begins": begins, "of_role": role, "after": after, "most": most}
    rows = tx.conn.execute(_PAGE[reach.everywhere], asked | open_at(really) | _within(reach))
    return [_read(row) for row in rows]


def find(tx: Transaction, staff_id: int, reach: Reach, really: datetime) -> Colleague | None:
    """One of them; None for anybody else."""
    asked = {"of_staff": staff_id} | open_at(really) | _within(reach)
    row = tx.conn.execute(_ONE[reach.everywhere], asked).first()
    return None if row is None else _read(row)


def how_many_may_sign_in(tx: Transaction, reach: Reach) -> int:
    """All but those who were shut out."""
    many: int = tx.conn.execute(_MANY[reach.everywhere], _within(reach)).scalar_one()
    return many


def _within(reach: Reach) -> dict[str, Any]:
    return {} if reach.everywhere else {"within": list(reach.territories)}


def _read(row: Any) -> Colleague:
    return Colleague(
        row.id,
        row.login,
        row.role,
        row.has_second_step,
        row.on_duty_since,
        row.disabled_at,
        SignInLock(row.failed_tries, row.locked_until),
        row.sessions,
        row.did_last_at,
        row.password_changed_at,
        row.password_once_until,
    )
