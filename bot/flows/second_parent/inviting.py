"""The parent who is there adds the other one: by that very act this parent has agreed."""

from bot.conversation import form
from bot.conversation.form import Again, Form, Question, not_by_itself
from bot.conversation.incoming import Content, Text
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.notices.joining import who_and_whose
from bot.flows.second_parent import overview
from bot.flows.second_parent.answering import (
    join_agreed,
    refuse_while_new,
    what_a_second_parent_may,
)
from bot.flows.second_parent.overview import own_child
from bot.flows.telling import noted
from bot.flows.tries import count
from domain.applicants import require_parent
from domain.errors import SecondParentFault, SecondParentRefused
from domain.identity import ParentKey, join_second_parent
from domain.identity_document import IdentityDocument
from domain.iin import Iin
from domain.joining import INVITED_FOR, JoiningState
from domain.local_time import local_date
from domain.notice import Deed
from domain.separators import without_separators
from domain.tries import INVITATIONS_PER_PARENT
from storage import guardians, joinings, people

NAME, CHILD, KEY = "invite", "child", "key"


def begin(turn: Turn, child_id: int) -> Screen:
    """Ask who the other parent is. Raises Outdated for another's child."""
    own_child(turn, child_id)
    return form.begin(turn, FORM, {CHILD: child_id})


def _ask(turn: Turn, draft: Draft) -> Screen:
    t = turn.t
    lines = who_and_whose(t, {"child": _child_name(turn, draft)})
    lines.append(
        t("Type the IIN of the other parent. Of one who has no IIN, the number of the identity document.")
    )
    return Screen("\n".join(lines), title=t("Second parent"), typing=True, hint=t("IIN or document number"))


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    """The IIN's digits, or the number of the document.

    Raises IinRefused, DocumentMalformed, LooksLikeChild, SecondParentRefused.
    """
    if not isinstance(content, Text):
        raise Again(_ask(turn, draft).with_note(turn.t("Please type it.")))
    typed = without_separators(content.text)
    key: ParentKey = Iin.parse(typed) if typed.isdigit() else IdentityDocument.parse(typed)
    if isinstance(key, Iin):
        require_parent(key, local_date(turn.now))
    _require_somebody_else(turn, draft, key)
    return _spelt(key)


def _require_somebody_else(turn: Turn, draft: Draft, key: ParentKey) -> None:
    me = turn.person.parent_id
    for each in guardians.guardians_of(turn.tx, draft[CHILD]):
        if people.key_of_parent(turn.tx, each.parent_id) == key:
            mine = each.parent_id == me
            reason = SecondParentFault.YOURSELF if mine else SecondParentFault.JOINED_ALREADY
            raise SecondParentRefused(reason)


def _review(turn: Turn, draft: Draft) -> Screen:
    t, key = turn.t, _key(draft)
    lines = []
    if isinstance(key, Iin):
        lines.append(t("IIN: {iin}", iin=turn.private(key.digits)))
        lines.append(t("Born: {date}", date=turn.private(t.day(key.birth_date))))
    else:
        lines.append(t("Document: {number}", number=turn.private(key.number)))
    lines += who_and_whose(t, {"child": _child_name(turn, draft)})
    lines += ["", what_a_second_parent_may(turn)]
    lines.append(t("Please compare the number once more: nobody else can take this back for you."))
    return Screen("\n".join(lines), title=t("Second parent"), sensitivity=Sensitivity.PERSONAL)


def _done(turn: Turn, draft: Draft) -> Screen:
    """Joined at once, or invited.

    Raises SecondParentRefused, BarredAfterPhoneChange, BarredAfterJoining, TooManyTries; Outdated for
    another's child.
    """
    child_id, me = draft[CHILD], turn.person.parent_id
    own_child(turn, child_id)
    refuse_while_new(turn, child_id)
    count(turn, "invitation", str(me), INVITATIONS_PER_PARENT)
    there = guardians.lock(turn.tx, child_id)
    key = _key(draft)
    _require_somebody_else(turn, draft, key)
    keys = {people.key_of_parent(turn.tx, each.parent_id) for each in there}
    by = join_second_parent(key, keys, frozenset(), first_agrees=True)
    newcomer = people.parent_for(turn.tx, key, at=turn.now, language=turn.t.language, notice_way="messenger")
    _close_others(turn, child_id, newcomer)
    if people.confirmed_phones(turn.tx, newcomer):
        join_agreed(turn, child_id, newcomer, by, invited=True)
        return overview.show(turn, child_id).with_note(
            turn.t("The second parent is joined and has been told.")
        )
    ends_at = turn.now + INVITED_FOR
    joinings.add(turn.tx, child_id, newcomer, JoiningState.INVITED, turn.now, ends_at, me)
    noted(turn, Deed.AGREED_TO_JOIN)
    return overview.show(turn, child_id).with_note(
        turn.t(
            "The other parent is invited. Tell them to write here, choose “Join the queue” and type this IIN."
        )
    )


def _close_others(turn: Turn, child_id: int, newcomer: int) -> None:
    """What the newcomer asked is answered by this, and of two invitations the later one counts."""
    me = turn.person.parent_id
    for each in joinings.running_of_child(turn.tx, child_id, turn.now):
        if each.parent_id == newcomer and each.state is JoiningState.ASKED:
            joinings.decide(turn.tx, each.id, JoiningState.AGREED, me, turn.now)
        elif each.state is JoiningState.INVITED:
            joinings.decide(turn.tx, each.id, JoiningState.TAKEN_BACK, me, turn.now)


def _child_name(turn: Turn, draft: Draft) -> str:
    """Only for the child's own: the draft may have been left here by another parent of this account."""
    own = {each.child_id for each in guardians.children_of(turn.tx, turn.person.parent_id or 0)}
    return turn.private(people.name_of_child(turn.tx, draft[CHILD])) if draft[CHILD] in own else ""


def _spelt(key: ParentKey) -> str:
    return key.digits if isinstance(key, Iin) else key.number


def _key(draft: Draft) -> ParentKey:
    spelt: str = draft[KEY]
    return Iin(spelt) if spelt.isdigit() else IdentityDocument(spelt)


FORM = Form(
    NAME,
    (
        Question(
            KEY,
            _ask,
            _read,
            sensitivity=Sensitivity.PERSONAL,
            name=lambda t: t("IIN or document"),
            numbers=True,
        ),
    ),
    _done,
    _review,
    anew=not_by_itself,
)
