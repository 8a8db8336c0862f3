"""What became of messages that were leased for delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from sqlalchemy import bindparam, func, literal_column, update

from storage.prepared import Prepared
from storage.tables import delivery
from storage.tables.delivery import PENDING
from storage.transaction import Transaction
from storage.types import Instant

Outcome = Literal["pending", "sent", "delivered", "failed", "given_up"]
LOST: frozenset[Outcome] = frozenset({"failed", "given_up"})
"""What will not arrive by this way, unless somebody has it sent again."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a leased message. Made by the class methods."""

    message_id: int
    worker: str
    state: Outcome
    external_id: str | None = None
    error: str | None = None
    sent_at: datetime | None = None
    due_at: datetime | None = None
    unreachable: bool = False
    """Failed because the person can't be reached this way, and not for the message's own sake."""
    counts: int = 1
    """How much this adds to the tries of the message."""

    @classmethod
    def sent(cls, message_id: int, worker: str, at: datetime, external_id: str | None) -> Self:
        """The channel took it, under its id."""
        return cls(message_id, worker, "sent", external_id, sent_at=at)

    @classmethod
    def delivered(cls, message_id: int, worker: str, at: datetime, external_id: str | None) -> Self:
        """The channel took it and it arrived."""
        return cls(message_id, worker, "delivered", external_id, sent_at=at)

    @classmethod
    def retry(cls, message_id: int, worker: str, due_at: datetime, error: str, counts: int = 1) -> Self:
        """It failed for now and is due again at `due_at`."""
        return cls(message_id, worker, "pending", error=error, due_at=due_at, counts=counts)

    @classmethod
    def put_back(cls, message_id: int, worker: str) -> Self:
        """It was not tried: whoever can send it may lease it."""
        return cls(message_id, worker, "pending", counts=0)

    @classmethod
    def failed(cls, message_id: int, worker: str, error: str, unreachable: bool = False) -> Self:
        """The channel refuses it and always will."""
        return cls(message_id, worker, "failed", error=error, unreachable=unreachable)

    @classmethod
    def given_up(cls, message_id: int, worker: str, error: str) -> Self:
        """It failed too often, or became pointless."""
        return cls(message_id, worker, "given_up", error=error)


_SETTLE = Prepared(
    update(delivery)
    .where(delivery.c.message_id == bindparam("id"), PENDING, delivery.c.leased_by == bindparam("worker"))
    .values(
        state=bindparam("new_state"),
        external_id=bindparam("new_external_id"),
        error=bindparam("new_error"),
        sent_at=bindparam("new_sent_at"),
        due_at=func.coalesce(bindparam("new_due_at", type_=Instant()), delivery.c.due_at),
        tries=delivery.c.tries + bindparam("counts", type_=delivery.c.tries.type),
        lease_until=literal_column("NULL"),
        leased_by=literal_column("NULL"),
    )
)


def settle(tx: Transaction, outcomes: Sequence[Settled]) -> list[Settled]:
    """Write down what became of leased messages, many at once; those of them that will not arrive.

    Without effect for a message whose lease was lost to another worker, or that was settled.
    """
    in_order = sorted(outcomes, key=_by_id)  # one order, so that two batches cannot deadlock
    went_on = [_row(tx, each) for each in in_order if each.state not in LOST]
    if went_on:
        _SETTLE.run_many(tx, went_on)
    return [each for each in in_order if each.state in LOST and _SETTLE.run(tx, _row(tx, each)).rowcount]


def _row(tx: Transaction, outcome: Settled) -> dict[str, Any]:
    return {
        "id": outcome.message_id,
        "worker": outcome.worker,
        "new_state": outcome.state,
        "new_external_id": outcome.external_id,
        "new_error": outcome.error,
        # On the clock that decides: it is read beside the instants of notices.
        "new_sent_at": tx.now if outcome.sent_at is not None else None,
        "new_due_at": outcome.due_at,
        "counts": outcome.counts,
    }


def _by_id(outcome: Settled) -> int:
    return outcome.message_id
