"""The second step of signing in: set up, made, turned off. `now` is the machine's own time."""

from dataclasses import replace
from datetime import datetime

from bot import one_time_codes
from domain.errors import AlreadyDecided, SecondStepWrong
from storage import second_steps
from storage.second_steps import SecondStep
from storage.transaction import Transaction


def begin(tx: Transaction, staff_id: int, session_hash: bytes) -> None:
    """A secret and recovery codes, shown in this session alone. Raises AlreadyDecided when it is on."""
    present = second_steps.held(tx, staff_id)
    if present is not None and present.used is not None:
        raise AlreadyDecided
    codes = one_time_codes.new_recovery_codes()
    second_steps.write(
        tx, staff_id, SecondStep(one_time_codes.new_secret(), codes, session=session_hash.hex())
    )


def being_set_up(tx: Transaction, staff_id: int, session_hash: bytes) -> SecondStep | None:
    """What this session is shown; None for any other one, and once it is on."""
    return _of_session(second_steps.find(tx, staff_id), session_hash)


def confirm(tx: Transaction, staff_id: int, session_hash: bytes, typed: str, now: datetime) -> None:
    """Turn it on: a code shows that the app has it. Raises AlreadyDecided, SecondStepWrong."""
    found = _of_session(second_steps.held(tx, staff_id), session_hash)
    if found is None:
        raise AlreadyDecided
    step = one_time_codes.step_of(found.secret, typed, now)
    if step is None:
        raise SecondStepWrong
    hashes = tuple(one_time_codes.recovery_hash(each) for each in found.recovery)
    second_steps.write(tx, staff_id, SecondStep(found.secret, hashes, used=step))


def is_made(tx: Transaction, staff_id: int, typed: str, now: datetime) -> bool:
    """Whether the code is right; then it is good no more. A recovery code will do, too."""
    present = second_steps.held(tx, staff_id)
    if present is None or present.used is None:
        return False
    step = one_time_codes.step_of(present.secret, typed, now)
    if step is not None and step > present.used:
        second_steps.write(tx, staff_id, replace(present, used=step))
        return True
    spent = one_time_codes.matching(present.recovery, typed)
    if spent is None:
        return False
    left = tuple(each for each in present.recovery if each != spent)
    second_steps.write(tx, staff_id, replace(present, recovery=left))
    return True


def turn_off(tx: Transaction, staff_id: int, typed: str, now: datetime) -> None:
    """By a code. Raises AlreadyDecided when it is off, SecondStepWrong."""
    present = second_steps.held(tx, staff_id)
    if present is None or present.used is None:
        raise AlreadyDecided
    if not is_made(tx, staff_id, typed, now):
        raise SecondStepWrong
    second_steps.remove(tx, staff_id)


def _of_session(present: SecondStep | None, session_hash: bytes) -> SecondStep | None:
    if present is None or present.used is not None or present.session != session_hash.hex():
        return None
    return present
