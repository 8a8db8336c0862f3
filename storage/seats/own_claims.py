"""What the children of a parent have in hand, and the referrals they had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, literal_column, or_, select

from domain.claim import ClaimKind
from storage.prepared import Prepared
from storage.seats.free import NOW
from storage.tables import application, bulletin, child_group, claim, guardian, kindergarten, referral, seat
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClaim:
    """One that is live, or led to a referral. `state` is as written down, `is_live` as of now."""

    claim_id: int
    application_id: int
    child_id: int
    state: str
    is_live: bool
    held_until: datetime
    kindergarten: str
    group: str
    referral_id: int | None
    valid_through: date | None

    @property
    def kind(self) -> ClaimKind | None:
        """How far it has come; None once it is over."""
        return ClaimKind(self.state) if self.is_live else None


_HELD = claim.c.state == ClaimKind.HELD.value
_LIVE = and_(
    claim.c.ended_at.is_(None),
    or_(~_HELD, claim.c.held_until > NOW),
    or_(referral.c.ends_at.is_(None), referral.c.ends_at > NOW),
)
_OWN = and_(guardian.c.parent_id == bindparam("parent", type_=Id), or_(referral.c.id.is_not(None), _LIVE))
_ANY = Prepared(
    select(literal_column("1"))
    .join_from(guardian, claim, claim.c.child_id == guardian.c.child_id)
    .outerjoin(referral, referral.c.claim_id == claim.c.id)
    .where(_OWN)
    .limit(literal_column("1"))
)
_OF_PARENT = (
    select(
        claim.c.id.label("claim_id"),
        claim.c.application_id,
        claim.c.child_id,
        claim.c.state,
        _LIVE.label("is_live"),
        claim.c.held_until,
        kindergarten.c.name.label("kindergarten"),
        child_group.c.name.label("group"),
        referral.c.id.label("referral_id"),
        referral.c.valid_through,
    )
    .join_from(guardian, claim, claim.c.child_id == guardian.c.child_id)
    .join(application, application.c.id == claim.c.application_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .outerjoin(referral, referral.c.claim_id == claim.c.id)
    .where(_OWN)
    # Twins are taken at one instant, and ids are drawn at random: their numbers tell them apart.
    .order_by(_LIVE.desc(), claim.c.taken_at.desc(), application.c.number, claim.c.id)
)


def of_parent(tx: Transaction, parent_id: int) -> Sequence[OwnClaim]:
    """Those of all children, what is in hand first, then the newest."""
    rows = tx.conn.execute(_OF_PARENT, {"parent": parent_id, "now": tx.now}).mappings()
    return [_claim(dict(row)) for row in rows]


def has_any(tx: Transaction, parent_id: int) -> bool:
    """Whether there is one."""
    asked = {"parent": parent_id, "now": tx.now}
    return _ANY.first(tx, asked) is not None


def _claim(row: dict[str, object]) -> OwnClaim:
    expired = row["state"] == ClaimKind.REFERRED.value and not row["is_live"]
    state = "expired" if expired else row["state"]
    return OwnClaim(**{**row, "state": state, "is_live": bool(row["is_live"])})  # type: ignore[arg-type]
