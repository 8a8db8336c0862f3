"""The answer to an application that a parent sent: activated, or declined with a reason [004].

The department may answer in the kindergarten's stead once its days are over (ours).
"""

from bot.department.officer import Officer, require_reason
from bot.desk.telling import tell_parents
from bot.flows.staff_entry import Audited
from domain.activation import Decider
from domain.notice import Deed, Told
from storage.desk.sent import Sent
from storage.seats import activating, referrals
from storage.transaction import Transaction


def activate(tx: Transaction, officer: Officer, sent: Sent) -> tuple[Audited, int]:
    """Issue the referral; also its id. Raises AlreadyDecided, ActivationRefused, NoPolicyInForce."""
    activating.activate(tx, sent.claim_id, _decider(officer))
    issued = referrals.of_claim(tx, sent.claim_id)
    assert issued is not None
    facts = {
        "referral": issued.number,
        "calendar": issued.id,
        "kindergarten": issued.kindergarten,
        "group": issued.group,
        "address": issued.kindergarten_address,
        "through": issued.referral.last_day.isoformat(),
    }
    tell_parents(tx, officer, sent.application_id, Deed.SENT_ACTIVATED, Told.REFERRAL_ISSUED, facts)
    return _audited(officer, "activated", sent, referral=issued.id), issued.id


def decline(tx: Transaction, officer: Officer, sent: Sent, reason: str) -> Audited:
    """Turn it down. Raises ReasonBadLength, AlreadyDecided, ActivationRefused."""
    reason = require_reason(reason)
    activating.decline(tx, sent.claim_id, _decider(officer), reason)
    facts = {"kindergarten": sent.kindergarten, "group": sent.group, "reason": reason}
    tell_parents(tx, officer, sent.application_id, Deed.SENT_DECLINED, Told.SENT_DECLINED, facts)
    return _audited(officer, "declined", sent)


def _decider(officer: Officer) -> Decider:
    return Decider(officer.role)


def _audited(officer: Officer, what: str, sent: Sent, **data: object) -> Audited:
    return Audited(
        officer.actor, what, f"claim:{sent.claim_id}", {"application": sent.application_id, **data}
    )
