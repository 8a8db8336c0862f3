"""Applications that parents sent to a kindergarten, and what became of them [004]."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from domain.claim import ClaimKind
from storage.tables import application, bulletin, child_group, claim, kindergarten, referral, seat
from storage.transaction import Transaction
from storage.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An application before the desk. `state` is "applied" while it waits, else how it ended.

    `activate_by`: since when the department may answer. `referral_id`: what it led to.
    """

    claim_id: int
    application_id: int
    number: int
    submitted_at: datetime
    child_id: int
    state: str
    sent_at: datetime
    activate_by: datetime
    ended_at: datetime | None
    kindergarten_id: int
    kindergarten: str
    group: str
    language: str
    birth_years: tuple[int, ...]
    released_on: date
    referral_id: int | None

    @property
    def waits(self) -> bool:
        """Nobody has answered yet."""
        return self.state == ClaimKind.APPLIED.value


_READ = (
    select(
        claim.c.id.label("claim_id"),
        claim.c.application_id,
        application.c.number,
        application.c.submitted_at,
        claim.c.child_id,
        claim.c.state,
        claim.c.confirmed_at.label("sent_at"),
        claim.c.activate_by,
        claim.c.ended_at,
        child_group.c.kindergarten_id,
        kindergarten.c.name.label("kindergarten"),
        child_group.c.name.label("group"),
        bulletin.c.language,
        bulletin.c.birth_years,
        bulletin.c.released_on,
        referral.c.id.label("referral_id"),
    )
    .join_from(claim, seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    .join(application, application.c.id == claim.c.application_id)
    .outerjoin(referral, referral.c.claim_id == claim.c.id)
    .where(
        child_group.c.kindergarten_id.in_(bindparam("houses", type_=Id, expanding=True)),
        claim.c.activate_by.is_not(None),
    )
)
_STATE = claim.c.state == ClaimKind.APPLIED.value
_WAITING = _READ.where(_STATE).order_by(claim.c.activate_by, claim.c.id).limit(bindparam("most"))
_ONE = _READ.where(claim.c.id == bindparam("of_claim", type_=Id))
_HOW_MANY = (
    select(func.count())
    .select_from(claim)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .where(_STATE, child_group.c.kindergarten_id.in_(bindparam("houses", type_=Id, expanding=True)))
)


def waiting(tx: Transaction, houses: Collection[int], most: int) -> list[Sent]:
    """Those that wait for an answer of these kindergartens, the longest waiting first."""
    return _read(tx, _WAITING, houses, {"most": most})


def how_many_wait(tx: Transaction, houses: Collection[int]) -> int:
    """How many there are of them."""
    found: int = tx.conn.execute(_HOW_MANY, {"houses": list(houses)}).scalar_one()
    return found


def find(tx: Transaction, claim_id: int, houses: Collection[int]) -> Sent | None:
    """The one of that claim, if it was sent to one of these kindergartens."""
    return next(iter(_read(tx, _ONE, houses, {"of_claim": claim_id})), None)


def _read(
    tx: Transaction, statement: Select[*tuple[Any, ...]], houses: Collection[int], asked: dict[str, Any]
) -> list[Sent]:
    rows = tx.conn.execute(statement, asked | {"houses": list(houses)}).mappings()
    return [Sent(**(dict(row) | {"birth_years": tuple(row["birth_years"])})) for row in rows]
