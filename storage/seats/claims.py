"""Claims as their rows tell them: a seat held, sent for, referred to, or one that was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, select

from domain.claim import ClaimKind
from domain.errors import HoldOver
from domain.hold import Hold, HoldEnd
from storage.applications import Application, lock
from storage.tables import claim, seat
from storage.transaction import Transaction
from storage.types import Id, Instant


class ClaimUnknown(Exception):
    """There is no claim of this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatClaim:
    """One claim. `state` is a ClaimKind while it is live, else the word for how it ended.

    `twin_id` is the claim of the other twin, whose hold this one shares.
    """

    id: int
    application_id: int
    child_id: int
    seat_id: int
    bulletin_id: int
    state: str
    taken_at: datetime
    held_until: datetime
    confirmed_at: datetime | None
    activate_by: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    twin_id: int | None

    @property
    def kind(self) -> ClaimKind | None:
        """How far it has come; None once it is over."""
        return None if self.ended_at is not None else ClaimKind(self.state)

    @property
    def hold(self) -> Hold:
        """The hold it began as, ended by its confirmation at the latest."""
        if self.confirmed_at is not None:
            return Hold(self.taken_at, self.held_until, HoldEnd.CONFIRMED, self.confirmed_at)
        end = HoldEnd(self.state) if self.ended_at is not None else None
        return Hold(self.taken_at, self.held_until, end, self.ended_at)

    def is_live(self, now: datetime) -> bool:
        """Whether the seat is in the child's hand; a hold lapses by itself."""
        return self.ended_at is None and (self.state != ClaimKind.HELD.value or now < self.held_until)


Whose = tuple[Application, SeatClaim]
"""A claim with its application."""

_READ = (
    select(
        claim.c.id,
        claim.c.application_id,
        claim.c.child_id,
        claim.c.seat_id,
        seat.c.bulletin_id,
        claim.c.state,
        claim.c.taken_at,
        claim.c.held_until,
        claim.c.confirmed_at,
        claim.c.activate_by,
        claim.c.ended_at,
        claim.c.end_reason,
        claim.c.twin_of.label("twin_id"),
    )
    .join(seat, seat.c.id == claim.c.seat_id)
    # One that goes on comes after whatever ended at the instant at which it began.
    .order_by(claim.c.ended_at.is_(None), claim.c.taken_at, claim.c.id)
)
_BY_IDS = _READ.where(claim.c.id.in_(bindparam("ids", expanding=True)))
_OF_APPLICATION = _READ.where(claim.c.application_id == bindparam("application", type_=Id))
_LIVE_OF_CHILD = _READ.where(claim.c.child_id == bindparam("child", type_=Id), claim.c.ended_at.is_(None))
_END = (
    claim.update()
    .where(claim.c.id == bindparam("of_claim"), claim.c.ended_at.is_(None))
    .values(
        state=bindparam("new_state"),
        ended_at=bindparam("at", type_=Instant()),
        end_reason=bindparam("new_reason"),
        reason=bindparam("sealed_words"),
    )
)


def find(tx: Transaction, claim_id: int) -> SeatClaim | None:
    """The claim of this id, whatever became of it."""
    return next(iter(by_ids(tx, [claim_id])), None)


def by_ids(tx: Transaction, ids: Sequence[int]) -> list[SeatClaim]:
    """The claims of these ids that there are, in this order, whatever became of them."""
    if not ids:
        return []
    rows = {row["id"]: _claim(row) for row in tx.conn.execute(_BY_IDS, {"ids": list(ids)}).mappings()}
    return [rows[each] for each in ids if each in rows]


def newest_of_application(tx: Transaction, application_id: int) -> SeatClaim | None:
    """The newest claim of an application, whatever became of it."""
    rows = tx.conn.execute(_OF_APPLICATION, {"application": application_id}).mappings().all()
    return _claim(rows[-1]) if rows else None


def live_of_child(tx: Transaction, child_id: int) -> SeatClaim | None:
    """What a child has in hand now, over all territories."""
    rows = tx.conn.execute(_LIVE_OF_CHILD, {"child": child_id}).mappings()
    return next((each for each in map(_claim, rows) if each.is_live(tx.now)), None)


def lock_with_twin(tx: Transaction, claim_id: int) -> list[Whose]:
    """The claim and, behind it, that of its twin while both are only held; their applications are locked.

    Raises ClaimUnknown.
    """
    asked = _known(find(tx, claim_id))
    others = [] if asked.twin_id is None else by_ids(tx, [asked.twin_id])
    pair = [asked, *(each for each in others if each.state == ClaimKind.HELD.value)]
    locked = {each: lock(tx, each) for each in sorted(each.application_id for each in pair)}
    now = {each.id: each for each in by_ids(tx, [each.id for each in pair])}
    found = []
    for each in pair:
        application = locked[each.application_id]
        assert application is not None
        found.append((application, now[each.id]))
    return found


def lock_one(tx: Transaction, claim_id: int) -> Whose:
    """The claim alone, its application locked. Raises ClaimUnknown."""
    application = lock(tx, _known(find(tx, claim_id)).application_id)
    assert application is not None
    return application, _known(find(tx, claim_id))


def end(
    tx: Transaction,
    ended: SeatClaim,
    state: str,
    at: datetime,
    *,
    end_reason: str | None = None,
    words: str | None = None,
) -> bool:
    """Write the end of a claim; False when it had ended already. `words` are what staff wrote."""
    sealed = None if words is None else tx.vault.seal("claim", ended.id, "reason", words)
    values = {"of_claim": ended.id, "new_state": state, "at": at}
    values |= {"new_reason": end_reason, "sealed_words": sealed}
    return tx.conn.execute(_END, values).rowcount == 1


def note(tx: Transaction, claim_id: int, end_reason: str) -> None:
    """Write down, beside how a claim ended, why."""
    tx.conn.execute(claim.update().where(claim.c.id == claim_id).values(end_reason=end_reason))


def words_of(tx: Transaction, claim_id: int) -> str | None:
    """What staff wrote when they ended this claim; None when nobody did. Raises VaultError."""
    sealed = tx.conn.execute(select(claim.c.reason).where(claim.c.id == claim_id)).scalar_one_or_none()
    return None if sealed is None else tx.vault.open("claim", claim_id, "reason", sealed)


def check_held(held: SeatClaim, now: datetime) -> None:
    """Raises HoldOver for a hold that is no longer good."""
    over = held.hold.over(now)
    if over is not None:
        raise HoldOver(*over)


def _known(found: SeatClaim | None) -> SeatClaim:
    if found is None:
        raise ClaimUnknown
    return found


def _claim(row: RowMapping) -> SeatClaim:
    values: dict[str, Any] = dict(row)
    return SeatClaim(**values)
