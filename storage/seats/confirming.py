"""Confirming a hold: a referral at once, or what the kindergarten is asked to activate [001, 004]."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from domain import activation
from domain.application import Happening, Status, status_after
from domain.claim import ClaimKind
from domain.errors import HoldOver
from domain.hold import HoldEnd
from domain.policy import Policy
from domain.policy_terms import ReferralMode
from domain.referral import issue
from storage import policies
from storage.application_changes import Changed, resume, set_status
from storage.applications import Application, ApplicationChanged
from storage.seats import claims, lapsing, referral_rows
from storage.seats.claims import SeatClaim
from storage.seats.referral_rows import Written
from storage.tables import claim, seat
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """One confirmed hold: `issued` in an `instant` territory, `activate_by` in an `activated` one.

    `activate_by`: since when the department may answer in the kindergarten's stead.
    """

    claim_id: int
    application: Application
    issued: Written | None
    activate_by: datetime | None


_STILL_OURS = (
    select(seat.c.id)
    .where(
        seat.c.claim_id.in_(bindparam("claims", expanding=True)),
        seat.c.held_until > bindparam("now", type_=Instant()),
    )
    .order_by(seat.c.id)
    .with_for_update()
)
_KEEP_SEAT = update(seat).where(seat.c.claim_id == bindparam("of_claim")).values(held_until=None)
_FURTHER = (
    update(claim)
    .where(
        claim.c.id == bindparam("of_claim"),
        claim.c.state == bindparam("was_state"),
        claim.c.ended_at.is_(None),
    )
    .values(
        state=bindparam("new_state"),
        confirmed_at=bindparam("at", type_=Instant()),
        activate_by=bindparam("due_at", type_=Instant()),
    )
)


def confirm(tx: Transaction, claim_id: int) -> list[Confirmed]:
    """Confirm a hold, and with it that of the other twin; the asked one comes first.

    What is given follows the policy in force now. Raises HoldOver, also for one confirmed already,
    StatusForbids, and ClaimUnknown.
    """
    pair = claims.lock_with_twin(tx, claim_id)
    for _, held in pair:
        claims.check_held(held, tx.now)
    steps = [_step(tx, *whose) for whose in pair]
    # Nothing is written before it is sure for both: a refusal does not undo what was.
    _keep_from_others(tx, [held for _, held in pair])
    changed = [_leave_the_queue(tx, each) for each in steps]
    return [_write(tx, *each) for each in zip(steps, changed, strict=True)]


def refer(tx: Transaction, application: Application, sent: SeatClaim) -> Confirmed:
    """Issue the referral for what was sent to the kindergarten: its application is locked."""
    policy = policies.in_force(tx, application.territory_id, tx.now)
    changed = set_status(tx, application, Happening.REFERRED, carry_pattern=policy.carry_pattern)
    assert sent.confirmed_at is not None
    _further(tx, sent, ClaimKind.REFERRED, sent.confirmed_at, sent.activate_by)
    return _referred(tx, changed, sent, policy)


@dataclass(frozen=True, slots=True)
class _Step:
    """A hold with its application, which can still go further, and the policy in force now."""

    application: Application
    held: SeatClaim
    policy: Policy

    @property
    def happening(self) -> Happening:
        instant = self.policy.referral_mode is ReferralMode.INSTANT
        return Happening.REFERRED if instant else Happening.SENT


def _step(tx: Transaction, application: Application, held: SeatClaim) -> _Step:
    application = lapsing.make_own_due(tx, application)
    if application.status is Status.SUSPENDED:
        raise HoldOver(HoldEnd.SUSPENDED, application.suspended_from or tx.now)
    step = _Step(application, held, policies.in_force(tx, application.territory_id, tx.now))
    status_after(application.status, step.happening)
    return step


def _keep_from_others(tx: Transaction, pair: Sequence[SeatClaim]) -> None:
    """Lock the seats. Whoever took one in the meantime had a later clock than we: raises HoldOver."""
    asked = {"claims": [each.id for each in pair], "now": tx.now}
    if len(tx.conn.execute(_STILL_OURS, asked).all()) != len(pair):
        raise HoldOver(HoldEnd.LAPSED, pair[0].held_until)


def _leave_the_queue(tx: Transaction, step: _Step) -> Changed:
    """Its pause, if it was given one while it held the seat, is over: who confirms takes part."""
    application = step.application
    if application.paused_at is not None:
        application = resume(tx, application)
    return set_status(tx, application, step.happening, carry_pattern=step.policy.carry_pattern)


def _write(tx: Transaction, step: _Step, changed: Changed) -> Confirmed:
    held, policy = step.held, step.policy
    tx.conn.execute(_KEEP_SEAT, {"of_claim": held.id})
    if step.happening is Happening.REFERRED:
        _further(tx, held, ClaimKind.REFERRED, tx.now)
        return _referred(tx, changed, held, policy)
    due_at = activation.activate_by(tx.now, policy)
    _further(tx, held, ClaimKind.APPLIED, tx.now, due_at)
    return Confirmed(claim_id=held.id, application=changed.application, issued=None, activate_by=due_at)


def _referred(tx: Transaction, changed: Changed, held: SeatClaim, policy: Policy) -> Confirmed:
    issued = referral_rows.write(tx, held.id, changed.application.territory_id, issue(tx.now, policy))
    return Confirmed(claim_id=held.id, application=changed.application, issued=issued, activate_by=None)


def _further(
    tx: Transaction, before: SeatClaim, kind: ClaimKind, at: datetime, due_at: datetime | None = None
) -> None:
    values: dict[str, Any] = {"of_claim": before.id, "was_state": before.state, "new_state": kind.value}
    done = tx.conn.execute(_FURTHER, values | {"at": at, "due_at": due_at})
    if done.rowcount != 1:
        raise ApplicationChanged(before.application_id)
