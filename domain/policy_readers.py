"""What each field of a policy looks like as plain data. Every reader raises PolicyInvalid."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from domain.application import QueueClass
from domain.errors import PolicyFault, PolicyInvalid
from domain.plain_data import (
    Reader,
    boolean,
    choice,
    clock_time,
    day,
    integer,
    join,
    several,
    table,
    text,
)
from domain.policy_terms import (
    ContactCentre,
    ContactHours,
    DayUnit,
    Opens,
    PriorityPeriod,
    PrivilegeRule,
    Proof,
    PublishOn,
    ReferralMode,
)
from domain.publication_pause import DatedPause, MonthDay, Pause, YearlyPause

_MONTH_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
_MOST_SECONDS = 366 * 24 * 3600


def _seconds(value: object, path: str) -> timedelta:
    seconds = integer(value, path)
    if not 0 <= seconds <= _MOST_SECONDS:
        raise PolicyInvalid(path, PolicyFault.OUT_OF_RANGE)
    return timedelta(seconds=seconds)


def _priority(value: object, path: str) -> PriorityPeriod:
    data = table(value, path, needs={"days", "unit"}, knows=set())
    return PriorityPeriod(
        days=integer(data["days"], join(path, "days")),
        unit=choice(DayUnit)(data["unit"], join(path, "unit")),
    )


def _privilege(value: object, path: str) -> PrivilegeRule:
    data = table(value, path, needs={"code", "queue_class", "proof"}, knows=set())
    return PrivilegeRule(
        code=text(data["code"], join(path, "code")),
        queue_class=_queue_class(data["queue_class"], join(path, "queue_class")),
        proof=choice(Proof)(data["proof"], join(path, "proof")),
    )


def _queue_class(value: object, path: str) -> QueueClass:
    for queue_class in QueueClass:
        if text(value, path) == queue_class.name.lower():
            return queue_class
    raise PolicyInvalid(path, PolicyFault.NOT_A_CHOICE)


def _pause(value: object, path: str) -> Pause:
    data = table(value, path, needs={"first", "last"}, knows=set())
    first, last = data["first"], data["last"]
    try:
        if _is_month_day(first) and _is_month_day(last):
            return YearlyPause(_month_day(str(first)), _month_day(str(last)))
        return DatedPause(day(first, join(path, "first")), day(last, join(path, "last")))
    except ValueError:
        raise PolicyInvalid(path, PolicyFault.OUT_OF_RANGE) from None


def _is_month_day(value: object) -> bool:
    return isinstance(value, str) and _MONTH_DAY.fullmatch(value) is not None


def _month_day(value: str) -> MonthDay:
    return MonthDay(int(value[:2]), int(value[3:]))


def _contact_centre(value: object, path: str) -> ContactCentre:
    optional: dict[str, Reader[Any]] = {
        "phone": text,
        "whatsapp": text,
        "hours": _hours,
        "pages": several(text),
    }
    data = table(value, path, needs=set(), knows=set(optional))
    # JSON writes what is not there as null.
    given = {key: each for key, each in data.items() if each is not None}
    return ContactCentre(**{key: optional[key](each, join(path, key)) for key, each in given.items()})


def _hours(value: object, path: str) -> ContactHours:
    data = table(value, path, needs={"on", "since", "until"}, knows=set())
    return ContactHours(
        on=choice(PublishOn)(data["on"], join(path, "on")),
        since=clock_time(data["since"], join(path, "since")),
        until=clock_time(data["until"], join(path, "until")),
    )


def _days(value: object, path: str) -> frozenset[date]:
    return frozenset(several(day)(value, path))


READERS: Mapping[str, Reader[Any]] = {
    "publish_at": clock_time,
    "publish_on": choice(PublishOn),
    "opens": choice(Opens),
    "opens_at": clock_time,
    "priority": _priority,
    "hold": _seconds,
    "referral_mode": choice(ReferralMode),
    "activation_working_days": integer,
    "referral_working_days": integer,
    "extension_days": integer,
    "extensions": integer,
    "suspension_working_days": integer,
    "age_limit_years": integer,
    "confirmed_phones": integer,
    "carry_pattern": boolean,
    "silent_periods": integer,
    "languages": several(text),
    "privileges": several(_privilege),
    "pauses": several(_pause),
    "days_off": _days,
    "working_days": _days,
    "contact_centre": _contact_centre,
}
