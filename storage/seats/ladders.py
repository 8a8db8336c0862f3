"""Reminders put right where the calendar changed under them, or where none were counted out yet.

The instants that a row names were right when they were written. Whoever declares a day off moves them; after
a load, and once a day, those that are not right any more are looked at again.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, or_, select, update

from domain.ladder import ladder, next_after
from domain.working_days import WorkingCalendar
from storage.seats.moved_days import calendar_of
from storage.tables import claim, referral
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Instant

_NOW = bindparam("now", type_=Instant())
_READ = (
    select(referral.c.id, referral.c.valid_through, referral.c.remind_at, application.c.territory_id)
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(application, application.c.id == claim.c.application_id)
    .where(referral.c.id.in_(bindparam("ids", expanding=True)), referral.c.ended_at.is_(None))
)
_LOOK_AGAIN = (
    update(referral)
    .where(
        referral.c.id.in_(bindparam("ids", expanding=True)),
        referral.c.ended_at.is_(None),
        or_(referral.c.remind_at.is_(None), referral.c.remind_at > _NOW),
    )
    .values(
        remind_at=_NOW,
        # What was written before there were reminders has missed none.
        reminded_at=func.coalesce(referral.c.reminded_at, _NOW, type_=Instant()),
    )
)


def not_right(tx: Transaction, referral_ids: Sequence[int]) -> list[int]:
    """Which of these, if they are valid, are to be looked at at another instant than is written."""
    calendars: dict[int, WorkingCalendar] = {}
    found = []
    for row in tx.conn.execute(_READ, {"ids": list(referral_ids)}):
        if row.territory_id not in calendars:
            calendars[row.territory_id] = calendar_of(tx, row.territory_id)
        following = next_after(ladder(row.valid_through, calendars[row.territory_id]), tx.now)
        if row.remind_at != (None if following is None else following.at):
            found.append(row.id)
    return found


def look_again(tx: Transaction, referral_ids: Sequence[int]) -> int:
    """Have them looked at now; how many."""
    if not referral_ids:
        return 0
    return tx.conn.execute(_LOOK_AGAIN, {"ids": list(referral_ids), "now": tx.now}).rowcount
