"""What no policy may say, whatever the territory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.age import SHORTEST_AGE_LIMIT_YEARS
from domain.application import QueueClass
from domain.errors import PolicyFault
from domain.publication_pause import YearlyPause

if TYPE_CHECKING:
    from domain.policy import Policy

_RANGES = {
    "hold": (timedelta(minutes=1), timedelta(days=1)),
    "activation_working_days": (1, 60),
    "referral_working_days": (1, 60),
    "extension_days": (1, 366),
    "extensions": (0, 3),
    "suspension_working_days": (0, 250),
    "age_limit_years": (SHORTEST_AGE_LIMIT_YEARS, 18),
    "confirmed_phones": (1, 2),
    "silent_periods": (0, 100),
}
_PRIORITY_DAYS = (1, 60)
# A language is a code such as `kk`; a privilege is a name such as `large_family`.
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_FEWEST_DAYS_OF_PUBLICATION = 31
_ORDINARY_YEAR = date(2001, 1, 1)


def faults(policy: Policy) -> Iterator[tuple[str, PolicyFault]]:
    """Every field that is wrong, as (path, fault)."""
    for field, (least, most) in _RANGES.items():
        if not least <= getattr(policy, field) <= most:
            yield field, PolicyFault.OUT_OF_RANGE
    if not _PRIORITY_DAYS[0] <= policy.priority.days <= _PRIORITY_DAYS[1]:
        yield "priority.days", PolicyFault.OUT_OF_RANGE
    for field in ("publish_at", "opens_at"):
        if getattr(policy, field).tzinfo is not None:
            yield field, PolicyFault.WRONG_TYPE
    yield from _code_faults("languages", policy.languages)
    yield from _privilege_faults(policy)
    yield from _calendar_faults(policy)


def _code_faults(field: str, codes: Sequence[str]) -> Iterator[tuple[str, PolicyFault]]:
    if not codes and field == "languages":
        yield field, PolicyFault.MISSING
    if len(set(codes)) < len(codes):
        yield field, PolicyFault.DUPLICATE
    for index, code in enumerate(codes):
        if not _CODE.fullmatch(code):
            yield f"{field}[{index}]", PolicyFault.OUT_OF_RANGE


def _privilege_faults(policy: Policy) -> Iterator[tuple[str, PolicyFault]]:
    yield from _code_faults("privileges", [rule.code for rule in policy.privileges])
    for index, rule in enumerate(policy.privileges):
        if rule.queue_class is QueueClass.GENERAL:
            # A privilege that gives the class everybody has is none.
            yield f"privileges[{index}].queue_class", PolicyFault.NOT_A_CHOICE


def _calendar_faults(policy: Policy) -> Iterator[tuple[str, PolicyFault]]:
    if policy.days_off & policy.working_days:
        yield "working_days", PolicyFault.CONTRADICTION
    yearly = [pause for pause in policy.pauses if isinstance(pause, YearlyPause)]
    days = (_ORDINARY_YEAR + timedelta(days=n) for n in range(365))
    left = sum(not any(pause.covers(day) for pause in yearly) for day in days)
    if left < _FEWEST_DAYS_OF_PUBLICATION:
        # Who looks for the next publication has to find one.
        yield "pauses", PolicyFault.CONTRADICTION
