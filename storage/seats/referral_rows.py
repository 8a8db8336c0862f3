"""Referrals in their rows: written at issue, read as the domain has them, and ended."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, bindparam, update

from domain.referral import Referral, ReferralEnd, Terms
from storage.dialects import inserts
from storage.ids import new_id
from storage.submitting import new_number
from storage.tables import referral
from storage.transaction import Transaction
from storage.types import Instant

REFERRED = "referred"
"""The state of a referral that has not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A referral that was just issued. `number` is what people see: it cannot be guessed from another."""

    id: int
    number: int
    claim_id: int
    referral: Referral


_INSERT = {
    dialect: statement.on_conflict_do_nothing(index_elements=["number"]).returning(referral.c.id)
    for dialect, statement in inserts(referral).items()
}
_OF_ID = update(referral).where(referral.c.id == bindparam("of_referral"))
_END = (
    update(referral)
    .where(referral.c.claim_id == bindparam("of_claim"), referral.c.ended_at.is_(None))
    .values(
        state=bindparam("new_state"),
        ended_at=bindparam("at", type_=Instant()),
        contract_at=bindparam("signed_at", type_=Instant()),
        remind_at=None,
    )
)
_NOW = bindparam("now", type_=Instant())
_MOVE = _OF_ID.values(
    valid_through=bindparam("last_day", type_=referral.c.valid_through.type),
    ends_at=bindparam("until", type_=Instant()),
    original_last_day=bindparam("first_last_day", type_=referral.c.original_last_day.type),
    # The reminders begin anew, with what falls due from now on.
    remind_at=_NOW,
    reminded_at=_NOW,
    reminded=None,
)


def write(tx: Transaction, claim_id: int, territory_id: int, issued: Referral) -> Written:
    """Write a referral for a claim, under a number that no other has."""
    while True:
        referral_id, number = new_id(), new_number()
        row = {
            "id": referral_id,
            "number": number,
            "claim_id": claim_id,
            "territory_id": territory_id,
            "issued_at": issued.issued_at,
            "valid_through": issued.last_day,
            "ends_at": issued.ends_at,
            "terms": terms_data(issued.terms),
            "state": REFERRED,
            "remind_at": issued.issued_at,
            "reminded_at": issued.issued_at,
        }
        if tx.conn.execute(_INSERT[tx.dialect], row).one_or_none() is not None:
            return Written(id=referral_id, number=number, claim_id=claim_id, referral=issued)


def write_end(
    tx: Transaction, claim_id: int, end: ReferralEnd, at: datetime, signed_at: datetime | None = None
) -> None:
    """Write how and when the referral of a claim ended; nothing when it had ended already."""
    values = {"of_claim": claim_id, "new_state": end.value, "at": at, "signed_at": signed_at}
    tx.conn.execute(_END, values)


def write_days(tx: Transaction, referral_id: int, moved: Referral) -> None:
    """Write the days of a referral that was extended, cut short, or moved by a day off."""
    first: date | None = moved.original_last_day if moved.extended else None
    values = {"of_referral": referral_id, "last_day": moved.last_day, "until": moved.ends_at, "now": tx.now}
    tx.conn.execute(_MOVE, values | {"first_last_day": first})


def terms_data(terms: Terms) -> dict[str, int]:
    """The terms as the row keeps them."""
    return {
        "working_days": terms.working_days,
        "extension_days": terms.extension_days,
        "extensions": terms.extensions,
        "suspension_working_days": terms.suspension_working_days,
    }


def as_domain(row: RowMapping, extended: int, extension_state: str | None) -> Referral:
    """The domain's referral: from its row, how many extensions took effect, and the state of the last one."""
    ended_at = row["ended_at"]
    return Referral(
        issued_at=row["issued_at"],
        terms=Terms(**row["terms"]),
        original_last_day=row["original_last_day"] or row["valid_through"],
        last_day=row["valid_through"],
        extended=extended,
        extension_revoked=extension_state == "revoked",
        end=None if ended_at is None else ReferralEnd(row["state"]),
        ended_at=ended_at,
    )
