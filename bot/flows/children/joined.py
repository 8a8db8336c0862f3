"""Who may be added as a child, and the adding itself."""

from collections.abc import Mapping
from typing import Any

from bot.conversation.turn import Turn
from bot.flows.second_parent import ask_first_parent, joins
from bot.flows.telling import noted
from domain.age import may_join
from domain.applicants import require_child
from domain.errors import NoPolicyInForce
from domain.iin import Iin
from domain.joining import refuse_for_now
from domain.local_time import local_date
from domain.notice import Deed
from domain.policy import Policy
from storage import applications, children, people, policies
from storage.children import Child
from storage.people import RegisterWords


def me(turn: Turn) -> int:
    """The parent who is signed in: whoever comes this far is one."""
    assert turn.person.parent_id is not None
    return turn.person.parent_id


def own_iin(turn: Turn) -> Iin | None:
    """The parent's IIN; None of one who has none."""
    key = people.key_of_parent(turn.tx, me(turn))
    return key if isinstance(key, Iin) else None


def own_digits(turn: Turn) -> str | None:
    """The same as the register writes it."""
    iin = own_iin(turn)
    return None if iin is None else iin.digits


def require_child_here(turn: Turn, iin: Iin) -> None:
    """Let an IIN stand for a child who may join a queue of the territory.

    Raises SamePerson, LooksLikeAdult, NotBornYet, TooOld.
    """
    today = local_date(turn.now)
    require_child(iin, own_iin(turn), today)
    may_join(iin.birth_date, today, _policy(turn).age_limit_years)


def join_by_register(turn: Turn, iin: Iin, found: Mapping[str, Any]) -> Child:
    """Make the parent, whom the register names, a parent of the child here.

    Raises SecondParentRefused: the child has two, or the one who is there is asked to agree now.
    """
    me = turn.person.parent_id
    assert me is not None
    child_id = people.child_for(turn.tx, iin, at=turn.now)
    named = frozenset(Iin(each) for each in found["parents"])
    if joins(turn, child_id, me, named) is None:
        raise refuse_for_now(ask_first_parent(turn, child_id, me))
    _name(turn, child_id, found)
    noted(turn, Deed.CHILD_ADDED)
    child = children.find(turn.tx, me, child_id)
    assert child is not None
    return child


def _name(turn: Turn, child_id: int, found: Mapping[str, Any]) -> None:
    """Take the register's words, unless names were typed for an application: those it is compared with."""
    if not any(each.unverified for each in applications.live_of_child(turn.tx, child_id)):
        people.name_child(turn.tx, child_id, RegisterWords.from_data(found), turn.now)


def _policy(turn: Turn) -> Policy:
    try:
        return policies.in_force(turn.tx, turn.person.territory_id or 0, turn.now)
    except NoPolicyInForce:
        return Policy()
