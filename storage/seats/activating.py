"""In `activated` territories: the kindergarten, or late the department, answers what was sent [004]."""

from domain.activation import Decider, check_decider
from domain.application import Happening
from domain.claim import ClaimKind
from domain.errors import AlreadyDecided
from storage.application_changes import set_status
from storage.seats import claims
from storage.seats.claims import Whose
from storage.seats.confirming import Confirmed, refer
from storage.seats.ending import Ended
from storage.transaction import Transaction

TURNED_DOWN = "turned_down"
"""The state of a claim that the kindergarten declined."""


def activate(tx: Transaction, claim_id: int, decider: Decider) -> Confirmed:
    """Issue the referral, under the policy in force now.

    Raises AlreadyDecided when nothing waits for an answer, ActivationRefused for a department before the
    staff's days are over, ClaimUnknown. Whose kindergarten it is the caller checks.
    """
    application, sent = _waiting(tx, claim_id, decider)
    return refer(tx, application, sent)


def decline(tx: Transaction, claim_id: int, decider: Decider, reason: str) -> Ended:
    """Turn down what was sent, in words for the parent; the application awaits a place as before.

    Its seat comes back with the next list. Raises as `activate` does.
    """
    application, sent = _waiting(tx, claim_id, decider)
    changed = set_status(tx, application, Happening.TURNED_DOWN)
    claims.end(tx, sent, TURNED_DOWN, tx.now, words=reason)
    return Ended(changed=changed, claim=sent)


def take_back(tx: Transaction, claim_id: int) -> Ended:
    """The parent takes back what was sent; the rest as if it had been declined.

    Raises AlreadyDecided, ClaimUnknown.
    """
    application, sent = claims.lock_one(tx, claim_id)
    _check_waits(sent.kind)
    changed = set_status(tx, application, Happening.TAKEN_BACK)
    claims.end(tx, sent, Happening.TAKEN_BACK.value, tx.now)
    return Ended(changed=changed, claim=sent)


def _waiting(tx: Transaction, claim_id: int, decider: Decider) -> Whose:
    application, sent = claims.lock_one(tx, claim_id)
    _check_waits(sent.kind)
    assert sent.activate_by is not None
    check_decider(decider, sent.activate_by, tx.now)
    return application, sent


def _check_waits(kind: ClaimKind | None) -> None:
    if kind is not ClaimKind.APPLIED:
        raise AlreadyDecided
