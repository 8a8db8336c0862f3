"""Forms: questions one after another, with validation, back, cancel, and a review to change answers in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.conversation.actions import Outdated, action
from bot.conversation.incoming import Content, ErrandDone, Press
from bot.conversation.reply import Button, Row, Screen, Sensitivity
from bot.conversation.session import Draft, FormState
from bot.conversation.turn import Turn
from bot.texts import Texts
from domain.errors import Refused

REVIEW = "review"


class Again(Exception):
    """The answer leads to a closer question: show this screen and go on waiting for the same answer."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen


class Reopened(Exception):
    """Answers were taken out of the draft: go on at the first that is open, and say why."""

    def __init__(self, note: str = "") -> None:
        super().__init__()
        self.note = note


def always(_draft: Draft) -> bool:
    """The question is asked whatever was answered before."""
    return True


def any_answer(_draft: Draft, _done: ErrandDone) -> bool:
    """Whatever an errand of its kind brings is for this question."""
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form.

    `ask` makes its screen. `read` turns what came (typed, pressed, shared) into plain data for the draft;
    it raises a Refused of the domain for a wrong answer, Again for a closer question, Reopened when
    earlier answers are to be given anew. `name` and `show` are its line in the review. `sensitivity` says
    how the answer is logged. `numbers`: a typed number is an answer here, and not the number of a button.
    `digits`: the answer is nothing but digits, so that words are none.
    `errands`: the kinds of errand that `read` asks for and is then handed the answers of (ErrandDone),
    those that it `expects`: two forms may wait for answers of one kind.
    """

    key: str
    ask: Callable[[Turn, Draft], Screen]
    read: Callable[[Turn, Draft, Content], Any]
    sensitivity: Sensitivity = Sensitivity.PLAIN
    when: Callable[[Draft], bool] = always
    name: Callable[[Texts], str] | None = None
    show: Callable[[Turn, Any], str] | None = None
    numbers: bool = False
    digits: bool = False
    errands: frozenset[str] = frozenset()
    expects: Callable[[Draft, ErrandDone], bool] = any_answer

    def hears(self, draft: Draft, done: ErrandDone) -> bool:
        """Whether the answer to an errand is for this question."""
        return done.kind in self.errands and self.expects(draft, done)


def empty(_turn: Turn) -> Draft | None:
    """A form that needs to know nothing before its first question."""
    return {}


def not_by_itself(_turn: Turn) -> Draft | None:
    """A form that only the screen it was begun on can begin: that one knows what it is about."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its questions in order and what is done at the end. `review` makes the last look's screen.

    `kept`: too long to be lost when another form is begun. `recheck` looks at a draft that was left for a
    while: it takes out the answers that are no longer good and says why, or returns None. `anew` is what it
    begins with when its draft turns out to be of another shape; None: it can't be begun by itself.
    `passing`: whoever does something else has done with it, and nothing is left to be gone on with.
    """

    name: str
    questions: tuple[Question, ...]
    done: Callable[[Turn, Draft], Screen]
    review: Callable[[Turn, Draft], Screen] | None = None
    controls: bool = True
    kept: bool = False
    recheck: Callable[[Turn, Draft], str | None] | None = None
    anew: Callable[[Turn], Draft | None] = empty
    passing: bool = False

    def question(self, key: str) -> Question:
        """The question of that key. Raises Outdated when the form has none (any more)."""
        for question in self.questions:
            if question.key == key:
                return question
        raise Outdated

    def asked(self, draft: Draft) -> tuple[Question, ...]:
        """The questions that these answers lead to, in order."""
        return tuple(question for question in self.questions if question.when(draft))


def answer(form: str, key: str, *value: object) -> str:
    """The action of a button that answers a question."""
    return action("answer", form, key, *value)


def begin(turn: Turn, form: Form, draft: Draft | None = None) -> Screen:
    """Open a form at its first open question; a draft may bring answers already known.

    A long form in progress is put aside for it.
    """
    put_aside(turn, form.name)
    turn.session.form = FormState(form.name, "", draft or {}, owner=turn.person.parent_id)
    return _go_on(turn, form, turn.session.form)


def begin_with(turn: Turn, form: Form, content: Content) -> Screen:
    """Open a form with the answer to its first question, where nothing has to come before."""
    missing = turn.book.gate(turn)
    if missing is not None:
        return missing
    begin(turn, form)
    state = turn.session.form
    assert state is not None
    return take(turn, form, state, content)


def leave(turn: Turn) -> None:
    """The form in progress is over; a long one is kept for later."""
    put_aside(turn)
    turn.session.form = None


def put_aside(turn: Turn, beginner: str = "") -> None:
    """Keep the form in progress for later, where it is one to be kept and not the one that begins."""
    session, left = turn.session, turn.session.form
    known = turn.book.forms.get(left.form) if left is not None else None
    if left is not None and known is not None and known.kept and left.form != beginner:
        left.active = False
        session.aside = [each for each in session.aside if each.form != left.form] + [left]
        session.form = None


def is_anothers(turn: Turn, state: FormState) -> bool:
    """Somebody was entered when it was filled in who is not here now: signed out, or another parent."""
    return state.owner is not None and state.owner != turn.person.parent_id


def take_up(turn: Turn, form: Form, state: FormState) -> Screen:
    """Go on with a form that was left: what is no longer good in it is said, and asked again."""
    state.active, state.owner = True, turn.person.parent_id
    note = form.recheck(turn, state.draft) if form.recheck is not None else None
    asked = form.asked(state.draft)
    whole = all(question.key in state.draft for question in asked)
    still_there = state.question == REVIEW or state.question in {question.key for question in asked}
    screen = present(turn, form, state) if whole and still_there else _go_on(turn, form, state)
    return screen.with_note(note) if note is not None else screen


def present(turn: Turn, form: Form, state: FormState) -> Screen:
    """The question that is open, as a screen. Makes the form the one that typed text answers."""
    state.active = True
    if state.question == REVIEW:
        return _review(turn, form, state)
    question = form.question(state.question)
    screen = question.ask(turn, state.draft)
    return _with_controls(turn, form, state, screen)


def take(turn: Turn, form: Form, state: FormState, content: Content) -> Screen:
    """Take an answer to the open question. A wrong one is explained and asked again."""
    if state.question == REVIEW:
        return present(turn, form, state)
    question = form.question(state.question)
    try:
        value = question.read(turn, state.draft, content)
    except Refused as refusal:
        return present(turn, form, state).with_note(turn.book.words(turn.t, refusal))
    except Again as closer:
        return _with_controls(turn, form, state, closer.screen)
    except Reopened as reopened:
        screen = _go_on(turn, form, state)
        return screen.with_note(reopened.note) if reopened.note else screen
    state.draft[question.key] = value
    return _go_on(turn, form, state)


def hear(turn: Turn, form: Form, state: FormState, done: ErrandDone) -> Screen | None:
    """Take the answer to an errand; nothing is shown when the form was left meanwhile."""
    if is_anothers(turn, state):
        return None
    if state.active and state is turn.session.form:
        return take(turn, form, state, done)
    question = form.question(state.question)
    try:
        state.draft[question.key] = question.read(turn, state.draft, done)
    except (Refused, Again, Reopened):
        # The draft has what the answer brought; the question is asked when the form is taken up.
        return None
    return None


def take_press(turn: Turn, form: Form, state: FormState, key: str, value: tuple[str, ...]) -> Screen:
    """Take an answer given by a button. A button of another question is out of date."""
    if state.question != key:
        raise Outdated
    state.active = True
    return take(turn, form, state, Press(":".join(value)))


def back(turn: Turn, form: Form, state: FormState) -> Screen | None:
    """The question before, with its answer open again; None, and the form left aside, before the first."""
    keys = [*(question.key for question in form.asked(state.draft)), REVIEW]
    if state.question not in keys:
        raise Outdated
    position = keys.index(state.question)
    if position == 0:
        state.active = False
        return None
    state.question = keys[position - 1]
    state.editing = False
    return present(turn, form, state)


def edit(turn: Turn, form: Form, state: FormState, key: str) -> Screen:
    """Open one answer again, where the review has offered that. Raises Outdated anywhere else.

    A forged button must not get past a question that was never answered.
    """
    offered = {question.key for question in form.asked(state.draft) if question.name is not None}
    if not (state.question == REVIEW or state.editing) or key not in offered:
        raise Outdated
    state.question = key
    state.editing = True
    return present(turn, form, state)


def finish(turn: Turn, form: Form, state: FormState) -> Screen:
    """The review was confirmed."""
    if state.question != REVIEW:
        raise Outdated
    note = form.recheck(turn, state.draft) if form.recheck is not None else None
    if note is not None:
        return _go_on(turn, form, state).with_note(note)
    return _done(turn, form, state)


def _go_on(turn: Turn, form: Form, state: FormState) -> Screen:
    state.editing = False
    for question in form.asked(state.draft):
        if question.key not in state.draft:
            state.question = question.key
            return present(turn, form, state)
    if form.review is None:
        return _done(turn, form, state)
    state.question = REVIEW
    return present(turn, form, state)


def _done(turn: Turn, form: Form, state: FormState) -> Screen:
    turn.session.form = None
    try:
        return form.done(turn, state.draft)
    except Refused as refusal:
        # The rule changed its mind between the first question and the last: the draft is kept.
        turn.session.form = state
        state.question = REVIEW if form.review else form.questions[-1].key
        return present(turn, form, state).with_note(turn.book.words(turn.t, refusal))


def _review(turn: Turn, form: Form, state: FormState) -> Screen:
    assert form.review is not None
    screen = form.review(turn, state.draft)
    edits = [
        Button(question.name(turn.t), action("edit", form.name, question.key))
        for question in form.asked(state.draft)
        if question.name is not None
    ]
    rows: list[Row] = [(Button(turn.t("Confirm"), action("confirm", form.name)),)]
    rows += [tuple(edits[start : start + 2]) for start in range(0, len(edits), 2)]
    return _with_controls(turn, form, state, screen.with_rows(rows))


def _with_controls(turn: Turn, form: Form, state: FormState, screen: Screen) -> Screen:
    """Back and cancel below every question."""
    if not form.controls:
        return screen
    t = turn.t
    first = state.question == form.asked(state.draft)[0].key
    cancel = Button(t("Cancel"), action("cancel"))
    row: Row = (cancel,) if first else (Button(t("Back"), action("back", form.name)), cancel)
    return screen.with_rows([row])
