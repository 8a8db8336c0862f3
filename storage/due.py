"""When the next thing of each kind falls due: what the clockwork asks, all in one reading transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select

from domain.age import ages_out_at
from domain.contact_line import SILENCE
from domain.ladder import BEFORE_HOLD_ENDS, last_evening
from domain.local_time import local_date
from domain.rounds import Round
from storage.centre.line import LEFT_WAITING
from storage.centre.silent import SILENT_FROM
from storage.prepared import Prepared
from storage.tables import (
    LAST_EVENING,
    RETURNING,
    UNNOTICED,
    UNWARNED,
    access,
    application,
    claim,
    conversation,
    delivery,
    help_request,
    notice,
    place_crossing,
    referral,
    round_,
    seat_list,
    silence,
    untold,
)
from storage.tables.queues import SUSPENDED
from storage.transaction import Transaction
from storage.types import EPOCH, Instant

ASK_BEFORE = timedelta(hours=1)
"""So long before a list opens, stale words of the register are asked for again."""


class Due(str, Enum):
    """What falls due by itself, in the order in which it is made."""

    HOLDS = "holds"
    REFERRALS = "referrals"
    RETURNED = "returned"
    SUSPENSIONS = "suspensions"
    PRIVILEGES = "privileges"
    LISTS = "lists"
    SILENCE = "silence"
    PAUSES = "pauses"
    ACCESS_NEWS = "access_news"
    NEWS = "news"
    PUBLISHED = "published"
    TO_EVERYONE = "to_everyone"
    MARKS = "marks"
    MARK_NEWS = "mark_news"
    DIGESTS = "digests"
    STILL_WANTED = "still_wanted"
    HOLDS_ENDING = "holds_ending"
    REFERRALS_ENDING = "referrals_ending"
    LAST_EVENINGS = "last_evenings"
    NOTICES = "notices"
    UNREAD = "unread"
    SILENT_OPERATORS = "silent_operators"
    ALARMS = "alarms"
    DRIVES = "drives"


def _first(column: Any, *where: Any) -> Select[Any]:
    """The earliest of a column: the end of an index, or a few rows that wait to be told."""
    return select(func.min(column, type_=Instant()).label("at")).where(*where)


def _round(which: Round) -> Select[Any]:
    """When a round begins: at once, to be given its hour, where it has never been heard of."""
    begins = func.coalesce(func.min(round_.c.next_at), literal(EPOCH, Instant()), type_=Instant())
    return select(begins.label("at")).where(round_.c.name == literal_column(f"'{which.value}'"))


_LAPSED: ColumnElement[str] = literal_column("'lapsed'")
_EXPIRED: ColumnElement[str] = literal_column("'expired'")
_UNTOLD = (claim.c.state.in_([_LAPSED, _EXPIRED]), claim.c.told_at.is_(None))
_UNASKED = seat_list.c.privileges_asked_at.is_(None)
_UNMADE = seat_list.c.access_made_at.is_(None)
_NOT_TO_EVERYONE = (seat_list.c.everyone_told_at.is_(None), seat_list.c.access_made_at.is_not(None))
_EARLIEST: tuple[tuple[Due, Prepared], ...] = (
    (Due.HOLDS, Prepared(_first(claim.c.held_until, claim.c.state == literal_column("'held'")))),
    (Due.HOLDS, Prepared(_first(claim.c.ended_at, *_UNTOLD, claim.c.state == _LAPSED))),
    (Due.REFERRALS, Prepared(_first(referral.c.ends_at, referral.c.ended_at.is_(None)))),
    (Due.REFERRALS, Prepared(_first(claim.c.ended_at, *_UNTOLD, claim.c.state == _EXPIRED))),
    (Due.RETURNED, Prepared(_first(claim.c.ended_at, RETURNING))),
    (Due.SUSPENSIONS, Prepared(_first(application.c.suspended_until, SUSPENDED))),
    (Due.PRIVILEGES, Prepared(_first(seat_list.c.opens_at, _UNMADE, _UNASKED))),
    (Due.LISTS, Prepared(_first(seat_list.c.opens_at, _UNMADE))),
    (Due.SILENCE, Prepared(_first(access.c.ends_at, access.c.counted_at.is_(None)))),
    (Due.PAUSES, Prepared(_first(silence.c.pause_at))),
    (Due.ACCESS_NEWS, Prepared(_first(access.c.made_at, access.c.told_at.is_(None)))),
    (Due.NEWS, Prepared(_first(untold.c.at))),
    (Due.PUBLISHED, Prepared(_first(seat_list.c.publish_at, seat_list.c.published_told_at.is_(None)))),
    (Due.TO_EVERYONE, Prepared(_first(seat_list.c.priority_ends_at, *_NOT_TO_EVERYONE))),
    (Due.MARKS, Prepared(_round(Round.MARKS))),
    (Due.MARK_NEWS, Prepared(_first(place_crossing.c.at))),
    (Due.DIGESTS, Prepared(_round(Round.DIGESTS))),
    (Due.STILL_WANTED, Prepared(_round(Round.STILL_WANTED))),
    (Due.HOLDS_ENDING, Prepared(_first(claim.c.held_until, UNWARNED))),
    (Due.REFERRALS_ENDING, Prepared(_first(referral.c.remind_at, referral.c.remind_at.is_not(None)))),
    (Due.LAST_EVENINGS, Prepared(_first(access.c.ends_at, LAST_EVENING))),
    (Due.NOTICES, Prepared(_first(notice.c.send_at, notice.c.send_at.is_not(None)))),
    (Due.UNREAD, Prepared(_first(delivery.c.next_way_at, delivery.c.next_way_at.is_not(None)))),
    (Due.SILENT_OPERATORS, Prepared(_first(SILENT_FROM, LEFT_WAITING))),
    (Due.ALARMS, Prepared(_first(help_request.c.alarm_at, UNNOTICED))),
    (Due.DRIVES, Prepared(_first(conversation.c.driven_until, conversation.c.driven_by.is_not(None)))),
)
_DUE_AT: Mapping[Due, Callable[[datetime], datetime]] = {
    Due.PRIVILEGES: lambda opens_at: opens_at - ASK_BEFORE,
    Due.HOLDS_ENDING: lambda held_until: held_until - BEFORE_HOLD_ENDS,
    Due.LAST_EVENINGS: last_evening,
    Due.SILENT_OPERATORS: lambda silent_from: silent_from + SILENCE,
}
"""When it falls due that the row names another instant for."""


def earliest(tx: Transaction) -> dict[Due, datetime]:
    """The earliest instant of each kind of which there is any, past or to come."""
    found: dict[Due, datetime] = {}
    for kind, statement in _EARLIEST:
        at = statement.first(tx, {}).at
        if at is not None:
            due_at = _DUE_AT[kind](at) if kind in _DUE_AT else at
            found[kind] = min(due_at, found.get(kind, due_at))
    return found


def next_after(tx: Transaction, now: datetime) -> datetime | None:
    """The next instant at which something falls due, when all before it is done."""
    year = local_date(now).year
    births = (ages_out_at(each, 0) for each in (year, year + 1))
    return min((each for each in (*earliest(tx).values(), *births) if each > now), default=None)
