"""How often somebody may try to sign in: counted before the password is looked at, whoever the login is.

Limits go by the machine's clock. What is counted is the same for a login that nobody has.
"""

from datetime import datetime

from domain.tries import (
    SIGN_INS_PER_ADDRESS,
    SIGN_INS_PER_LOGIN,
    SIGN_INS_PER_LOGIN_AND_ADDRESS,
    TryLimit,
    require_try,
)
from storage import attempts
from storage.transaction import Transaction

_BOTH, _LOGIN, _ADDRESS = "desk_both", "desk_login", "desk_address"


def count(tx: Transaction, login: str, address: str, now: datetime) -> None:
    """One more try. Raises TooManyTries; then none is used up.

    A few wrong ones from one place bar that place alone: nobody is locked out by a stranger so soon.
    """
    tries = (
        (_ADDRESS, address, SIGN_INS_PER_ADDRESS),
        (_LOGIN, login, SIGN_INS_PER_LOGIN),
        (_BOTH, _pair(login, address), SIGN_INS_PER_LOGIN_AND_ADDRESS),
    )
    subjects = [(kind, _subject(tx, kind, who), limit) for kind, who, limit in tries]
    for kind, subject, limit in subjects:
        attempts.hold(tx, subject)
        _require(tx, kind, subject, limit, now)
    for kind, subject, _ in subjects:
        attempts.record(tx, kind, subject, now)


def forgive(tx: Transaction, login: str, address: str) -> None:
    """The right password was among them: what was mistyped here counts no more."""
    attempts.forget(tx, _BOTH, _subject(tx, _BOTH, _pair(login, address)))


def _require(tx: Transaction, kind: str, subject: bytes, limit: TryLimit, now: datetime) -> None:
    require_try(limit, attempts.since(tx, kind, subject, now - limit.span), now)


def _pair(login: str, address: str) -> str:
    return f"{login} {address}"


def _subject(tx: Transaction, kind: str, who: str) -> bytes:
    return tx.vault.blind("limit", f"{kind}:{who}")
