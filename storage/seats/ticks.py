"""What a parent has ticked off of the things to bring with a referral."""

from sqlalchemy import bindparam, select, update

from storage.tables import referral
from storage.transaction import Transaction
from storage.types import Id

_READ = select(referral.c.ticked).where(referral.c.id == bindparam("which", type_=Id))
_WRITE = (
    update(referral).where(referral.c.id == bindparam("which", type_=Id)).values(ticked=bindparam("list"))
)


def of_referral(tx: Transaction, referral_id: int) -> frozenset[int]:
    """The numbers of what is ticked, from 0."""
    return frozenset(tx.conn.execute(_READ, {"which": referral_id}).scalar_one_or_none() or ())


def turn(tx: Transaction, referral_id: int, which: int) -> None:
    """Tick it, or take the tick away."""
    ticked = of_referral(tx, referral_id) ^ {which}
    tx.conn.execute(_WRITE, {"which": referral_id, "list": sorted(ticked)})
