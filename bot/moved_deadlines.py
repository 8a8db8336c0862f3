"""Deadlines that days off move when they are declared or taken back later: only in parents' favour (ours).

After a file was loaded, and once a day, as rules also come into force by their date. Each deadline is moved
once, in the transaction that tells of it; whoever asks again finds nothing to move.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.flows.concerned import parents_of
from bot.flows.telling import tell
from domain.notice import Deed, Told
from storage import applications, audit, journal, moved_suspensions, people
from storage.applications import Application
from storage.database import Database
from storage.seats import moved_days
from storage.transaction import Transaction

MANY = 200
"""So many are looked at in one transaction."""
SOME = 20
"""So many are moved in one: each is a few rows to write and to seal."""

Ids = list[int]


async def move(database: Database) -> int:
    """Move what the calendars in force now move; how many deadlines."""
    referrals = await _each(database, moved_days.valid, moved_days.to_move, _move_referral)
    suspensions = await _each(
        database, moved_suspensions.running, moved_suspensions.to_shorten, _shorten_suspension
    )
    return referrals + suspensions


async def _each(
    database: Database,
    candidates: Callable[[Transaction], Ids],
    concerned: Callable[[Transaction, Ids], Ids],
    one: Callable[[Transaction, int], bool],
) -> int:
    moved = 0
    for some in _parts(await database.read(candidates), MANY):
        for few in _parts(await database.read(partial(_called, concerned, some)), SOME):
            moved += await database.write(partial(_all, one, few))
    return moved


def _called(work: Callable[[Transaction, Ids], Ids], ids: Ids, tx: Transaction) -> Ids:
    return work(tx, ids)


def _all(one: Callable[[Transaction, int], bool], ids: Ids, tx: Transaction) -> int:
    return sum([one(tx, each) for each in ids])


def _parts(ids: Ids, size: int) -> list[Ids]:
    return [ids[first : first + size] for first in range(0, len(ids), size)]


def _move_referral(tx: Transaction, referral_id: int) -> bool:
    done = moved_days.move(tx, referral_id)
    if done is None:
        return False
    before, after = done.before.referral.last_day, done.after.referral.last_day
    facts = {"referral": done.after.number, "through": after.isoformat()}
    application = applications.find(tx, done.after.application_id)
    assert application is not None
    _tell(tx, application, Told.REFERRAL_LONGER, Deed.REFERRAL_LONGER, facts)
    data = {"before": before.isoformat(), "through": after.isoformat()}
    _audit(tx, "referral_moved", f"referral:{referral_id}", data)
    return True


def _shorten_suspension(tx: Transaction, suspension_id: int) -> bool:
    done = moved_suspensions.shorten(tx, suspension_id)
    if done is None:
        return False
    if done.application is not None:
        facts = {"until": done.until.isoformat()}
        _tell(tx, done.application, Told.SUSPENSION_SHORTER, Deed.SUSPENSION_SHORTER, facts)
    data = {"before": done.was_until.isoformat(), "until": done.until.isoformat()}
    _audit(tx, "suspension_moved", f"suspension:{suspension_id}", data)
    return True


def _tell(tx: Transaction, application: Application, told: Told, deed: Deed, facts: dict[str, Any]) -> None:
    child = people.name_of_child(tx, application.child_id) or ""
    facts = {"number": application.number, "child": child, **facts}
    for parent_id in parents_of(tx, application.child_id, [application]):
        journal.note(tx, parent_id, journal.SYSTEM, deed, tx.now, application_id=application.id)
        tell(tx, parent_id, told, tx.now, application_id=application.id, **facts)


def _audit(tx: Transaction, what: str, about: str, data: dict[str, Any]) -> None:
    audit.append(tx, at=tx.now, actor=journal.SYSTEM, what=what, about=about, data=data)
