"""Extending a referral once, by its supporting documents [004], and taking the extension back (ours)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, insert, literal_column, select, update

from storage import documents, file_rows, policies
from storage.ids import new_id
from storage.seats import claims, referral_rows, referrals
from storage.seats.referrals import Issued
from storage.tables import extension
from storage.transaction import Transaction
from storage.types import Id, Instant

GRANTED, REVOKED = "granted", "revoked"
DOCUMENT = "extension"
"""The kind of the documents that support one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """A referral after its extension was given or taken back."""

    extension_id: int
    issued: Issued


_NEWEST = (
    select(extension.c.id)
    .where(extension.c.referral_id == bindparam("referral", type_=Id), extension.c.state == GRANTED)
    .order_by(extension.c.nth.desc())
    .limit(literal_column("1"))
)
_REVOKE = (
    update(extension)
    .where(extension.c.id == bindparam("which"), extension.c.state == GRANTED)
    .values(state=REVOKED, decided_at=bindparam("at", type_=Instant()), reason=bindparam("words"))
)


def extend(
    tx: Transaction, referral_id: int, days: int, file_ids: Sequence[int], note: str | None = None
) -> Extended:
    """Make a referral longer by so many calendar days, at once; the files support it.

    Files that are gone do not count. Raises ReferralOver, AlreadyExtended, ExtensionOutOfRange,
    ExtensionUnproven, ReferralUnknown; none of these uses the extension up. Whose files they are the
    caller checks.
    """
    before = _locked(tx, referral_id)
    there = [each for each in dict.fromkeys(file_ids) if file_rows.find(tx, each) is not None]
    longer = before.referral.extend(days, documents=len(there), now=tx.now)
    extension_id = new_id()
    tx.conn.execute(
        insert(extension).values(
            id=extension_id,
            referral_id=referral_id,
            nth=longer.extended,
            days=days,
            state=GRANTED,
            asked_at=tx.now,
            decided_at=tx.now,
            note=None if note is None else tx.vault.seal("extension", extension_id, "note", note),
        )
    )
    for each in there:
        documents.attach_to_extension(tx, extension_id, each, DOCUMENT)
    referral_rows.write_days(tx, referral_id, longer)
    return Extended(extension_id=extension_id, issued=replace(before, referral=longer))


def revoke(tx: Transaction, referral_id: int, reason: str) -> Extended:
    """Take an extension back, in words for the parent, who is told now.

    The referral then ends with the later of its original last day and the next working day. Raises
    ReferralOver, NothingToRevoke, ReferralUnknown.
    """
    before = _locked(tx, referral_id)
    calendar = policies.in_force(tx, before.territory_id, tx.now).calendar()
    shorter = before.referral.revoke_extension(tx.now, calendar)
    extension_id: int = tx.conn.execute(_NEWEST, {"referral": referral_id}).scalar_one()
    sealed = tx.vault.seal("extension", extension_id, "reason", reason)
    tx.conn.execute(_REVOKE, {"which": extension_id, "at": tx.now, "words": sealed})
    referral_rows.write_days(tx, referral_id, shorter)
    return Extended(extension_id=extension_id, issued=replace(before, referral=shorter))


def _locked(tx: Transaction, referral_id: int) -> Issued:
    """The referral as it is once its application is locked."""
    claims.lock_one(tx, referrals.known(tx, referral_id).claim_id)
    return referrals.known(tx, referral_id)
