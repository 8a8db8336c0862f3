"""The first parent's side: somebody asks to be the second, and is agreed to or declined."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.notices.joining import who_and_whose
from bot.flows.parent_names import short_name
from bot.flows.second_parent import overview
from bot.flows.second_parent.joining import join
from bot.flows.telling import noted, tell
from domain.errors import SecondParentRefused
from domain.identity import Action, JoinedBy, join_second_parent
from domain.joining import Joining, JoiningState
from domain.notice import Deed, Told
from storage import guardians, joinings, people
from storage.barring import refuse_deed
from storage.guardians import Guardian

AGREE, DECLINE, SURE = "agree", "decline", "sure"


def answer_request(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The request; what agreeing or declining means; and, when that is meant, the deed."""
    request, there = _request(turn, number_in(arguments))
    if not request.waits(turn.now):
        return _is_over(turn, request)
    match arguments[1:]:
        case ():
            return _shown(turn, request)
        case ("agree",):
            return _ask_whether_to_agree(turn, request)
        case ("decline",):
            return _ask_whether_to_decline(turn, request)
        case ("agree", "sure"):
            return _agree(turn, request, there)
        case ("decline", "sure"):
            return _decline(turn, request)
        case _:
            raise Outdated


def what_a_second_parent_may(turn: Turn) -> str:
    """Said before anybody agrees to one."""
    return turn.t(
        "A second parent sees the child's applications and can do all that you can: apply, take a seat, "
        "extend, withdraw. Of what can't easily be undone the other parent is told at once."
    )


def _request(turn: Turn, joining_id: int) -> tuple[Joining, list[Guardian]]:
    """The request, if the presser is asked. Another child's looks like none at all."""
    found = joinings.find(turn.tx, joining_id)
    if found is None:
        raise Outdated
    there = guardians.lock(turn.tx, found.child_id)
    # Read once more under the lock: the answer may have been given meanwhile.
    request = joinings.find(turn.tx, joining_id)
    if request is None or turn.person.parent_id not in {each.parent_id for each in there}:
        raise Outdated
    return request, there


def _is_over(turn: Turn, request: Joining) -> Screen:
    """Kindly, why there is nothing to answer any more, and how things stand."""
    t = turn.t
    match request.state:
        case JoiningState.AGREED:
            note = t("This was agreed to already.")
        case JoiningState.DECLINED:
            note = t("This was declined already.")
        case _:
            note = t("The time to answer this is over. If the other parent asks again, I will tell you.")
    return overview.show(turn, request.child_id).with_note(note)


def _shown(turn: Turn, request: Joining) -> Screen:
    t = turn.t
    lines = [t("Somebody asks to become the second parent of your child here."), *_who(turn, request)]
    lines.append(t("You can answer until {moment}.", moment=t.moment(request.ends_at)))
    rows: tuple[Row, ...] = (
        (Button(t("Agree"), action("joining", request.id, AGREE)),),
        (Button(t("Decline"), action("joining", request.id, DECLINE)),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen("\n".join(lines), title=t("Second parent"), rows=rows)


def _ask_whether_to_agree(turn: Turn, request: Joining) -> Screen:
    t = turn.t
    lines = [*_who(turn, request), "", what_a_second_parent_may(turn), t("Do you agree?")]
    rows: tuple[Row, ...] = (
        (Button(t("Yes, I agree"), action("joining", request.id, AGREE, SURE)),),
        (Button(t("Back"), action("joining", request.id)),),
    )
    return Screen("\n".join(lines).strip(), title=t("Second parent"), rows=rows)


def _ask_whether_to_decline(turn: Turn, request: Joining) -> Screen:
    t = turn.t
    lines = [*_who(turn, request), "", t("Decline? This person is told that you did not agree.")]
    rows: tuple[Row, ...] = (
        (Button(t("Yes, decline"), action("joining", request.id, DECLINE, SURE)),),
        (Button(t("Back"), action("joining", request.id)),),
    )
    return Screen("\n".join(lines).strip(), title=t("Second parent"), rows=rows)


def _agree(turn: Turn, request: Joining, there: list[Guardian]) -> Screen:
    keys = {people.key_of_parent(turn.tx, each.parent_id) for each in there}
    newcomer = people.key_of_parent(turn.tx, request.parent_id)
    refuse_while_new(turn, request.child_id)
    try:
        by = join_second_parent(newcomer, keys, frozenset(), first_agrees=True)
    except SecondParentRefused as refused:
        # Of no use to anybody any more: whoever asked learns why when asking again.
        joinings.decide(turn.tx, request.id, JoiningState.LAPSED, None, turn.now)
        return overview.show(turn, request.child_id).with_note(turn.book.words(turn.t, refused))
    joinings.decide(turn.tx, request.id, JoiningState.AGREED, turn.person.parent_id, turn.now)
    join_agreed(turn, request.child_id, request.parent_id, by)
    note = turn.t("The second parent is joined and has been told.")
    return overview.show(turn, request.child_id).with_note(note)


def refuse_while_new(turn: Turn, child_id: int) -> None:
    """Nobody is added while an older number can undo a change, or by who was just joined.

    Raises BarredAfterPhoneChange, BarredAfterJoining.
    """
    me = turn.person.parent_id
    assert me is not None
    refuse_deed(turn.tx, Action.ADD_PARENT, me, child_id)


def join_agreed(turn: Turn, child_id: int, newcomer: int, by: JoinedBy, *, invited: bool = False) -> None:
    """Join somebody by the word of the present parent, and tell them."""
    me = turn.person.parent_id
    assert me is not None
    join(turn, child_id, newcomer, by)
    noted(turn, Deed.AGREED_TO_JOIN)
    name, child = short_name(turn.tx, me), people.name_of_child(turn.tx, child_id)
    tell(turn.tx, newcomer, Told.SECOND_PARENT_JOINED, turn.now, name=name, child=child, invited=invited)


def _decline(turn: Turn, request: Joining) -> Screen:
    joinings.decide(turn.tx, request.id, JoiningState.DECLINED, turn.person.parent_id, turn.now)
    noted(turn, Deed.DECLINED_TO_JOIN)
    noted(turn, Deed.DECLINED_TO_JOIN, of=request.parent_id)
    tell(turn.tx, request.parent_id, Told.SECOND_PARENT_DECLINED, turn.now)
    note = turn.t("Declined. The person who asked has been told.")
    return overview.show(turn, request.child_id).with_note(note)


def _who(turn: Turn, request: Joining) -> list[str]:
    name = turn.private(short_name(turn.tx, request.parent_id))
    child = turn.private(people.name_of_child(turn.tx, request.child_id))
    return who_and_whose(turn.t, {"name": name, "child": child})
