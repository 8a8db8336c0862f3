"""A child's second parent: who it is, who asks to be, who is invited, and the way to invite."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.notices.joining import who_and_whose
from bot.flows.parent_names import short_name
from domain.joining import Joining, JoiningState
from storage import guardians, joinings, people
from storage.guardians import Guardian

NAME = "second"


def own_child(turn: Turn, child_id: int) -> Guardian:
    """The presser's own place as a parent of the child. Raises Outdated where there is none."""
    for each in guardians.guardians_of(turn.tx, child_id):
        if each.parent_id == turn.person.parent_id:
            return each
    raise Outdated


def show(turn: Turn, child_id: int) -> Screen:
    """The second parent as the one who is there sees it."""
    own_child(turn, child_id)
    other = _other(turn, child_id)
    if other is not None:
        return _two(turn, child_id, other)
    return _alone(turn, child_id, joinings.running_of_child(turn.tx, child_id, turn.now))


def take_back(turn: Turn, child_id: int, arguments: tuple[str, ...]) -> Screen:
    """The invitation is taken back, before whoever was invited has come."""
    own_child(turn, child_id)
    found = joinings.find(turn.tx, number_in(arguments))
    if found is None or found.child_id != child_id or found.state is not JoiningState.INVITED:
        raise Outdated
    joinings.decide(turn.tx, found.id, JoiningState.TAKEN_BACK, turn.person.parent_id, turn.now)
    return show(turn, child_id).with_note(turn.t("The invitation is taken back."))


def _other(turn: Turn, child_id: int) -> Guardian | None:
    there = guardians.guardians_of(turn.tx, child_id)
    return next((each for each in there if each.parent_id != turn.person.parent_id), None)


def _two(turn: Turn, child_id: int, other: Guardian) -> Screen:
    t = turn.t
    name = turn.private(short_name(turn.tx, other.parent_id))
    lines = who_and_whose(t, {"name": name, "child": _child(turn, child_id)})
    lines.append(t("Both of you can do everything here, since {date}.", date=t.day(other.since)))
    lines.append(t("If that is wrong, the operator helps: nobody is taken away by the other parent."))
    return Screen("\n".join(lines), title=t("Second parent"), rows=_ending(turn, child_id))


def _alone(turn: Turn, child_id: int, running: list[Joining]) -> Screen:
    t = turn.t
    lines = who_and_whose(t, {"child": _child(turn, child_id)})
    rows: list[Row] = []
    asking = [each for each in running if each.state is JoiningState.ASKED]
    invited = [each for each in running if each.state is JoiningState.INVITED]
    for each in asking[:1]:
        lines.append(t("Somebody asks to become the second parent of your child here."))
        rows.append((Button(t("See who asks"), action("joining", each.id)),))
    for each in invited[:1]:
        lines.append(
            t(
                "You have invited the other parent. When they come and confirm their phone until {moment}, "
                "they find the child.",
                moment=t.moment(each.ends_at),
            )
        )
        rows.append((Button(t("Take it back"), action(NAME, child_id, "back", each.id)),))
    if not invited:
        lines.append(t("You are the only parent of the child here."))
        rows.append((Button(t("Add second parent"), action(NAME, child_id, "add")),))
    return Screen("\n".join(lines), title=t("Second parent"), rows=(*rows, *_ending(turn, child_id)))


def _child(turn: Turn, child_id: int) -> str:
    return turn.private(people.name_of_child(turn.tx, child_id))


def _ending(turn: Turn, child_id: int) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("Back"), action("child", child_id)),), (Button(t("Menu"), action("menu")),))
