"""Adding a child before applying [004]: by its IIN, where the state register names the parent.

Whom the register does not name as a parent joins the child by applying for it, or by the other parent's
word. Nobody learns a stranger's name by typing an IIN.
"""

from dataclasses import replace
from typing import Any

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Again, Form, Question, Reopened, answer
from bot.conversation.incoming import Content, ErrandDone, Press, Text
from bot.conversation.reply import Button, Keys, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows.apply import register
from bot.flows.children import joined, one
from bot.flows.names import full, short
from bot.flows.tries import count_child
from domain.iin import Iin
from storage import children, people
from storage.children import Child
from storage.people import RegisterWords

NAME, IIN, SURE = "child", "iin", "sure"
TYPED, YES, ANOTHER = "typed", "yes", "another"
UNJOINED = "unjoined"
"""The child has parents here, and this one is not to be joined without a word of theirs."""


def start(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Ask for the IIN."""
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type the child's IIN: 12 digits from the birth certificate.")
    return Screen(text, title=t("Add a child"), typing=True, hint=t("Child's IIN"), keys=Keys.DIGITS)


def _read(turn: Turn, draft: Draft, content: Content) -> dict[str, Any]:
    """What the register says of a child of this parent's.

    Raises IinRefused, SamePerson, LooksLikeAdult, NotBornYet, TooOld, TooManyTries.
    """
    match content:
        case ErrandDone() if TYPED in draft:
            return _said(turn, draft, register.answer(content, turn.now))
        case Text(text=text):
            iin = Iin.parse(text)
            joined.require_child_here(turn, iin)
            there = _mine(turn, iin)
            if there is not None:
                raise Again(one.screen(turn, there).with_note(turn.t("This child is among yours already.")))
            count_child(turn, joined.me(turn))
            draft[TYPED] = iin.digits
            raise Again(register.ask(turn, iin.digits))
        case _:
            raise Again(_ask(turn, draft).with_note(turn.t("Please type it in digits.")))


def _mine(turn: Turn, iin: Iin) -> Child | None:
    child_id, me = people.find_child_by_iin(turn.tx, iin), turn.person.parent_id
    return children.find(turn.tx, me, child_id) if child_id is not None and me is not None else None


def _said(turn: Turn, draft: Draft, found: dict[str, Any]) -> dict[str, Any]:
    """The register's answer, where the child can be added by it; else what can be done instead."""
    t = turn.t
    parents = found.get("parents", ())
    if found["state"] == register.DOWN:
        raise _instead(turn, draft, t("The state register does not answer at present."))
    if found["state"] == register.UNKNOWN:
        raise _instead(turn, draft, t("The state register does not know this IIN. Is every digit right?"))
    if register.contradictions(Iin(draft[TYPED]), found):
        raise _instead(turn, draft, t("The state register says another birth date or sex than this IIN."))
    if joined.own_digits(turn) in parents:
        return found
    if parents:
        raise _instead(turn, draft, t("The state register names other parents for this child."))
    name = turn.private(short(found["name"], found["surname"]))
    raise _instead(turn, draft, t("{name}: the state register names no parents.", name=name))


def _instead(turn: Turn, draft: Draft, why: str) -> Again:
    """Why the child can't be added so, and the ways that there are; another IIN can be typed."""
    t = turn.t
    ways = t(
        "The child comes here by itself when you join the queue with it, "
        "or when the other parent adds you. You can also type another IIN."
    )
    rows: tuple[Row, ...] = ((Button(t("Join the queue"), action("apply")),),)
    asked = _ask(turn, draft)
    return Again(replace(asked, text=f"{why}\n\n{ways}", rows=rows, fresh=True))


def _ask_sure(turn: Turn, draft: Draft) -> Screen:
    t, found = turn.t, draft[IIN]
    words = RegisterWords.from_data(found)
    text = t(
        "{name}, born {date}. Is this the child?",
        name=turn.private(full(words.surname, words.name, words.patronymic)),
        date=turn.private(t.day(words.birth_date)),
    )
    rows: list[Row] = [
        (Button(t("Yes, it's this child"), answer(NAME, SURE, YES)),),
        (Button(t("Another child"), answer(NAME, SURE, ANOTHER)),),
    ]
    if draft.get(UNJOINED):
        rows.append((Button(t("Operator"), action("operator")),))
    return Screen(text, title=t("Add a child"), rows=tuple(rows))


def _read_sure(turn: Turn, draft: Draft, content: Content) -> bool:
    match content:
        case Press(action=pressed) if pressed == YES:
            return True
        case Press(action=pressed) if pressed == ANOTHER:
            draft.clear()
            raise Reopened
        case _:
            raise Again(_ask_sure(turn, draft).with_note(turn.t("Please press one of the buttons.")))


def _done(turn: Turn, draft: Draft) -> Screen:
    draft[UNJOINED] = True
    child = joined.join_by_register(turn, Iin(draft[TYPED]), draft[IIN])
    return one.screen(turn, child).with_note(turn.t("The child is added."))


FORM = Form(
    NAME,
    (
        Question(IIN, _ask, _read, sensitivity=Sensitivity.PERSONAL, errands=register.KINDS),
        Question(SURE, _ask_sure, _read_sure),
    ),
    _done,
)
