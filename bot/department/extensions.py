"""The department takes the extension of a referral back, with a reason (ours)."""

from bot.department.officer import Officer, require_reason
from bot.desk.telling import tell_parents
from bot.flows.staff_entry import Audited
from domain.notice import Deed, Told
from storage.seats import extending
from storage.seats.referrals import Issued
from storage.transaction import Transaction


def revoke(tx: Transaction, officer: Officer, issued: Issued, reason: str) -> Audited:
    """End it at the later of the original last day and the next working day.

    Raises ReasonBadLength, ReferralOver, NothingToRevoke.
    """
    reason = require_reason(reason)
    shorter = extending.revoke(tx, issued.id, reason).issued
    facts = {
        "referral": issued.number,
        "reason": reason,
        "through": shorter.referral.last_day.isoformat(),
    }
    tell_parents(tx, officer, issued.application_id, Deed.EXTENSION_REVOKED, Told.EXTENSION_REVOKED, facts)
    data = {"application": issued.application_id, "through": facts["through"]}
    return Audited(officer.actor, "extension_revoked", f"referral:{issued.id}", data)
