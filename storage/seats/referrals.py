"""Referrals read: by id, by number, of an application, of a child, by the child's IIN [001]."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, func, select

from domain.iin import Iin
from domain.referral import Referral
from storage import people
from storage.seats.referral_rows import as_domain
from storage.tables import bulletin, child_group, claim, extension, kindergarten, referral, seat
from storage.tables.queues import application
from storage.transaction import Transaction
from storage.types import Id


class ReferralUnknown(Exception):
    """There is no referral of this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A referral with where it leads to. Whether it is valid is `referral.is_valid(now)`.

    `released_on`: no contract starts before that day.
    """

    id: int
    number: int
    claim_id: int
    application_id: int
    application_number: int
    child_id: int
    territory_id: int
    seat_id: int
    bulletin_id: int
    group_id: int
    group: str
    group_language: str
    kindergarten_id: int
    kindergarten: str
    kindergarten_address: str | None
    released_on: date
    contract_at: datetime | None
    referral: Referral


_TOOK_EFFECT = (extension.c.referral_id == referral.c.id) & (extension.c.state != "refused")
_EXTENDED = select(func.count()).select_from(extension).where(_TOOK_EFFECT).scalar_subquery()
_NEWEST_STATE = (
    select(extension.c.state).where(_TOOK_EFFECT).order_by(extension.c.nth.desc()).limit(1).scalar_subquery()
)
_READ = (
    select(
        referral.c.id,
        referral.c.number,
        referral.c.claim_id,
        referral.c.issued_at,
        referral.c.valid_through,
        referral.c.original_last_day,
        referral.c.terms,
        referral.c.state,
        referral.c.ended_at,
        referral.c.contract_at,
        _EXTENDED.label("extended"),
        _NEWEST_STATE.label("extension_state"),
        claim.c.application_id,
        application.c.number.label("application_number"),
        claim.c.child_id,
        application.c.territory_id,
        claim.c.seat_id,
        seat.c.bulletin_id,
        bulletin.c.group_id,
        bulletin.c.released_on,
        bulletin.c.language.label("group_language"),
        child_group.c.name.label("group"),
        child_group.c.kindergarten_id,
        kindergarten.c.name.label("kindergarten"),
        kindergarten.c.address.label("kindergarten_address"),
    )
    .join_from(referral, claim, claim.c.id == referral.c.claim_id)
    .join(application, application.c.id == claim.c.application_id)
    .join(seat, seat.c.id == claim.c.seat_id)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .join(child_group, child_group.c.id == bulletin.c.group_id)
    .join(kindergarten, kindergarten.c.id == child_group.c.kindergarten_id)
    # One that goes on comes before whatever ended at the instant at which it was issued.
    .order_by(referral.c.ended_at.is_not(None), referral.c.issued_at.desc(), referral.c.id)
)
_BY_ID = _READ.where(referral.c.id == bindparam("which", type_=Id))
_BY_NUMBER = _READ.where(referral.c.number == bindparam("which", type_=Id))
_BY_CLAIM = _READ.where(referral.c.claim_id == bindparam("which", type_=Id))
_OF_APPLICATION = _READ.where(claim.c.application_id == bindparam("which", type_=Id))
_OF_CHILD = _READ.where(claim.c.child_id == bindparam("which", type_=Id))


def find(tx: Transaction, referral_id: int) -> Issued | None:
    """The referral of this id, whatever became of it."""
    return _first(tx, _BY_ID, referral_id)


def by_number(tx: Transaction, number: int) -> Issued | None:
    """The referral of this number, whatever became of it."""
    return _first(tx, _BY_NUMBER, number)


def of_claim(tx: Transaction, claim_id: int) -> Issued | None:
    """The referral that a claim led to."""
    return _first(tx, _BY_CLAIM, claim_id)


def of_application(tx: Transaction, application_id: int) -> Sequence[Issued]:
    """All referrals of an application, the newest first."""
    return _all(tx, _OF_APPLICATION, application_id)


def of_child(tx: Transaction, child_id: int) -> Sequence[Issued]:
    """All referrals of a child in all territories, the newest first."""
    return _all(tx, _OF_CHILD, child_id)


def by_child_iin(tx: Transaction, iin: Iin) -> Sequence[Issued]:
    """The same for the child with this IIN, as a kindergarten looks for it; [] for a child nobody knows."""
    child_id = people.find_child_by_iin(tx, iin)
    return [] if child_id is None else of_child(tx, child_id)


def known(tx: Transaction, referral_id: int) -> Issued:
    """The referral of this id. Raises ReferralUnknown."""
    found = find(tx, referral_id)
    if found is None:
        raise ReferralUnknown
    return found


def _first(tx: Transaction, statement: Select[*tuple[Any, ...]], which: int) -> Issued | None:
    return next(iter(_all(tx, statement, which)), None)


def _all(tx: Transaction, statement: Select[*tuple[Any, ...]], which: int) -> list[Issued]:
    return [_issued(row) for row in tx.conn.execute(statement, {"which": which}).mappings()]


_FIELDS = tuple(name for name in Issued.__slots__ if name != "referral")


def _issued(row: RowMapping) -> Issued:
    values: dict[str, Any] = {name: row[name] for name in _FIELDS}
    return Issued(**values, referral=as_domain(row, row["extended"], row["extension_state"]))
