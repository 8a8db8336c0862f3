"""A kindergarten's seats: reported, corrected before anybody saw them, recalled with a reason [003]."""

from datetime import date

from bot.department.officer import Officer, require_reason
from bot.desk.telling import tell_parents
from bot.flows.staff_entry import Audited
from domain.claim import ClaimKind
from domain.errors import AlreadyDecided
from domain.notice import Deed, Told
from storage.desk import reported
from storage.desk.reported import ReportedSeats
from storage.seats import reporting
from storage.seats.recalled_claims import EndedClaim
from storage.seats.reporting import Reporter
from storage.transaction import Transaction


def report(
    tx: Transaction, officer: Officer, group_id: int, seats: int, released_on: date
) -> tuple[Audited, int]:
    """Report free seats; also the bulletin's id. Raises GroupClosed, SeatsOutOfRange, NoPolicyInForce."""
    done = reporting.report(tx, group_id, seats, by=_reporter(officer), released_on=released_on)
    data = {"group": group_id, "seats": seats, "released_on": released_on.isoformat()}
    return _audited(officer, "seats_reported", done.bulletin_id, **data), done.bulletin_id


def correct(tx: Transaction, officer: Officer, seen: ReportedSeats, seats: int, mark: str) -> Audited:
    """Make it more or fewer seats; `mark` is that of what the form was made from.

    Raises AlreadyDecided when that has changed meanwhile, AlreadyPublished, AlreadyRecalled,
    SeatsOutOfRange.
    """
    _require_unchanged(tx, seen, mark)
    reporting.correct(tx, seen.id, seats)
    return _audited(officer, "seats_corrected", seen.id, before=seen.free, seats=seats)


def recall(
    tx: Transaction, officer: Officer, seen: ReportedSeats, reason: str, seats: int | None, mark: str
) -> Audited:
    """Take all seats off (`seats` None), or some. Holders are told, with the reason.

    `mark` is that of what the form was made from. Raises AlreadyDecided when that has changed meanwhile:
    what was free may be somebody's by now. Raises ReasonBadLength, AlreadyRecalled, SeatsOutOfRange.
    """
    reason = require_reason(reason)
    _require_unchanged(tx, seen, mark)
    done = reporting.recall(tx, seen.id, reason, by=_reporter(officer), seats=seats)
    for each in done.ended:
        _tell(tx, officer, seen, each, reason)
    return _audited(officer, "seats_recalled", seen.id, seats=done.seats, claims=len(done.ended))


def _require_unchanged(tx: Transaction, seen: ReportedSeats, mark: str) -> None:
    reported.lock(tx, seen.id)
    now = reported.find(tx, seen.id, [seen.kindergarten_id])
    if now is not None and now.recalled_at is None and now.mark != mark:
        raise AlreadyDecided


def _tell(tx: Transaction, officer: Officer, seen: ReportedSeats, ended: EndedClaim, reason: str) -> None:
    facts = {
        "kindergarten": seen.kindergarten,
        "group": seen.group,
        "reason": reason,
        "referred": ended.kind is ClaimKind.REFERRED,
    }
    tell_parents(tx, officer, ended.application_id, Deed.SEAT_RECALLED, Told.SEAT_RECALLED, facts)


def _reporter(officer: Officer) -> Reporter:
    return Reporter(officer.role, officer.staff_id)


def _audited(officer: Officer, what: str, bulletin_id: int, **data: object) -> Audited:
    return Audited(officer.actor, what, f"bulletin:{bulletin_id}", data)
