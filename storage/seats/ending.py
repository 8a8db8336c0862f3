"""The end of a referral: given up, signed for, refused at the desk, revoked; or the application withdrawn.

A seat that was only held is free again in the same bulletin at that very instant, and twins, who share a
hold, lose both. One that was confirmed is not: it keeps the ended claim, by which it is found when the next
list is made, and its cause [003].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.application import Happening
from domain.claim import ClaimKind
from domain.errors import ReferralStillValid
from domain.hold import HoldEnd
from domain.referral import ReferralEnd
from storage.application_changes import Changed, set_status
from storage.applications import Application
from storage.seats import claims, holding, lapsing, leaving, referral_rows, referrals
from storage.seats.claims import SeatClaim
from storage.seats.referrals import Issued
from storage.transaction import Transaction

WITHDRAWN = "application_withdrawn"
"""Why the claim of a withdrawn application ended."""

DID_NOT_COME = "did_not_come"
"""Why a claim ended: the kindergarten says so of a referral that was not used in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What ended: the application after it, the claim as it was before, the referral as it is since."""

    changed: Changed
    claim: SeatClaim
    issued: Issued | None = None

    @property
    def application(self) -> Application:
        """The application after it."""
        return self.changed.application


def give_up(tx: Transaction, referral_id: int) -> Ended:
    """The parent gives a referral up: the application awaits a place again, with its date (ours).

    Raises ReferralOver, ReferralUnknown.
    """
    return _end(tx, referral_id, ReferralEnd.DECLINED, Happening.GIVEN_UP)


def refuse(tx: Transaction, referral_id: int, reason: str) -> Ended:
    """The kindergarten does not sign, and says why: as given up. Raises ReferralOver, ReferralUnknown."""
    return _end(tx, referral_id, ReferralEnd.REFUSED_AT_DESK, Happening.REFUSED_AT_DESK, reason)


def revoke(tx: Transaction, referral_id: int, reason: str) -> Ended:
    """The department takes a referral back, and says why; the rest as if given up.

    Raises ReferralOver, ReferralUnknown.
    """
    return _end(tx, referral_id, ReferralEnd.REVOKED, Happening.REVOKED, reason)


def sign(tx: Transaction, referral_id: int, starts_on: date) -> Ended:
    """The kindergarten signs the contract, which starts on that day: the child is enrolled [004].

    Where it was enrolled before, it has left with the day before (ours).

    Raises ReferralOver, ContractTooEarly before the seat is really empty, ReferralUnknown.
    """
    application, held, issued = _locked(tx, referral_id)
    signed = issued.referral.sign(starts_on=starts_on, released_on=issued.released_on, now=tx.now)
    changed = set_status(tx, application, Happening.ENROLLED)
    claims.end(tx, held, ReferralEnd.ENROLLED.value, tx.now)
    referral_rows.write_end(tx, issued.claim_id, ReferralEnd.ENROLLED, tx.now, tx.now)
    leaving.leave_for(tx, held.child_id, held.id, starts_on)
    return Ended(changed=changed, claim=held, issued=replace(issued, referral=signed, contract_at=tx.now))


def did_not_come(tx: Transaction, referral_id: int) -> Issued:
    """The kindergarten notes that nobody came with it, once its days are over; it has expired then (ours).

    Before, the parent may still come: raises ReferralStillValid. Raises ReferralOver when it ended in
    another way, ReferralUnknown.
    """
    _, held, issued = _locked(tx, referral_id)
    if issued.referral.is_valid(tx.now):
        raise ReferralStillValid(issued.referral.ends_at)
    if issued.referral.end is not ReferralEnd.EXPIRED:
        issued.referral.check_valid(tx.now)
    claims.note(tx, held.id, DID_NOT_COME)
    return issued


def lock_in_hand(tx: Transaction, application_id: int) -> list[SeatClaim]:
    """What an application has in hand now, and its twin with whom it shares a hold; [] for nothing.

    The applications are locked then; what had fallen due for the asked one was made before.
    """
    newest = claims.newest_of_application(tx, application_id)
    if newest is None or not newest.is_live(tx.now):
        return []
    if newest.kind is not ClaimKind.HELD:
        return [newest]
    return [each for _, each in claims.lock_with_twin(tx, newest.id)]


def by_withdrawal(tx: Transaction, in_hand: Sequence[SeatClaim]) -> None:
    """End what an application that is being withdrawn has in hand, as `lock_in_hand` told it."""
    for each in in_hand:
        match each.kind:
            case ClaimKind.HELD:
                holding.end_hold(tx, each, HoldEnd.WITHDRAWN, WITHDRAWN)
            case ClaimKind.REFERRED:
                claims.end(tx, each, ReferralEnd.DECLINED.value, tx.now, end_reason=WITHDRAWN)
                referral_rows.write_end(tx, each.id, ReferralEnd.DECLINED, tx.now)
            case _:
                claims.end(tx, each, HoldEnd.WITHDRAWN.value, tx.now, end_reason=WITHDRAWN)


def _end(
    tx: Transaction, referral_id: int, how: ReferralEnd, happening: Happening, words: str | None = None
) -> Ended:
    application, held, issued = _locked(tx, referral_id)
    ended = issued.referral.ended(how, tx.now)
    changed = set_status(tx, application, happening)
    claims.end(tx, held, how.value, tx.now, words=words)
    referral_rows.write_end(tx, issued.claim_id, how, tx.now)
    return Ended(changed=changed, claim=held, issued=replace(issued, referral=ended))


def _locked(tx: Transaction, referral_id: int) -> tuple[Application, SeatClaim, Issued]:
    """The referral, its claim and its application, which is locked and has nothing due any more."""
    before = referrals.known(tx, referral_id)
    application, _ = claims.lock_one(tx, before.claim_id)
    application = lapsing.make_own_due(tx, application)
    held = claims.find(tx, before.claim_id)
    assert held is not None
    return application, held, referrals.known(tx, referral_id)
