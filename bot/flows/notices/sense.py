"""Whether what a notice says is still so: one that waited in the inbox may have lost its sense meanwhile."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.application import Status
from domain.local_time import local_date
from domain.manner import useful_until
from domain.notice import Told
from storage import applications
from storage.applications import Application
from storage.notices import Notice
from storage.seats import claims, referrals
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Asked:
    """A notice and the application that it is about."""

    tx: Transaction
    notice: Notice
    application: Application


def still_so(tx: Transaction, some: Sequence[Notice]) -> list[Notice]:
    """Those of which something can be sent now, each with as many applications as it is still so of.

    The others it would be wrong or of no use to send.
    """
    about = {application_id for each in some for application_id in _about(each)}
    found = applications.find_each(tx, about) if about else {}
    sensible = [each for each in some if _makes_sense(tx, each, found)]
    return [left for each in sensible if (left := _left(each, found)) is not None]


def _about(notice: Notice) -> Iterator[int]:
    if notice.application_id is not None:
        yield notice.application_id
    for item in notice.data.get("items", ()):
        yield item["application"]


def _left(notice: Notice, found: Mapping[int, Application]) -> Notice | None:
    """Without the applications of which it is not so any more; None where there are no others."""
    still, items = _STILL_OF_EACH.get(notice.kind), notice.data.get("items", ())
    if still is None or not items:
        return notice
    left = [each for each in items if (of := found.get(each["application"])) is not None and still(of)]
    if not (left or notice.data.get("alerts")):
        return None
    return replace(notice, data={**notice.data, "items": left})


def _makes_sense(tx: Transaction, notice: Notice, found: Mapping[int, Application]) -> bool:
    end = useful_until(notice.kind, notice.data)
    if end is not None and tx.now >= end:
        return False
    still, of = _STILL.get(notice.kind), found.get(notice.application_id or 0)
    return still is None or (of is not None and still(_Asked(tx, notice, of)))


def _waits(asked: _Asked) -> bool:
    return asked.application.status is Status.AWAITING_PLACE and asked.application.paused_at is None


def _is_paused(asked: _Asked) -> bool:
    return asked.application.paused_at is not None


def _is_not_paused(asked: _Asked) -> bool:
    return not _is_paused(asked)


def _is_withdrawn(asked: _Asked) -> bool:
    return asked.application.status is Status.WITHDRAWN


def _is_not_withdrawn(asked: _Asked) -> bool:
    return not _is_withdrawn(asked)


def _is_held(asked: _Asked) -> bool:
    claim = claims.find(asked.tx, asked.notice.data["claim"])
    return claim is not None and claim.state == "held" and claim.is_live(asked.tx.now)


def _is_valid_so_long(asked: _Asked) -> bool:
    """The referral is valid, and through the very day that was told."""
    issued = referrals.by_number(asked.tx, asked.notice.data["referral"])
    through = date.fromisoformat(asked.notice.data["through"])
    return (
        issued is not None and issued.referral.is_valid(asked.tx.now) and issued.referral.last_day == through
    )


def _is_still_to_come(asked: _Asked) -> bool:
    """The same, and its last day has not begun."""
    return _is_valid_so_long(asked) and asked.notice.data["through"] > local_date(asked.tx.now).isoformat()


_STILL: Mapping[Told, Callable[[_Asked], bool]] = {
    Told.REGISTERED: _is_not_withdrawn,
    Told.WITHDRAWN: _is_withdrawn,
    Told.RESTORED: _is_not_withdrawn,
    Told.PAUSED: _is_paused,
    Told.PAUSED_BY_SILENCE: _is_paused,
    Told.RESUMED: _is_not_paused,
    Told.SUSPENSION_OVER: _waits,
    Told.ACCESS_OPENED: _waits,
    Told.ACCESS_ENDS: _waits,
    Told.HOLD_ENDS: _is_held,
    Told.REFERRAL_EXTENDED: _is_valid_so_long,
    Told.REFERRAL_LONGER: _is_valid_so_long,
    Told.REFERRAL_ENDS_SOON: _is_still_to_come,
    Told.REFERRAL_ENDS_TODAY: _is_valid_so_long,
}
"""Of these something can be said; the others tell of what has happened, which stays so."""


def _stands_in_the_queue(of: Application) -> bool:
    return of.status in (Status.AWAITING_PLACE, Status.APPLIED)


def _may_be_wanted(of: Application) -> bool:
    return _stands_in_the_queue(of) or of.status is Status.SUSPENDED


def _can_take(of: Application) -> bool:
    return of.status is Status.AWAITING_PLACE and of.paused_at is None


_STILL_OF_EACH: Mapping[Told, Callable[[Application], bool]] = {
    Told.PLACE_MOVED: _stands_in_the_queue,
    Told.PLACE_MARK: _stands_in_the_queue,
    Told.STILL_WANTED: _may_be_wanted,
    Told.LIST_PUBLISHED: _can_take,
    Told.OPEN_TO_EVERYONE: _can_take,
}
"""The same of each application of those that tell of several."""
