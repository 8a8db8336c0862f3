"""Changing a phone, and the 72 hours in which the old number can undo it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import (
    BarredAfterPhoneChange,
    PhonesMissing,
    ProofNeeded,
    UndoFault,
    UndoNotAllowed,
    WayIn,
)
from domain.identity import Action, IinFacts, Shown
from domain.phone import Phone
from domain.phone_change import PhoneChange, Undo, add_phone, change_phone, refuse_barred, undo, undo_all

OLD = Phone("+77015550101")
NEW = Phone("+77015550102")
NEWER = Phone("+77015550103")
NOW = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
END = NOW + timedelta(hours=72)
SECOND = timedelta(seconds=1)
FACTS = IinFacts(confirmed_phones=frozenset({OLD}), has_password=True)
CHANGE = PhoneChange(OLD, NEW, NOW)


def test_a_phone_is_changed_by_codes_to_both() -> None:
    shown = Shown(codes_from=frozenset({OLD, NEW}))

    assert change_phone(OLD, NEW, FACTS, shown, NOW) == CHANGE


def test_a_lost_phone_is_changed_by_password_and_a_code_to_the_new_one() -> None:
    shown = Shown(codes_from=frozenset({NEW}), password_right=True)

    assert change_phone(OLD, NEW, FACTS, shown, NOW) == CHANGE


def test_a_change_needs_the_proof_of_entering() -> None:
    with pytest.raises(ProofNeeded) as caught:
        change_phone(OLD, NEW, FACTS, Shown(codes_from=frozenset({NEW})), NOW)

    assert caught.value == ProofNeeded(
        (
            WayIn.CODE_TO_CONFIRMED_PHONE,
            WayIn.PASSWORD_AND_CODE_TO_NEW_PHONE,
            WayIn.STAFF_SAW_DOCUMENT,
        )
    )


def test_the_new_phone_is_confirmed_too() -> None:
    with pytest.raises(PhonesMissing) as caught:
        change_phone(OLD, NEW, FACTS, Shown(codes_from=frozenset({OLD})), NOW)

    assert caught.value == PhonesMissing(1)


def test_only_a_confirmed_phone_is_replaced_and_only_by_another() -> None:
    shown = Shown(codes_from=frozenset({OLD, NEW}))

    with pytest.raises(ValueError, match="confirmed phone"):
        change_phone(NEWER, NEW, FACTS, shown, NOW)
    with pytest.raises(ValueError, match="confirmed phone"):
        change_phone(OLD, OLD, FACTS, shown, NOW)


@pytest.mark.parametrize("now", [NOW, END - SECOND])
def test_the_old_number_can_undo_within_72_hours(now: datetime) -> None:
    assert undo([CHANGE], OLD, now) == Undo(put_back=OLD, taken_away=NEW, undoes=(CHANGE,))


@pytest.mark.parametrize("now", [END, END + SECOND])
def test_after_72_hours_the_change_stays(now: datetime) -> None:
    with pytest.raises(UndoNotAllowed) as caught:
        undo([CHANGE], OLD, now)

    assert caught.value == UndoNotAllowed(UndoFault.TOO_LATE)


@pytest.mark.parametrize("asked_by", [NEW, NEWER])
def test_no_other_number_can_undo(asked_by: Phone) -> None:
    with pytest.raises(UndoNotAllowed) as caught:
        undo([CHANGE], asked_by, NOW)

    assert caught.value == UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)


def test_a_change_is_undone_once() -> None:
    with pytest.raises(UndoNotAllowed) as caught:
        undo([replace(CHANGE, undone_at=NOW)], OLD, NOW + SECOND)

    assert caught.value == UndoNotAllowed(UndoFault.ALREADY_UNDONE)


def test_changing_twice_does_not_escape_the_first_owner() -> None:
    second = PhoneChange(NEW, NEWER, NOW + timedelta(hours=1))

    undone = undo([CHANGE, second], OLD, NOW + timedelta(hours=2))

    assert undone == Undo(put_back=OLD, taken_away=NEWER, undoes=(CHANGE, second))


def test_a_change_of_the_other_phone_is_left_alone() -> None:
    elsewhere = PhoneChange(Phone("+77015550104"), NEWER, NOW + timedelta(hours=1))

    undone = undo([CHANGE, elsewhere], OLD, NOW + timedelta(hours=2))

    assert undone.undoes == (CHANGE,)


BARRED = [Action.WITHDRAW, Action.GIVE_UP, Action.DROP_PRIVILEGE, Action.ADD_PARENT]


@pytest.mark.parametrize("action", BARRED)
def test_nothing_is_withdrawn_or_given_up_and_nobody_added_for_72_hours(action: Action) -> None:
    with pytest.raises(BarredAfterPhoneChange) as caught:
        refuse_barred(action, [CHANGE], END - SECOND)

    assert caught.value == BarredAfterPhoneChange(END)
    refuse_barred(action, [CHANGE], END)


@pytest.mark.parametrize("action", sorted(set(Action) - set(BARRED)))
def test_everything_else_goes_on_meanwhile(action: Action) -> None:
    refuse_barred(action, [CHANGE], NOW)


def test_an_undone_change_bars_nothing() -> None:
    refuse_barred(Action.WITHDRAW, [replace(CHANGE, undone_at=NOW)], NOW + SECOND)


def test_the_latest_change_says_until_when() -> None:
    later = PhoneChange(NEW, NEWER, NOW + timedelta(hours=1))

    with pytest.raises(BarredAfterPhoneChange) as caught:
        refuse_barred(Action.GIVE_UP, [later, CHANGE], NOW + timedelta(hours=2))

    assert caught.value == BarredAfterPhoneChange(END + timedelta(hours=1))


def test_a_second_phone_is_added_by_codes_to_both() -> None:
    add_phone(NEW, FACTS, Shown(codes_from=frozenset({OLD, NEW})))


def test_a_second_phone_needs_the_proof_of_entering() -> None:
    with pytest.raises(ProofNeeded):
        add_phone(NEW, FACTS, Shown(codes_from=frozenset({NEW})))


def test_an_added_phone_is_confirmed_too() -> None:
    with pytest.raises(PhonesMissing):
        add_phone(NEW, FACTS, Shown(codes_from=frozenset({OLD})))


def test_a_confirmed_phone_is_not_added_again() -> None:
    with pytest.raises(ValueError, match="a confirmed phone"):
        add_phone(OLD, FACTS, Shown(codes_from=frozenset({OLD})))


LONG_AGO, LATER = NOW - timedelta(days=90), NOW + SECOND
SECOND_PHONE, THIEFS_SECOND = Phone("+77015550104"), Phone("+77015550105")


def test_with_the_own_change_every_other_open_one_is_undone() -> None:
    second = PhoneChange(SECOND_PHONE, THIEFS_SECOND, NOW - SECOND)
    later = PhoneChange(NEW, NEWER, NOW + SECOND)

    undone = undo_all((NEWER, THIEFS_SECOND), [second, CHANGE, later], OLD, LONG_AGO, NOW + 2 * SECOND)

    assert undone == (
        Undo(put_back=OLD, taken_away=NEWER, undoes=(CHANGE, later)),
        Undo(put_back=SECOND_PHONE, taken_away=THIEFS_SECOND, undoes=(second,)),
    )


def test_what_can_be_undone_no_more_stays_with_the_others() -> None:
    long_ago = PhoneChange(SECOND_PHONE, THIEFS_SECOND, NOW - timedelta(hours=72))

    undone = undo_all((NEW, THIEFS_SECOND), [long_ago, CHANGE], OLD, LONG_AGO, NOW)

    assert undone == (Undo(put_back=OLD, taken_away=NEW, undoes=(CHANGE,)),)


def test_a_phone_that_went_and_came_again_is_put_back_to_where_it_was() -> None:
    there_and_back = [
        CHANGE,
        PhoneChange(NEW, OLD, NOW + SECOND),
        PhoneChange(OLD, NEWER, NOW + 2 * SECOND),
    ]

    undone = undo_all((NEWER,), there_and_back, OLD, LONG_AGO, NOW + 3 * SECOND)

    assert undone == (Undo(put_back=OLD, taken_away=NEWER, undoes=tuple(there_and_back)),)


def test_who_may_undo_nothing_undoes_nothing_else() -> None:
    with pytest.raises(UndoNotAllowed) as caught:
        undo_all((NEW,), [CHANGE], NEWER, LONG_AGO, NOW)

    assert caught.value == UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)


@pytest.mark.parametrize(
    ("came_at", "undoes_both"), [(NOW - SECOND, True), (NOW, False), (NOW + SECOND, False)]
)
def test_a_number_undoes_nothing_from_before_it_came(came_at: datetime, undoes_both: bool) -> None:
    own = PhoneChange(SECOND_PHONE, THIEFS_SECOND, NOW + 2 * SECOND)

    undone = undo_all((NEW, THIEFS_SECOND), [CHANGE, own], SECOND_PHONE, came_at, NOW + 3 * SECOND)

    of_own = Undo(put_back=SECOND_PHONE, taken_away=THIEFS_SECOND, undoes=(own,))
    of_other = Undo(put_back=OLD, taken_away=NEW, undoes=(CHANGE,))
    assert undone == ((of_other, of_own) if undoes_both else (of_own,))
