"""Who is who (ours): what lets somebody act for an IIN, and a second parent for a child."""

from collections.abc import Set
from dataclasses import dataclass
from enum import Enum

from domain.errors import (
    PasswordBadLength,
    ProofNeeded,
    SecondParentFault,
    SecondParentRefused,
    WayIn,
)
from domain.identity_document import IdentityDocument
from domain.iin import Iin
from domain.phone import Phone

PARENTS_OF_A_CHILD = 2
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 40

ParentKey = Iin | IdentityDocument


@dataclass(frozen=True, slots=True)
class IinFacts:
    """What is known of an IIN before somebody enters with it."""

    confirmed_phones: frozenset[Phone] = frozenset()
    has_password: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person who asks has shown in this very attempt.

    `codes_from` are phones whose code was answered, `vouched` those a messenger vouches for.
    """

    codes_from: frozenset[Phone] = frozenset()
    vouched: frozenset[Phone] = frozenset()
    password_right: bool = False
    staff_saw_document: bool = False

    @property
    def confirmed(self) -> frozenset[Phone]:
        """Phones that may be taken as this person's own."""
        return self.codes_from | self.vouched


def ways_in(facts: IinFacts) -> tuple[WayIn, ...]:
    """How an IIN can be entered, the easiest first. Staff's way is logged by who uses it."""
    if not facts.confirmed_phones:
        return (WayIn.CONFIRM_A_PHONE, WayIn.STAFF_SAW_DOCUMENT)
    with_password = (WayIn.PASSWORD_AND_CODE_TO_NEW_PHONE,) if facts.has_password else ()
    return (WayIn.CODE_TO_CONFIRMED_PHONE, *with_password, WayIn.STAFF_SAW_DOCUMENT)


def enter(facts: IinFacts, shown: Shown) -> WayIn:
    """The way by which the person has come in. Raises ProofNeeded with the ways there are.

    A messenger's word confirms the first phone of an IIN, but never opens one that has a
    phone: accounts are brought together only by a code.
    """
    ways = ways_in(facts)
    for way in ways:
        if _gone(way, facts, shown):
            return way
    raise ProofNeeded(ways)


def _gone(way: WayIn, facts: IinFacts, shown: Shown) -> bool:
    match way:
        case WayIn.CONFIRM_A_PHONE:
            return bool(shown.confirmed)
        case WayIn.CODE_TO_CONFIRMED_PHONE:
            return bool(shown.codes_from & facts.confirmed_phones)
        case WayIn.PASSWORD_AND_CODE_TO_NEW_PHONE:
            return shown.password_right and bool(shown.codes_from)
        case WayIn.STAFF_SAW_DOCUMENT:
            return shown.staff_saw_document


def refuse_bad_password(password: str) -> None:
    """Refuse a new cabinet password of another length than 8-40 characters [004].

    Raises PasswordBadLength.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordBadLength(len(password), SHORTEST_PASSWORD, LONGEST_PASSWORD)


class Action(str, Enum):
    """What either parent may do, whoever of them applied."""

    LOOK = "look"
    APPLY = "apply"
    TAKE_SEAT = "take_seat"
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    GIVE_UP = "give_up"
    DROP_PRIVILEGE = "drop_privilege"
    ADD_PARENT = "add_parent"
    """Agree to a second parent, or invite one: what that one can do is not undone with the phone (ours)."""


BARRED = frozenset({Action.WITHDRAW, Action.GIVE_UP, Action.DROP_PRIVILEGE, Action.ADD_PARENT})
"""What nobody does before who was there has had time to hear of a new phone or parent (ours)."""
TOLD_TO_OTHER_PARENT = frozenset({Action.WITHDRAW, Action.GIVE_UP, Action.DROP_PRIVILEGE})


class JoinedBy(str, Enum):
    """Why somebody is a child's parent here."""

    AS_FIRST = "as_first"
    """Nobody had applied for the child before (ours)."""
    REGISTER = "register"
    FIRST_PARENT = "first_parent"


def join_second_parent(
    newcomer: ParentKey,
    joined: Set[ParentKey],
    named_by_register: Set[ParentKey],
    *,
    first_agrees: bool,
) -> JoinedBy:
    """Join a parent to a child who has one: the register names this parent, or the first agrees.

    Where the register does not name the first, that one's word is not waited for: it may be a stranger's,
    who was quicker while the register was down (`questions_first`). Joining again changes nothing.
    Raises SecondParentRefused.
    """
    if not joined:
        raise ValueError("a second parent needs a first")
    others = joined - {newcomer}
    if len(others) >= PARENTS_OF_A_CHILD:
        raise SecondParentRefused(SecondParentFault.TWO_ALREADY)
    if newcomer in named_by_register:
        return JoinedBy.REGISTER
    if first_agrees:
        return JoinedBy.FIRST_PARENT
    raise SecondParentRefused(SecondParentFault.NOT_AGREED)


def questions_first(joined: Set[ParentKey], named_by_register: Set[ParentKey]) -> bool:
    """Whether the register names parents, and none of those who are there: for the department to look at."""
    return bool(named_by_register) and not joined & named_by_register
