"""What becomes of a referral at the desk: signed, refused, nobody came; and that the child left later."""

from datetime import date
from typing import Any

from bot.department.officer import Officer, require_reason
from bot.desk.telling import tell_parents
from bot.flows.staff_entry import Audited
from domain.enrolment import Leaving
from domain.errors import AlreadyDecided
from domain.notice import Deed, Told
from storage.seats import claims, ending, leaving
from storage.seats.claims import SeatClaim
from storage.seats.referrals import Issued
from storage.transaction import Transaction


def sign(tx: Transaction, officer: Officer, issued: Issued, starts_on: date) -> Audited:
    """The contract is signed: the child is enrolled. Raises ReferralOver, ContractTooEarly."""
    ending.sign(tx, issued.id, starts_on)
    facts = {"starts_on": starts_on.isoformat()}
    _tell(tx, officer, issued, Deed.CONTRACT_SIGNED, Told.ENROLLED, facts)
    return _audited(officer, "signed", issued, **facts)


def refuse(tx: Transaction, officer: Officer, issued: Issued, reason: str) -> Audited:
    """No contract is signed. Raises ReasonBadLength, ReferralOver."""
    reason = require_reason(reason)
    ending.refuse(tx, issued.id, reason)
    _tell(tx, officer, issued, Deed.REFUSED_AT_DESK, Told.REFUSED_AT_DESK, {"reason": reason})
    return _audited(officer, "refused", issued)


def did_not_come(tx: Transaction, officer: Officer, issued: Issued) -> Audited:
    """Nobody came with a referral that is over: noted once.

    Raises AlreadyDecided, ReferralStillValid, ReferralOver.
    """
    _, held = claims.lock_one(tx, issued.claim_id)
    if is_noted(held):
        raise AlreadyDecided
    ending.did_not_come(tx, issued.id)
    _tell(tx, officer, issued, Deed.DID_NOT_COME, Told.DID_NOT_COME, {})
    return _audited(officer, "did_not_come", issued)


def left(tx: Transaction, officer: Officer, issued: Issued, last_day: date, why: Leaving) -> Audited:
    """An enrolled child leaves: its place in the group can be reported.

    Raises NoContract, AlreadyDecided.
    """
    leaving.leave(tx, issued.id, last_day, why)
    facts = {"through": last_day.isoformat()}
    _tell(tx, officer, issued, Deed.CHILD_LEFT, Told.CHILD_LEFT, facts)
    return _audited(officer, "child_left", issued, last_day=last_day.isoformat(), why=why.value)


def is_noted(held: SeatClaim | None) -> bool:
    """Whether it was noted before that nobody came."""
    return held is not None and held.end_reason == ending.DID_NOT_COME


def _tell(
    tx: Transaction, officer: Officer, issued: Issued, deed: Deed, told: Told, facts: dict[str, Any]
) -> None:
    known = {
        "referral": issued.number,
        "kindergarten": issued.kindergarten,
        "group": issued.group,
        "through": issued.referral.last_day.isoformat(),
    }
    tell_parents(tx, officer, issued.application_id, deed, told, known | facts)


def _audited(officer: Officer, what: str, issued: Issued, **data: object) -> Audited:
    about = {"application": issued.application_id, **data}
    return Audited(officer.actor, what, f"referral:{issued.id}", about)
