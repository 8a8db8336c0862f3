"""The IINs that an erasure keeps: of children in whose applications other families' places are proved."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from domain.erasing import kept_until
from storage.guardians import guardians_of
from storage.tables import application, child, claim, referral, suspension
from storage.transaction import Transaction
from storage.types import Id, Instant

_CHILD = bindparam("of_child", type_=Id)
_LIVE = select(func.count()).where(application.c.child_id == _CHILD, application.c.ended_at.is_(None))
_ENDS = (
    select(func.max(application.c.ended_at, type_=Instant())).where(application.c.child_id == _CHILD),
    select(func.max(suspension.c.ends_at, type_=Instant())).where(suspension.c.child_id == _CHILD),
    select(func.max(referral.c.ends_at, type_=Instant()))
    .join(claim, claim.c.id == referral.c.claim_id)
    .where(claim.c.child_id == _CHILD),
)
_FORGET = (
    update(child)
    .where(child.c.id == bindparam("child_id", type_=Id))
    .values(iin=b"", birth_date=b"", iin_index=bindparam("nobody"))
)


def forget_iin(tx: Transaction, child_id: int) -> datetime | None:
    """Forget a child's IIN when nothing has to be kept of it any more; else when to look again.

    A child who has a parent again is left alone.
    """
    if guardians_of(tx, child_id):
        return None
    until = _kept_until(tx, child_id)
    if until is not None and tx.now < until:
        return until
    # The index is unique and never empty: what stands there from now on is no IIN's.
    nobody = tx.vault.blind("iin", f"forgotten:{child_id}")
    tx.conn.execute(_FORGET, {"child_id": child_id, "nobody": nobody})
    return None


def _kept_until(tx: Transaction, child_id: int) -> datetime | None:
    """Since when it need not be kept; None where the child was in no queue."""
    asked = {"of_child": child_id}
    if tx.conn.execute(_LIVE, asked).scalar_one():
        return kept_until(tx.now)
    ends = [tx.conn.execute(each, asked).scalar_one() for each in _ENDS]
    return max((kept_until(each) for each in ends if each is not None), default=None)
