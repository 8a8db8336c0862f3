"""The department takes a referral or its extension back, with a reason (ours)."""

from bot.department.officer import Officer, require_reason
from bot.desk.telling import tell_parents
from bot.flows.staff_entry import Audited
from domain.notice import Deed, Told
from storage.seats import ending, extending
from storage.seats.referrals import Issued
from storage.transaction import Transaction


def revoke_extension(tx: Transaction, officer: Officer, issued: Issued, reason: str) -> Audited:
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


def revoke(tx: Transaction, officer: Officer, issued: Issued, reason: str) -> Audited:
    """Take a whole referral back: the application awaits a place again, its seat is on the next list.

    Raises ReasonBadLength, ReferralOver.
    """
    reason = require_reason(reason)
    ending.revoke(tx, issued.id, reason)
    facts = {
        "referral": issued.number,
        "kindergarten": issued.kindergarten,
        "group": issued.group,
        "reason": reason,
    }
    tell_parents(tx, officer, issued.application_id, Deed.REFERRAL_REVOKED, Told.REFERRAL_REVOKED, facts)
    data = {"application": issued.application_id}
    return Audited(officer.actor, "referral_revoked", f"referral:{issued.id}", data)
