"""How far a privilege has come, in words."""

from collections.abc import Iterable
from datetime import datetime

from bot.flows.privilege_words import name
from bot.texts import Texts
from domain.policy_terms import Proof
from domain.privilege import PrivilegeState
from storage.privileges import Claimed


def latest(claimed: Iterable[Claimed]) -> list[Claimed]:
    """Of each privilege the newest claim: one that was dropped can be claimed anew."""
    return list({each.code: each for each in claimed}.values())


def may_object(claimed: Claimed, now: datetime) -> bool:
    """Whether its loss can be objected to now, and was not yet."""
    until = claimed.privilege.object_until
    return until is not None and now < until and claimed.objected_at is None


def state_in_words(t: Texts, claimed: Claimed, now: datetime) -> str:
    """The privilege and its state, on a line."""
    privilege, since = claimed.privilege, t.day(claimed.privilege.since)
    named = name(t, claimed.code)
    match privilege.state:
        case PrivilegeState.UNDER_REVIEW if privilege.rule.proof is Proof.DOCUMENT:
            return t("{privilege}: the education department is checking the document", privilege=named)
        case PrivilegeState.UNDER_REVIEW:
            return t("{privilege}: the state register is being asked", privilege=named)
        case PrivilegeState.CONFIRMED:
            return t("{privilege}: confirmed, {date}", privilege=named, date=since)
        case PrivilegeState.REFUSED:
            return t("{privilege}: not confirmed, {date}", privilege=named, date=since)
        case PrivilegeState.LOST:
            return _lost(t, claimed, named, now)
        case PrivilegeState.DROPPED:
            return t("{privilege}: given up, {date}", privilege=named, date=since)


def _lost(t: Texts, claimed: Claimed, named: str, now: datetime) -> str:
    since, until = t.day(claimed.privilege.since), claimed.privilege.object_until
    if claimed.objected_at is not None:
        return t(
            "{privilege}: not confirmed any more, {date}. You objected on {objected}; the education "
            "department will answer.",
            privilege=named,
            date=since,
            objected=t.day(claimed.objected_at),
        )
    if until is not None and may_object(claimed, now):
        return t(
            "{privilege}: not confirmed any more, {date}. You can object until {moment}.",
            privilege=named,
            date=since,
            moment=t.moment(until),
        )
    return t("{privilege}: not confirmed any more, {date}", privilege=named, date=since)
