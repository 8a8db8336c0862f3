"""Joining somebody to a child, where it takes nobody's word any more ("Who is who", ours)."""

from collections.abc import Set

from bot.conversation.turn import Turn
from bot.flows.parent_names import short_name
from bot.flows.telling import noted, tell
from domain.errors import SecondParentFault, SecondParentRefused
from domain.identity import JoinedBy, ParentKey, join_second_parent, questions_first
from domain.iin import Iin
from domain.joining import JoiningState
from domain.notice import Deed, Told
from storage import department_tasks, guardians, joinings, people
from storage.department_tasks import TaskKind
from storage.guardians import Guardian

_HOW = {JoinedBy.AS_FIRST: "applied", JoinedBy.REGISTER: "register", JoinedBy.FIRST_PARENT: "agreed"}
_BY = {how: by for by, how in _HOW.items()}


def joins(turn: Turn, child_id: int, parent_id: int, named_by_register: Set[Iin]) -> JoinedBy | None:
    """Join a parent, whose phone is confirmed, to a child, where that takes nobody's word any more.

    That is: nobody is there yet, the register names this parent, or the first parent has invited this one.
    Joining again changes nothing. The parent who was there is told. None: the first is to be asked
    (`ask_first_parent`). Raises SecondParentRefused for a child who has two other parents.
    """
    there = guardians.lock(turn.tx, child_id)
    for each in there:
        if each.parent_id == parent_id:
            return _BY.get(each.how, JoinedBy.AS_FIRST)
    if not there:
        named = people.key_of_parent(turn.tx, parent_id) in named_by_register
        how = _HOW[JoinedBy.REGISTER if named else JoinedBy.AS_FIRST]
        guardians.join(turn.tx, parent_id, child_id, how, turn.now)
        return JoinedBy.AS_FIRST
    last = joinings.latest(turn.tx, child_id, parent_id)
    invited = last is not None and last.invites(turn.now)
    by = _decide(turn, parent_id, there, named_by_register, first_agrees=invited)
    if by is None:
        return None
    if last is not None:
        joinings.decide(turn.tx, last.id, JoiningState.AGREED, last.decided_by, turn.now)
    join(turn, child_id, parent_id, by)
    doubted = by is JoinedBy.REGISTER and questions_first(_keys(turn, there), named_by_register)
    if doubted:
        _leave_to_department(turn, child_id, there)
    _tell_of_it(turn, child_id, parent_id, there, by, doubted=doubted)
    return by


def arrive(turn: Turn) -> None:
    """Somebody has come into the cabinet: join them where they were invited."""
    me = turn.person.parent_id
    assert me is not None
    for each in joinings.running_of_newcomer(turn.tx, me, turn.now):
        if each.state is JoiningState.INVITED:
            try:
                joins(turn, each.child_id, me, frozenset())
            except SecondParentRefused:
                # Somebody else was quicker: the child has two.
                joinings.decide(turn.tx, each.id, JoiningState.LAPSED, None, turn.now)


def _leave_to_department(turn: Turn, child_id: int, there: list[Guardian]) -> None:
    """Who is there came first, perhaps while the register was down, and is not named by it."""
    territory_id = turn.person.territory_id
    for each in there:
        department_tasks.add(
            turn.tx,
            TaskKind.GUARDIANSHIP,
            turn.now,
            territory_id=territory_id,
            parent_id=each.parent_id,
            child_id=child_id,
        )


def _tell_of_it(
    turn: Turn, child_id: int, newcomer: int, there: list[Guardian], by: JoinedBy, *, doubted: bool
) -> None:
    """To those who were there; and to an invited newcomer, whose screen speaks of something else now."""
    tx, child = turn.tx, people.name_of_child(turn.tx, child_id)
    for each in there:
        tell(
            tx,
            each.parent_id,
            Told.OTHER_PARENT_JOINED,
            turn.now,
            name=short_name(tx, newcomer),
            child=child,
            by_register=by is JoinedBy.REGISTER,
            doubted=doubted,
        )
    if by is JoinedBy.FIRST_PARENT:
        name = short_name(tx, there[0].parent_id)
        tell(tx, newcomer, Told.SECOND_PARENT_JOINED, turn.now, name=name, child=child, invited=True)


def join(turn: Turn, child_id: int, parent_id: int, by: JoinedBy) -> None:
    """Write the joining down, and in the parent's journal. Under the child's lock, once it is decided."""
    guardians.join(turn.tx, parent_id, child_id, _HOW[by], turn.now)
    noted(turn, Deed.JOINED_CHILD, of=parent_id)


def _decide(
    turn: Turn, parent_id: int, there: list[Guardian], named: Set[Iin], *, first_agrees: bool
) -> JoinedBy | None:
    newcomer = people.key_of_parent(turn.tx, parent_id)
    try:
        return join_second_parent(newcomer, _keys(turn, there), named, first_agrees=first_agrees)
    except SecondParentRefused as refused:
        if refused.reason is not SecondParentFault.NOT_AGREED:
            raise
        return None


def _keys(turn: Turn, there: list[Guardian]) -> set[ParentKey]:
    return {people.key_of_parent(turn.tx, each.parent_id) for each in there}
