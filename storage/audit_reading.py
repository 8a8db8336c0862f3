"""Reading the audit: the newest entries first, of some people, about somebody, between dates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, or_, select

from storage.numbered_by_time import NEVER, NumberedByTime
from storage.tables import application, audit, referral, staff
from storage.transaction import Transaction
from storage.types import EPOCH, LARGEST_ID, Id, Instant


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry; `about` is a kind and an id."""

    id: int
    at: datetime
    actor: str
    what: str
    about: str | None
    from_where: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: by these actors (None: by everybody), of one kind, about one, when, below one."""

    actors: Sequence[str] | None = None
    what: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


_what = bindparam("of_what", type_=Text)
_ENTRIES = (
    select(
        audit.c.id, audit.c.at, audit.c.actor, audit.c.what, audit.c.about, audit.c.from_where, audit.c.data
    )
    .where(
        audit.c.id < bindparam("before", type_=Id),
        audit.c.id > bindparam("after", type_=Id),
        audit.c.at >= bindparam("since", type_=Instant()),
        audit.c.at < bindparam("until", type_=Instant()),
        or_(_what == "", audit.c.what == _what),
    )
    .order_by(audit.c.id.desc())
    .limit(bindparam("most"))
)
_of_actors = audit.c.actor.in_(bindparam("actors", expanding=True))
_about_one = audit.c.about == bindparam("of_about")
# One for each question, or a plan that fits all of them would go through everything.
_BY = {
    (False, False): _ENTRIES,
    (True, False): _ENTRIES.where(_of_actors),
    (False, True): _ENTRIES.where(_about_one),
    (True, True): _ENTRIES.where(_about_one, _of_actors),
}
_NUMBERED = NumberedByTime.of(audit.c.id, audit.c.at)
_IDS = bindparam("ids", type_=Id, expanding=True)
_NUMBERS = {
    "application": select(application.c.id, application.c.number).where(application.c.id.in_(_IDS)),
    "referral": select(referral.c.id, referral.c.number).where(referral.c.id.in_(_IDS)),
    "staff": select(staff.c.id, staff.c.login).where(staff.c.id.in_(_IDS)),
}


def page(tx: Transaction, wanted: Wanted, most: int) -> list[AuditEntry]:
    """The newest entries of those."""
    after, before = _NUMBERED.between(tx, wanted.since, wanted.until, wanted.before)
    asked: dict[str, Any] = {
        "before": before,
        "after": after,
        "since": wanted.since or EPOCH,
        "until": wanted.until or NEVER,
        "of_what": wanted.what,
        "most": most,
    }
    if wanted.actors is not None:
        asked["actors"] = list(wanted.actors)
    if wanted.about:
        asked["of_about"] = wanted.about
    statement = _BY[wanted.actors is not None, bool(wanted.about)]
    return [_entry(row) for row in tx.conn.execute(statement, asked)]


def names_of(tx: Transaction, abouts: Collection[str]) -> dict[str, str]:
    """What people call some of these: the numbers of applications and referrals, the logins of staff."""
    found: dict[str, str] = {}
    for kind, statement in _NUMBERS.items():
        ids = {_id_in(each) for each in abouts if each.startswith(f"{kind}:")} - {None}
        if ids:
            found |= {
                f"{kind}:{row[0]}": str(row[1]) for row in tx.conn.execute(statement, {"ids": list(ids)})
            }
    return found


def _id_in(about: str) -> int | None:
    digits = about.partition(":")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and int(digits) <= LARGEST_ID else None


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(row.id, row.at, row.actor, row.what, row.about, row.from_where, row.data or {})
