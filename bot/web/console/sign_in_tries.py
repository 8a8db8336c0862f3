"""How often somebody may try to sign in: counted before the password is looked at, whoever the login is.

Limits go by the machine's clock. What is counted is the same for a login that nobody has.
"""

from collections.abc import Collection
from datetime import datetime

from domain.tries import (
    CODES_OF_STAFF,
    PASSWORDS_OF_STAFF,
    SECOND_STEPS_PER_LOGIN,
    SECOND_STEPS_PER_SIGN_IN,
    SIGN_INS_PER_ADDRESS,
    SIGN_INS_PER_KNOWN_BROWSER,
    SIGN_INS_PER_LOGIN,
    SIGN_INS_PER_LOGIN_AND_ADDRESS,
    TryLimit,
    require_try,
)
from storage import attempts
from storage.half_sessions import Half
from storage.transaction import Transaction

_BOTH, _LOGIN, _ADDRESS, _KNOWN = "desk_both", "desk_login", "desk_address", "desk_known"
_Try = tuple[str, str, TryLimit]
_AGAIN, _CODE, _STEP, _STEPS = "desk_again", "desk_code", "desk_step", "desk_steps"


def count(
    tx: Transaction,
    login: str,
    address: str,
    now: datetime,
    known: str | None = None,
    changed_at: datetime | None = None,
) -> None:
    """One more try. Raises TooManyTries; then none is used up.

    A few wrong ones from one place bar that place alone: nobody is locked out by a stranger so soon. In a
    browser that is known for this login (`known` is its mark) tries elsewhere do not count at all. What was
    tried for a password that was changed since (`changed_at`) counts for the address alone.
    """
    tries = [(_ADDRESS, address, SIGN_INS_PER_ADDRESS)]
    of_login = (
        [(_KNOWN, known, SIGN_INS_PER_KNOWN_BROWSER)]
        if known is not None
        else [
            (_LOGIN, login, SIGN_INS_PER_LOGIN),
            (_BOTH, _pair(login, address), SIGN_INS_PER_LOGIN_AND_ADDRESS),
        ]
    )
    _require(tx, tries, now)
    _require(tx, of_login, now, changed_at)
    _record(tx, [*tries, *of_login], now)


def forgive(tx: Transaction, login: str, address: str, known: str | None = None) -> None:
    """The right password was among them: what was mistyped here counts no more."""
    attempts.forget(tx, _BOTH, _subject(tx, _BOTH, _pair(login, address)))
    if known is not None:
        attempts.forget(tx, _KNOWN, _subject(tx, _KNOWN, known))


def forgive_all(tx: Transaction, login: str) -> None:
    """Whatever was tried for this login from wherever counts no more."""
    attempts.forget(tx, _LOGIN, _subject(tx, _LOGIN, login))


def count_again(tx: Transaction, staff_id: int, now: datetime) -> None:
    """The own password once more, by somebody who is signed in. Raises TooManyTries."""
    _count(tx, [(_AGAIN, str(staff_id), PASSWORDS_OF_STAFF)], now)


def forgive_again(tx: Transaction, staff_id: int) -> None:
    """It was right."""
    attempts.forget(tx, _AGAIN, _subject(tx, _AGAIN, str(staff_id)))


def count_code(tx: Transaction, staff_id: int, now: datetime) -> None:
    """A code of the second step, by somebody who is signed in. Raises TooManyTries."""
    _count(tx, [(_CODE, str(staff_id), CODES_OF_STAFF)], now)


def forgive_code(tx: Transaction, staff_id: int) -> None:
    """It was right."""
    attempts.forget(tx, _CODE, _subject(tx, _CODE, str(staff_id)))


def count_step(tx: Transaction, half: Half, now: datetime, known: str | None) -> None:
    """One more code of the second step. Raises TooManyTries."""
    tries = [
        (_STEPS, known or str(half.staff_id), SECOND_STEPS_PER_LOGIN),
        (_STEP, half.id_hash.hex(), SECOND_STEPS_PER_SIGN_IN),
    ]
    _count(tx, tries, now)


def _count(tx: Transaction, tries: Collection[_Try], now: datetime) -> None:
    _require(tx, tries, now)
    _record(tx, tries, now)


def _require(tx: Transaction, tries: Collection[_Try], now: datetime, after: datetime | None = None) -> None:
    for kind, who, limit in tries:
        subject, since = _subject(tx, kind, who), now - limit.span
        attempts.hold(tx, subject)
        require_try(limit, attempts.since(tx, kind, subject, max(since, after or since)), now)


def _record(tx: Transaction, tries: Collection[_Try], now: datetime) -> None:
    for kind, who, _ in tries:
        attempts.record(tx, kind, _subject(tx, kind, who), now)


def _pair(login: str, address: str) -> str:
    return f"{login} {address}"


def _subject(tx: Transaction, kind: str, who: str) -> bytes:
    return tx.vault.blind("limit", f"{kind}:{who}")
