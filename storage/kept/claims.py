"""The seats that an application ever had in hand: holds, what was sent, referrals and their extensions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from storage import documents
from storage.documents import Document
from storage.kept.opening import opened
from storage.tables import bulletin, child_group, claim, extension, kindergarten, referral, seat
from storage.transaction import Transaction
from storage.types import Id

Data = dict[str, Any]

_CLAIMS = (
    select(claim, kindergarten.c.name.label("kindergarten"), child_group.c.name.label("group"))
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .where(claim.c.application_id == bindparam("application", type_=Id))
    .order_by(claim.c.taken_at, claim.c.id)
)
_REFERRAL = select(referral).where(referral.c.claim_id == bindparam("claim", type_=Id))
_EXTENSIONS = (
    select(extension)
    .where(extension.c.referral_id == bindparam("referral", type_=Id))
    .order_by(extension.c.asked_at, extension.c.id)
)
_OF_CLAIM = (
    *("kindergarten", "group", "state", "taken_at", "held_until", "confirmed_at", "activate_by"),
    *("ended_at", "end_reason", "left_on", "left_why"),
)
_OF_REFERRAL = ("number", "issued_at", "valid_through", "ends_at", "state", "ended_at", "contract_at")
_OF_EXTENSION = ("days", "state", "asked_at", "decided_at")


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """One claim with its referral, and the documents that were sent for an extension."""

    data: Data = field(repr=False)
    documents: Sequence[Document]


def of_application(tx: Transaction, application_id: int) -> list[KeptClaim]:
    """All claims of an application, the oldest first. Raises VaultError."""
    rows = tx.conn.execute(_CLAIMS, {"application": application_id}).mappings()
    return [_claim(tx, row) for row in rows.all()]


def _claim(tx: Transaction, row: Any) -> KeptClaim:
    data: Data = {name: row[name] for name in _OF_CLAIM} | opened(tx, "claim", row, "reason")
    data["referral"] = None
    issued = tx.conn.execute(_REFERRAL, {"claim": row["id"]}).mappings().one_or_none()
    if issued is None:
        return KeptClaim(data, ())
    asked = tx.conn.execute(_EXTENSIONS, {"referral": issued["id"]}).mappings().all()
    data["referral"] = {name: issued[name] for name in _OF_REFERRAL} | {
        "extensions": [
            {name: each[name] for name in _OF_EXTENSION} | opened(tx, "extension", each, "note", "reason")
            for each in asked
        ]
    }
    return KeptClaim(data, [one for each in asked for one in documents.of_extension(tx, each["id"])])
