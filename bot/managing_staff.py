"""What an admin does with the login of somebody else. Each is audited, and refuses what is so already.

Whether somebody is the admin's to look after is asked before. `really` is the time by which sessions go.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot import signed_in_nowhere
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.errors import AlreadyDecided, OwnLogin
from domain.staff import ONE_TIME_PASSWORD_LASTS
from storage import journal, open_sessions, second_steps, shutting_out, staff_locks, staff_logins
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class MadePassword:
    """The hash of a password that was made for somebody, and when, by the machine's own clock."""

    hashed: str = field(repr=False)
    at: datetime

    @property
    def good_until(self) -> datetime:
        """Whoever has not come with it by then needs another one."""
        return self.at + ONE_TIME_PASSWORD_LASTS


def unlock(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """The right password is good again, and none was wrong. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    _require_effect(staff_locks.open_again(tx, staff_id))
    return _audited(officer, "unlocked", staff_id)


def end_sessions(tx: Transaction, officer: Officer, staff_id: int, really: datetime) -> Audited:
    """Signed in nowhere any more, and so off duty. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    ended = _end_sessions(tx, staff_id, really)
    _require_effect(ended > 0)
    return _audited(officer, "sessions_ended", staff_id, ended=ended)


def new_start(
    tx: Transaction, officer: Officer, staff_id: int, made: MadePassword, changed_at: datetime | None
) -> Audited:
    """For whoever has forgotten the password. `changed_at`: since when it is the one that is replaced.

    Raises AlreadyDecided where another is in its place by now, or the login is shut out; OwnLogin.
    """
    _hold(tx, officer, staff_id)
    stored = staff_logins.find_by_id(tx, staff_id)
    _require_effect(stored is not None and stored.password_changed_at == changed_at)
    return _audited(officer, "new_start", staff_id, ended=_begin_anew(tx, staff_id, made))


def new_start_by_command(tx: Transaction, staff_id: int, made: MadePassword, by: str) -> Audited:
    """The same on the server, by a user of it. Raises AlreadyDecided for a login that is shut out."""
    shutting_out.hold(tx, staff_id)
    data = {"by": by, "ended": _begin_anew(tx, staff_id, made)}
    return Audited(journal.SYSTEM, "new_start", journal.by_staff(staff_id), data)


def second_step_off_by_command(tx: Transaction, staff_id: int, by: str) -> Audited:
    """As `second_step_off`, on the server. Raises AlreadyDecided when it is off."""
    shutting_out.hold(tx, staff_id)
    _remove_second_step(tx, staff_id)
    return Audited(journal.SYSTEM, "second_step_off", journal.by_staff(staff_id), {"by": by})


def second_step_off(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """For whoever has lost the app and the recovery codes. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    _remove_second_step(tx, staff_id)
    return _audited(officer, "second_step_off", staff_id)


def shut_out(tx: Transaction, officer: Officer, staff_id: int, really: datetime) -> Audited:
    """Nobody gets in with that login; questions in hand go back. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    _require_effect(shutting_out.shut_out(tx, staff_id, tx.now))
    ended = _end_sessions(tx, staff_id, really)
    return _audited(officer, "shut_out", staff_id, ended=ended)


def let_in(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """The login is good again, with password and second step as they were. As above."""
    _hold(tx, officer, staff_id)
    _require_effect(shutting_out.let_in(tx, staff_id))
    return _audited(officer, "let_in_again", staff_id)


def _begin_anew(tx: Transaction, staff_id: int, made: MadePassword) -> int:
    """Signed in nowhere, not locked, with a password that opens nothing but its change; sessions ended."""
    _require_effect(staff_logins.give_password(tx, staff_id, made.hashed, made.at, made.good_until))
    ended = _end_sessions(tx, staff_id, made.at)
    staff_locks.open_again(tx, staff_id)
    return ended


def _end_sessions(tx: Transaction, staff_id: int, really: datetime) -> int:
    ended = open_sessions.end_all(tx, staff_id)
    signed_in_nowhere.let_go(tx, really)
    return ended


def _remove_second_step(tx: Transaction, staff_id: int) -> None:
    present = second_steps.held(tx, staff_id)
    _require_effect(present is not None and present.used is not None)
    second_steps.remove(tx, staff_id)


def _hold(tx: Transaction, officer: Officer, staff_id: int) -> None:
    """Of two admins who shut each other out at once, one does."""
    if officer.staff_id == staff_id:
        raise OwnLogin
    _require_effect(officer.staff_id in shutting_out.hold(tx, officer.staff_id, staff_id))


def _require_effect(has_effect: bool) -> None:
    if not has_effect:
        raise AlreadyDecided


def _audited(officer: Officer, what: str, staff_id: int, **data: int) -> Audited:
    return Audited(officer.actor, what, journal.by_staff(staff_id), dict(data))
