"""What signing in writes down: a try, who is halfway in, who is in."""

from dataclasses import dataclass

from aiohttp import web

from bot import signed_in_nowhere
from bot.web.console import sign_in_tries
from bot.web.console.browsers import browser_of
from bot.web.console.visit import Visit
from domain.sign_in_lock import SignInLock
from storage import audit, half_sessions, journal, staff_locks, staff_logins, staff_sessions
from storage.staff_logins import StoredLogin
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Tried:
    """Whose login it is, None for nobody's; whether it is locked; the lock if the password is wrong."""

    stored: StoredLogin | None
    is_locked: bool = False
    if_wrong: SignInLock | None = None


def count_try(visit: Visit, login: str, tx: Transaction) -> Tried:
    """One more try, which counts as wrong until it was right. Raises TooManyTries."""
    now, stored = visit.house.console.real_now(), staff_logins.find(tx, login)
    known = visit.house.known.mark_of(visit.request, stored)
    changed_at = stored.password_changed_at if stored is not None else None
    sign_in_tries.count(tx, login, visit.address, now, known, changed_at)
    if stored is None or known is not None:
        return Tried(stored)
    lock = staff_locks.held(tx, stored.staff_id)
    if lock.is_locked(now):
        return Tried(stored, is_locked=True)
    wrong = lock.after_wrong(now)
    staff_locks.write(tx, stored.staff_id, wrong)
    return Tried(stored, if_wrong=wrong)


def note_lock(visit: Visit, tried: Tried, tx: Transaction) -> None:
    """The password was wrong: a lock that began with it stands in the audit. Who tried is not known."""
    if tried.stored is None or tried.if_wrong is None or tried.if_wrong.until is None:
        return
    audit.append(
        tx,
        at=tx.now,
        actor=journal.SYSTEM,
        what="sign_in_locked",
        about=journal.by_staff(tried.stored.staff_id),
        data={"wrong": tried.if_wrong.wrong},
        from_where=visit.address,
    )


def begin(visit: Visit, stored: StoredLogin, tx: Transaction) -> str | None:
    """A session with a name of its own, the token; the one that this browser had before ends.

    None when the login or its password has changed since it was looked at.
    """
    if not _stays(tx, stored):
        return None
    before = visit.house.cookies.token_of(visit.request)
    if before is not None:
        staff_sessions.end(tx, before)
    known = visit.house.known.mark_of(visit.request, stored)
    sign_in_tries.forgive(tx, stored.login, visit.address, known)
    staff_locks.open_again(tx, stored.staff_id)
    agent = browser_of(visit.request.headers.get("User-Agent", ""))
    now = visit.house.console.real_now()
    # Whose last session is over begins a new duty by saying so.
    signed_in_nowhere.let_go(tx, now)
    token = staff_sessions.start(tx, stored.staff_id, now, visit.address, agent)
    note(tx, visit, stored.staff_id, "signed_in")
    return token


def begin_half(visit: Visit, stored: StoredLogin, tx: Transaction) -> str | None:
    """The password was right, the second step is owed: the token. None as above."""
    if not _stays(tx, stored):
        return None
    return half_sessions.start(tx, stored.staff_id, visit.house.console.real_now(), visit.address)


def _stays(tx: Transaction, stored: StoredLogin) -> bool:
    """Whether the login is as it was looked at. It stays so: who changes it waits, and ends this session."""
    staff_locks.held(tx, stored.staff_id)
    return staff_logins.find_by_id(tx, stored.staff_id) == stored


def lead_in(visit: Visit, stored: StoredLogin, token: str, target: str) -> web.HTTPSeeOther:
    """The answer that hands the session out and remembers the browser."""
    leading = web.HTTPSeeOther(target)
    visit.house.cookies.sign_in(leading, token)
    visit.house.cookies.half_over(leading)
    visit.house.known.remember(visit.request, leading, stored)
    return leading


def note(tx: Transaction, visit: Visit, staff_id: int, what: str) -> None:
    """An entry of the audit by somebody about their own login."""
    actor = journal.by_staff(staff_id)
    audit.append(tx, at=tx.now, actor=actor, what=what, about=None, data={}, from_where=visit.address)
