"""Errands: what a conversation asked of the outside, run after the commit, answered once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, literal_column, or_, select, update

from storage.dialects import parameters
from storage.ids import new_id
from storage.tables import contact, conversation, errand
from storage.transaction import Transaction
from storage.types import Instant
from storage.vault import VaultError


@dataclass(frozen=True, slots=True)
class Errand:
    """An errand, its request opened (None where it can't be), and where its answer is to go."""

    id: int
    conversation_id: int
    channel: str
    address: str
    kind: str
    step_token: int
    state: str
    tries: int
    due_at: datetime
    gives_up_at: datetime
    request: Any


_PENDING = errand.c.state == literal_column("'pending'")
_now = bindparam("now", type_=Instant())

_CREATE = insert(errand).values(
    parameters(
        errand,
        *("id", "conversation_id", "kind", "request", "step_token", "due_at"),
        *("lease_until", "leased_by", "gives_up_at", "created_at"),
    )
    | {"state": literal_column("'pending'"), "tries": literal_column("0")}
)
_ERRAND = (
    select(
        errand.c.id,
        errand.c.conversation_id,
        contact.c.channel,
        contact.c.address,
        errand.c.kind,
        errand.c.step_token,
        errand.c.state,
        errand.c.tries,
        errand.c.due_at,
        errand.c.gives_up_at,
        errand.c.request,
    )
    .join_from(errand, conversation, conversation.c.id == errand.c.conversation_id)
    .join(contact, contact.c.id == conversation.c.contact_id)
)
_GET = _ERRAND.where(errand.c.id == bindparam("id"))
_PENDING_OF_KIND = _ERRAND.where(_PENDING, errand.c.kind == bindparam("kind"))
_DUE = (
    _ERRAND.where(
        _PENDING,
        errand.c.due_at <= _now,
        or_(errand.c.lease_until.is_(None), errand.c.lease_until <= _now),
    )
    .order_by(errand.c.due_at, errand.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=errand, skip_locked=True)
)
_LEASE = (
    update(errand)
    .where(errand.c.id.in_(bindparam("ids", expanding=True)))
    .values(lease_until=bindparam("until", type_=Instant()), leased_by=bindparam("worker"))
)
_RETRY = (
    update(errand)
    .where(errand.c.id == bindparam("errand_id"), _PENDING, errand.c.leased_by == bindparam("worker"))
    .values(
        due_at=bindparam("new_due_at"),
        error=bindparam("new_error"),
        tries=errand.c.tries + literal_column("1"),
        lease_until=literal_column("NULL"),
        leased_by=literal_column("NULL"),
    )
)
_FINISH = (
    update(errand)
    .where(errand.c.id == bindparam("errand_id"), _PENDING)
    .values(state=bindparam("new_state"), error=bindparam("new_error"), request=bindparam("no_request"))
)


def create(
    tx: Transaction,
    conversation_id: int,
    kind: str,
    request: Any,
    *,
    step_token: int,
    at: datetime,
    due_at: datetime,
    gives_up_at: datetime,
    lease_until: datetime | None = None,
    leased_by: str | None = None,
) -> int:
    """Write an errand with the turn that needs it; its id. `request` is plain data, kept sealed.

    `due_at`, `gives_up_at` and the lease are real instants, `at` is the turn's.
    """
    errand_id = new_id()
    tx.conn.execute(
        _CREATE,
        {
            "id": errand_id,
            "conversation_id": conversation_id,
            "kind": kind,
            "request": tx.vault.seal_bytes("errand", errand_id, "request", orjson.dumps(request)),
            "step_token": step_token,
            "due_at": due_at,
            "lease_until": lease_until,
            "leased_by": leased_by,
            "gives_up_at": gives_up_at,
            "created_at": at,
        },
    )
    return errand_id


def get(tx: Transaction, errand_id: int) -> Errand | None:
    """The errand, or None."""
    row = tx.conn.execute(_GET, {"id": errand_id}).first()
    return None if row is None else _opened(tx, row)


def lease_due(
    tx: Transaction, worker: str, now_real: datetime, lease_until: datetime, limit: int
) -> list[Errand]:
    """Lease up to `limit` errands that are due, the longest waiting first."""
    asked = {"now": now_real, "limit": limit}
    leased = [_opened(tx, row) for row in tx.conn.execute(_DUE, asked)]
    if leased:
        ids = [each.id for each in leased]
        tx.conn.execute(_LEASE, {"ids": ids, "until": lease_until, "worker": worker})
    return leased


_RELEASE = (
    update(errand)
    .where(_PENDING, errand.c.leased_by.is_not(None))
    .values(lease_until=literal_column("NULL"), leased_by=literal_column("NULL"))
)


def release_all(tx: Transaction) -> None:
    """Take every lease away, where one starts who knows that no other worker lives."""
    tx.conn.execute(_RELEASE)


def pending_requests(tx: Transaction, kind: str) -> list[Any]:
    """What the errands of a kind ask for that are still to be answered, without what can't be opened."""
    found = (_opened(tx, row) for row in tx.conn.execute(_PENDING_OF_KIND, {"kind": kind}))
    return [each.request for each in found if each.request is not None]


def retry(tx: Transaction, errand_id: int, worker: str, due_at: datetime, error: str) -> bool:
    """Put a failed errand off until `due_at`; False when the lease was lost meanwhile."""
    changed = {"errand_id": errand_id, "worker": worker, "new_due_at": due_at, "new_error": error}
    return tx.conn.execute(_RETRY, changed).rowcount == 1


def finish(tx: Transaction, errand_id: int, error: str | None = None) -> bool:
    """Close an errand in the turn that takes its answer (or, with `error`, its failure).

    What was asked is forgotten with it: an IIN, a password. True only for the first: whoever gets False
    brings an answer that is no longer wanted.
    """
    state = "done" if error is None else "failed"
    changed = {"errand_id": errand_id, "new_state": state, "new_error": error, "no_request": b""}
    return tx.conn.execute(_FINISH, changed).rowcount == 1


def _opened(tx: Transaction, row: Any) -> Errand:
    try:
        request = orjson.loads(tx.vault.open_bytes("errand", row.id, "request", row.request))
    except VaultError:
        # One that can't be opened must not keep the others from being leased.
        request = None
    fields: tuple[Any, ...] = (*row[:-1], request)
    return Errand(*fields)
