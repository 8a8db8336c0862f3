"""Who may act for an IIN, and who is joined as a child's second parent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import (
    PasswordBadLength,
    ProofNeeded,
    SecondParentFault,
    SecondParentRefused,
    WayIn,
)
from domain.identity import (
    TOLD_TO_OTHER_PARENT,
    Action,
    IinFacts,
    JoinedBy,
    ParentKey,
    Shown,
    enter,
    join_second_parent,
    questions_first,
    refuse_bad_password,
    ways_in,
)
from domain.identity_document import IdentityDocument
from domain.iin import Iin, Sex, make_iin
from domain.phone import Phone

MINE = Phone("+77015550101")
NEW = Phone("+77015550102")
NOBODY_YET = IinFacts()
TAKEN = IinFacts(confirmed_phones=frozenset({MINE}))
LOCKED = IinFacts(confirmed_phones=frozenset({MINE}), has_password=True)


def codes(*phones: Phone) -> frozenset[Phone]:
    return frozenset(phones)


def iin(serial: int) -> Iin:
    made = make_iin(date(1990, 5, 17), Sex.FEMALE, serial)
    assert made is not None
    return made


MOTHER, FATHER, STRANGER = iin(1), iin(2), iin(3)


@pytest.mark.parametrize(
    ("facts", "ways"),
    [
        (NOBODY_YET, (WayIn.CONFIRM_A_PHONE, WayIn.STAFF_SAW_DOCUMENT)),
        (TAKEN, (WayIn.CODE_TO_CONFIRMED_PHONE, WayIn.STAFF_SAW_DOCUMENT)),
        (
            LOCKED,
            (
                WayIn.CODE_TO_CONFIRMED_PHONE,
                WayIn.PASSWORD_AND_CODE_TO_NEW_PHONE,
                WayIn.STAFF_SAW_DOCUMENT,
            ),
        ),
    ],
)
def test_the_ways_in_depend_on_what_the_iin_has(facts: IinFacts, ways: tuple[WayIn, ...]) -> None:
    assert ways_in(facts) == ways


@pytest.mark.parametrize(
    ("facts", "shown", "way"),
    [
        (NOBODY_YET, Shown(codes_from=codes(NEW)), WayIn.CONFIRM_A_PHONE),
        (NOBODY_YET, Shown(vouched=codes(NEW)), WayIn.CONFIRM_A_PHONE),
        (TAKEN, Shown(codes_from=codes(MINE)), WayIn.CODE_TO_CONFIRMED_PHONE),
        (TAKEN, Shown(staff_saw_document=True), WayIn.STAFF_SAW_DOCUMENT),
        (
            LOCKED,
            Shown(codes_from=codes(NEW), password_right=True),
            WayIn.PASSWORD_AND_CODE_TO_NEW_PHONE,
        ),
        (
            LOCKED,
            Shown(codes_from=codes(MINE), password_right=True),
            WayIn.CODE_TO_CONFIRMED_PHONE,
        ),
    ],
)
def test_whoever_goes_one_of_the_ways_is_in(facts: IinFacts, shown: Shown, way: WayIn) -> None:
    assert enter(facts, shown) is way


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (NOBODY_YET, Shown()),
        (NOBODY_YET, Shown(password_right=True)),
        (TAKEN, Shown()),
        (TAKEN, Shown(codes_from=codes(NEW))),
        (TAKEN, Shown(vouched=codes(MINE))),
        (TAKEN, Shown(codes_from=codes(NEW), password_right=True)),
        (LOCKED, Shown(password_right=True)),
        (LOCKED, Shown(codes_from=codes(NEW))),
        (LOCKED, Shown(vouched=codes(NEW), password_right=True)),
    ],
)
def test_anything_less_is_told_what_proof_there_is(facts: IinFacts, shown: Shown) -> None:
    with pytest.raises(ProofNeeded) as caught:
        enter(facts, shown)

    assert caught.value == ProofNeeded(ways_in(facts))


@given(st.frozensets(st.sampled_from([NEW, Phone("+77015550103")])), st.booleans())
def test_a_stranger_without_old_phone_password_or_staff_never_enters(
    phones: frozenset[Phone], has_password: bool
) -> None:
    facts = IinFacts(confirmed_phones=codes(MINE), has_password=has_password)

    with pytest.raises(ProofNeeded):
        enter(facts, Shown(codes_from=phones, vouched=phones))


@pytest.mark.parametrize(("length", "fits"), [(7, False), (8, True), (40, True), (41, False)])
def test_a_password_has_eight_to_forty_characters(length: int, fits: bool) -> None:
    if fits:
        refuse_bad_password("қ" * length)
        return

    with pytest.raises(PasswordBadLength) as caught:
        refuse_bad_password("қ" * length)

    assert caught.value == PasswordBadLength(length, 8, 40)


def test_the_other_parent_is_told_of_what_cannot_be_taken_lightly() -> None:
    assert frozenset({Action.WITHDRAW, Action.GIVE_UP, Action.DROP_PRIVILEGE}) == TOLD_TO_OTHER_PARENT


def test_a_second_parent_is_joined_when_the_register_names_both() -> None:
    joined = join_second_parent(FATHER, {MOTHER}, {MOTHER, FATHER}, first_agrees=False)

    assert joined is JoinedBy.REGISTER


def test_a_second_parent_is_joined_when_the_first_agrees() -> None:
    joined = join_second_parent(FATHER, {MOTHER}, frozenset(), first_agrees=True)

    assert joined is JoinedBy.FIRST_PARENT


def test_a_parent_without_iin_is_joined_by_agreement() -> None:
    newcomer = IdentityDocument("N12345678")

    assert join_second_parent(newcomer, {MOTHER}, {MOTHER}, first_agrees=True) is JoinedBy.FIRST_PARENT


def test_whom_the_register_names_waits_for_nobody_whom_it_does_not_name() -> None:
    joined = join_second_parent(FATHER, {STRANGER}, {FATHER, MOTHER}, first_agrees=False)

    assert joined is JoinedBy.REGISTER


def test_whom_the_register_names_is_no_third_parent() -> None:
    with pytest.raises(SecondParentRefused) as caught:
        join_second_parent(FATHER, {MOTHER, STRANGER}, {FATHER}, first_agrees=False)

    assert caught.value == SecondParentRefused(SecondParentFault.TWO_ALREADY)


@pytest.mark.parametrize(
    ("joined", "named", "questioned"),
    [
        ({STRANGER}, {FATHER, MOTHER}, True),
        ({IdentityDocument("N12345678")}, {FATHER}, True),
        ({MOTHER}, {FATHER, MOTHER}, False),
        ({MOTHER, STRANGER}, {FATHER, MOTHER}, False),
        ({STRANGER}, set(), False),
    ],
)
def test_who_is_there_is_questioned_when_the_register_names_only_others(
    joined: set[ParentKey], named: set[ParentKey], questioned: bool
) -> None:
    assert questions_first(joined, named) is questioned


@pytest.mark.parametrize("named", [set(), {MOTHER}])
def test_the_register_must_name_the_newcomer(named: set[Iin]) -> None:
    with pytest.raises(SecondParentRefused) as caught:
        join_second_parent(FATHER, {MOTHER}, named, first_agrees=False)

    assert caught.value == SecondParentRefused(SecondParentFault.NOT_AGREED)


def test_a_child_has_no_third_parent() -> None:
    with pytest.raises(SecondParentRefused) as caught:
        join_second_parent(STRANGER, {MOTHER, FATHER}, {MOTHER, STRANGER}, first_agrees=True)

    assert caught.value == SecondParentRefused(SecondParentFault.TWO_ALREADY)


def test_joining_twice_changes_nothing() -> None:
    joined = join_second_parent(FATHER, {MOTHER, FATHER}, {MOTHER, FATHER}, first_agrees=False)

    assert joined is JoinedBy.REGISTER


def test_nobody_is_second_without_a_first() -> None:
    with pytest.raises(ValueError, match="first"):
        join_second_parent(FATHER, frozenset(), {FATHER}, first_agrees=True)
