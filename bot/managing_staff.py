"""What an admin does with the login of somebody else. Each is audited, and refuses what is so already.

Whether somebody is the admin's to look after is asked before.
"""

from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.errors import AlreadyDecided, OwnLogin
from storage import journal, open_sessions, second_steps, shutting_out, staff_locks
from storage.centre import duty
from storage.transaction import Transaction


def unlock(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """The right password is good again, and none was wrong. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    _require_effect(staff_locks.open_again(tx, staff_id))
    return _audited(officer, "unlocked", staff_id)


def end_sessions(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """Signed in nowhere any more, and so off duty. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    ended = open_sessions.end_all(tx, staff_id)
    duty.end(tx, [staff_id])
    _require_effect(ended > 0)
    return _audited(officer, "sessions_ended", staff_id, ended=ended)


def second_step_off(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """For whoever has lost the app and the recovery codes. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    present = second_steps.held(tx, staff_id)
    _require_effect(present is not None and present.used is not None)
    second_steps.remove(tx, staff_id)
    return _audited(officer, "second_step_off", staff_id)


def shut_out(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """Nobody gets in with that login; questions in hand go back. Raises AlreadyDecided, OwnLogin."""
    _hold(tx, officer, staff_id)
    _require_effect(shutting_out.shut_out(tx, staff_id, tx.now))
    ended = open_sessions.end_all(tx, staff_id)
    duty.end(tx, [staff_id])
    return _audited(officer, "shut_out", staff_id, ended=ended)


def let_in(tx: Transaction, officer: Officer, staff_id: int) -> Audited:
    """The login is good again, with password and second step as they were. As above."""
    _hold(tx, officer, staff_id)
    _require_effect(shutting_out.let_in(tx, staff_id))
    return _audited(officer, "let_in_again", staff_id)


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
