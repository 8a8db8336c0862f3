"""How pressing a notice is, and when it may disturb (sections 8 and 9 of the rules; quiet hours are ours)."""

from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from enum import IntEnum
from typing import Any

from domain.local_time import instant_at, local
from domain.notice import Told

QUIET_FROM, QUIET_UNTIL = time(22), time(7)
"""By the territory's clock; at 07:00 itself it is day again."""


class Urgency(IntEnum):
    """What goes first where not everything can go at once. The smaller goes first."""

    ANSWER = 0
    """Somebody looks at the screen and waits for it."""
    CRITICAL = 1
    """A place, a seat or the cabinet is or can be lost: at any hour, by any way that is left.

    What one parent gives away the other is told at once (section 2).
    """
    NORMAL = 2
    DIGEST = 3
    """Good to know, some time."""


CRITICAL = frozenset(
    {
        Told.ACCESS_OPENED,
        Told.HOLD_ENDS,
        Told.HOLD_GONE,
        Told.SENT_DECLINED,
        Told.REFERRAL_ISSUED,
        Told.REFERRAL_ENDS_TODAY,
        Told.REFERRAL_EXPIRED,
        Told.REFUSED_AT_DESK,
        Told.SEAT_RECALLED,
        Told.EXTENSION_REVOKED,
        Told.REFERRAL_REVOKED,
        Told.REFERRAL_GIVEN_UP,
        Told.WITHDRAWN,
        Told.PRIVILEGE_DROPPED,
        Told.PRIVILEGE_LOST,
        Told.SILENCE_ASKED,
        Told.SIGNED_IN,
        Told.PHONE_CHANGED,
        Told.PHONE_ADDED,
        Told.PHONE_CHANGE_UNDONE,
        Told.PHONE_ADDING_UNDONE,
        Told.PASSWORD_SET,
        Told.PASSWORD_REMOVED,
        Told.SECOND_PARENT_ASKS,
        Told.OTHER_PARENT_JOINED,
    }
)
DIGESTS: Collection[Told] = frozenset({Told.PLACE_MOVED})
_URGENCY: Mapping[Told, Urgency] = {
    **dict.fromkeys(CRITICAL, Urgency.CRITICAL),
    **dict.fromkeys(DIGESTS, Urgency.DIGEST),
}


GATHERED = frozenset({Told.ACCESS_ENDS, Told.HOLD_ENDS, Told.REFERRAL_ENDS_SOON, Told.REFERRAL_ENDS_TODAY})
"""Reminders: those of one parent that fall due together go out as one message."""
USEFUL_UNTIL: Mapping[Told, str] = {
    **dict.fromkeys(
        (
            Told.ACCESS_OPENED,
            Told.ACCESS_ENDS,
            Told.EXPORT_MADE,
            Told.HOLD_ENDS,
            Told.PROLONGED,
            Told.REFERRAL_ENDS_SOON,
            Told.REFERRAL_ENDS_TODAY,
            Told.SECOND_PARENT_ASKS,
            Told.SILENCE_ASKED,
        ),
        "until",
    ),
    Told.LIST_PUBLISHED: "everyone",
}
"""Which fact of a notice is the instant since which it is of no use any more."""


def useful_until(kind: Told, facts: Mapping[str, Any]) -> datetime | None:
    """Its last useful moment, in UTC, if it has one: what could not be sent by then is dropped."""
    name = USEFUL_UNTIL.get(kind)
    return datetime.fromisoformat(facts[name]) if name is not None and name in facts else None


def urgency_of(kind: Told) -> Urgency:
    """How pressing a notice of that kind is."""
    return _URGENCY.get(kind, Urgency.NORMAL)


def goes_out_later(kind: Told, at: datetime) -> datetime | None:
    """When a notice of `at` goes out, if not at once: after the quiet hours, or with others like it."""
    send_at = may_be_sent_at(urgency_of(kind), at)
    return send_at if send_at > at or kind in GATHERED else None


def may_be_sent_at(urgency: Urgency, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours that hold it back. Instants in UTC."""
    here = local(now)
    if urgency <= Urgency.CRITICAL or QUIET_UNTIL <= here.time() < QUIET_FROM:
        return now
    day = here.date() if here.time() < QUIET_UNTIL else here.date() + timedelta(days=1)
    return instant_at(day, QUIET_UNTIL)
