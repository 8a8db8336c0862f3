"""Codes by SMS as they are stored: a keyed hash, never the code. What is allowed, the domain says."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, literal_column, select, update

from domain.phone import Phone
from storage.dialects import parameters
from storage.ids import new_id
from storage.tables import code, contact
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A code that was asked for. `to_a_phone` (or to a mailbox) is False for one that was sent to nobody,
    made so that an unknown person looks the same as a known one.
    """

    id: int
    sent_at: datetime
    expires_at: datetime
    tries_left: int
    used: bool
    to_a_phone: bool
    phone_index: bytes | None
    code_hash: bytes


_CREATE = insert(code).values(
    parameters(
        code,
        *("id", "contact_id", "phone_index", "code_hash", "purpose"),
        *("sent_at", "expires_at", "tries_left"),
    )
)
_NEWEST_FIRST = select(
    code.c.id,
    code.c.sent_at,
    code.c.expires_at,
    code.c.tries_left,
    code.c.used_at.is_not(None),
    code.c.phone_index.is_not(None),
    code.c.phone_index,
    code.c.code_hash,
).order_by(code.c.sent_at.desc(), code.c.id.desc())
_LATEST = _NEWEST_FIRST.where(
    code.c.contact_id == bindparam("contact_id"), code.c.purpose == bindparam("purpose")
).limit(1)
_LIVE_TO = _NEWEST_FIRST.where(
    code.c.phone_index.in_(bindparam("blinds", expanding=True)),
    code.c.purpose == bindparam("purpose"),
    code.c.used_at.is_(None),
    code.c.expires_at > bindparam("now", type_=Instant()),
)
_WHO_ASKED = (
    select(contact.c.parent_id)
    .join(code, code.c.contact_id == contact.c.id)
    .where(code.c.id == bindparam("code_id"))
)
_DROP_OLDER = delete(code).where(
    code.c.contact_id == bindparam("contact_id"), code.c.purpose == bindparam("purpose")
)
_SPEND = (
    update(code)
    .where(code.c.id == bindparam("code_id"), code.c.tries_left > 0)
    .values(tries_left=code.c.tries_left - literal_column("1"))
)
_USE = (
    update(code)
    .where(code.c.id == bindparam("code_id"), code.c.used_at.is_(None))
    .values(used_at=bindparam("at"))
)


def create(
    tx: Transaction,
    contact_id: int,
    to: Phone | str | None,
    digits: str,
    purpose: str,
    at: datetime,
    tries: int,
    life: timedelta,
) -> int:
    """Write down a code that is being sent to a phone or an e-mail address; its id.

    The newest of a contact and purpose counts; older ones are good for nothing and go. Instants do not
    tell which is newer: of a clock that was set back two can be the same.
    """
    tx.conn.execute(_DROP_OLDER, {"contact_id": contact_id, "purpose": purpose})
    code_id = new_id()
    tx.conn.execute(
        _CREATE,
        {
            "id": code_id,
            "contact_id": contact_id,
            "phone_index": next(iter(blinds_of(tx, to)), None),
            "code_hash": tx.vault.blind("code", f"{code_id}:{digits}"),
            "purpose": purpose,
            "sent_at": at,
            "expires_at": at + life,
            "tries_left": tries,
        },
    )
    return code_id


def blinds_of(tx: Transaction, to: Phone | str | None) -> tuple[bytes, ...]:
    """By what it is told where a code went, the newest key's first; nothing for nobody."""
    match to:
        case Phone():
            return tx.vault.blinds("phone", to.e164)
        case str():
            return tx.vault.blinds("email", to)
        case None:
            return ()


def latest(tx: Transaction, contact_id: int, purpose: str) -> StoredCode | None:
    """The newest code of a contact for that purpose."""
    row = tx.conn.execute(_LATEST, {"contact_id": contact_id, "purpose": purpose}).first()
    return None if row is None else StoredCode(*row)


def live_to(tx: Transaction, phone: Phone, purpose: str, now: datetime) -> list[StoredCode]:
    """The codes to a phone for that purpose that are neither old nor used, whoever asked, newest first.

    Also those whose tries are spent: only who asked for them has spent them.
    """
    asked = {"blinds": list(tx.vault.blinds("phone", phone.e164)), "purpose": purpose, "now": now}
    return [StoredCode(*row) for row in tx.conn.execute(_LIVE_TO, asked)]


def parent_who_asked(tx: Transaction, code_id: int) -> int | None:
    """The parent whose account asked for a code; None when it has signed out meanwhile."""
    found: int | None = tx.conn.execute(_WHO_ASKED, {"code_id": code_id}).scalar()
    return found


def matches(tx: Transaction, stored: StoredCode, typed: str) -> bool:
    """Whether what was typed is that code; compared in constant time."""
    tried = tx.vault.blinds("code", f"{stored.id}:{typed}")
    return any(hmac.compare_digest(each, stored.code_hash) for each in tried)


def spend_try(tx: Transaction, code_id: int) -> None:
    """One try less."""
    tx.conn.execute(_SPEND, {"code_id": code_id})


def mark_used(tx: Transaction, code_id: int, at: datetime) -> bool:
    """The code has done its work; True only for the first to say so."""
    return tx.conn.execute(_USE, {"code_id": code_id, "at": at}).rowcount == 1
