"""Whether a seat fits an application, and who may take it now [004]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.application import QueueKind, Status
from domain.claim import ClaimKind
from domain.errors import (
    BarredFromBulletin,
    NotAwaiting,
    NotOpenYet,
    OnlyForTheFirst,
    OtherClaim,
    Paused,
    SeatGone,
    Suspended,
    TakingRefused,
    WrongBirthYear,
    WrongLanguage,
    WrongQueue,
)
from domain.seat_list import ListState, SeatList

_WITH_CLAIM = {Status.APPLIED: ClaimKind.APPLIED, Status.REFERRED: ClaimKind.REFERRED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an application asks for. ``languages`` are codes; either of two means both."""

    queue_kind: QueueKind
    territory_id: int
    birth_year: int
    languages: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the seats of a bulletin are for."""

    bulletin_id: int
    queue_kind: QueueKind
    territory_id: int
    birth_years: frozenset[int]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """An offer in its list, with the seats nobody holds now (lapsed holds hold nothing)."""

    offer: Offer
    seat_list: SeatList
    free: int
    recalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """An application as it stands now, before a seat of one bulletin.

    ``status`` is the one that counts now (`domain.suspension.status_at`), ``suspended_until``
    the end of a suspension of child, queue kind and territory; ``claim`` is what the child has in
    hand anywhere, ``barred_until`` comes from `domain.claim`, and ``access_ends_at`` is that of
    its own access to this list.
    """

    wish: Wish
    status: Status
    ages_out_at: datetime
    paused: bool = False
    suspended_until: datetime | None = None
    claim: ClaimKind | None = None
    barred_until: datetime | None = None
    access_ends_at: datetime | None = None


def fits(offer: Offer, wish: Wish) -> bool:
    """Whether queue kind, territory, birth year and language all match [004]."""
    return not any(_misfits(offer, wish))


def check_may_take(applicant: Applicant, bulletin: Bulletin, now: datetime) -> None:
    """Raises the first of the reasons against.

    Raises ValueError when the list is open and its access not made: that comes first, or the
    answer would be wrong for one of those who are to have it.
    """
    if bulletin.seat_list.needs_access(now):
        raise ValueError("the access of a list is made before a seat of it is taken")
    for reason in reasons_against(applicant, bulletin, now):
        raise reason


def reasons_against(applicant: Applicant, bulletin: Bulletin, now: datetime) -> tuple[TakingRefused, ...]:
    """All that stands between the application and a seat, in the order to name it (ours).

    While the list is open without its access made, nobody is among the first yet.
    """
    return (
        *_misfits(bulletin.offer, applicant.wish),
        *_own_reasons(applicant, now),
        *_list_reasons(applicant, bulletin.seat_list, now),
        *_seat_reasons(bulletin),
    )


def _misfits(offer: Offer, wish: Wish) -> Iterator[TakingRefused]:
    if (offer.queue_kind, offer.territory_id) != (wish.queue_kind, wish.territory_id):
        yield WrongQueue()
    if wish.birth_year not in offer.birth_years:
        yield WrongBirthYear(offer.birth_years)
    if offer.language not in wish.languages:
        yield WrongLanguage(offer.language)


def _own_reasons(applicant: Applicant, now: datetime) -> Iterator[TakingRefused]:
    status, suspended_until = applicant.status, applicant.suspended_until
    if status in (Status.WITHDRAWN, Status.ENROLLED, Status.AGED_OUT):
        yield NotAwaiting(status)
    elif now >= applicant.ages_out_at:
        yield NotAwaiting(Status.AGED_OUT)
    if suspended_until is not None and now < suspended_until:
        yield Suspended(suspended_until)
    elif status is Status.SUSPENDED:
        yield NotAwaiting(status)
    if applicant.paused:
        yield Paused()
    claim = applicant.claim or _WITH_CLAIM.get(status)
    if claim is not None:
        yield OtherClaim(claim)
    if applicant.barred_until is not None and now < applicant.barred_until:
        yield BarredFromBulletin(applicant.barred_until)


def _list_reasons(applicant: Applicant, seat_list: SeatList, now: datetime) -> Iterator[TakingRefused]:
    access_ends_at = applicant.access_ends_at
    match seat_list.state(now):
        case ListState.UNPUBLISHED | ListState.LOOK_ONLY:
            yield NotOpenYet(seat_list.opens_at)
        case ListState.FOR_THE_FIRST:
            if access_ends_at is None or now >= access_ends_at:
                yield OnlyForTheFirst(seat_list.priority_ends_at)
        case ListState.OPEN_TO_EVERYONE:
            pass


def _seat_reasons(bulletin: Bulletin) -> Iterator[TakingRefused]:
    if bulletin.recalled or not bulletin.free:
        yield SeatGone(bulletin.offer.bulletin_id)
