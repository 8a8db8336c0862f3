"""From what came in to what is shown: a button, a command, a number, a label, an answer, or a guess."""

from bot.conversation import form as forms
from bot.conversation.actions import Action, Outdated, action, parse
from bot.conversation.book import FORM_ACTIONS, Book, fold
from bot.conversation.errand import NOBODY_WAITS
from bot.conversation.form import Form
from bot.conversation.incoming import (
    ErrandDone,
    Press,
    SharedFile,
    SharedLocation,
    SharedPhone,
    Text,
    Unsupported,
)
from bot.conversation.reply import Screen
from bot.conversation.session import FormState, Shown
from bot.conversation.turn import Turn
from domain.errors import Refused

LONGEST_TEXT = 4096
_LONGEST_NUMBER = 2


def respond(turn: Turn, shown: Shown | None) -> Screen | None:
    """The screen that answers this turn; None when nothing is to be said (a late answer to an errand)."""
    try:
        return _respond(turn, shown)
    except Outdated:
        return stale(turn)
    except Refused as refusal:
        return resume(turn).with_note(turn.book.words(turn.t, refusal))


def resume(turn: Turn) -> Screen:
    """The present state: what is missing first, else the open question, else what was wanted, else home."""
    missing = turn.book.gate(turn)
    if missing is not None:
        return missing
    current = _open_form(turn)
    if current is not None:
        return _barred(turn, current[0]) or forms.present(turn, *current)
    if turn.session.wanted is not None:
        wanted = parse(turn.session.wanted)
        turn.session.wanted = None
        return _perform(turn, wanted)
    return turn.book.home(turn)


def go_on(turn: Turn) -> Screen:
    """Take up the form that was left last, a long one before a short one; else the present state."""
    session = turn.session
    short = session.form is None or not turn.book.forms[session.form.form].kept
    if session.aside and short:
        session.form = session.aside.pop()
    if session.form is not None:
        session.form.active = True
    current = _open_form(turn)
    if current is None:
        return resume(turn)
    return _barred(turn, current[0]) or forms.take_up(turn, *current)


def stale(turn: Turn) -> Screen:
    """An out-of-date button is a normal event: say so, and show the present state."""
    return resume(turn).with_note(turn.t("This button is out of date. Here is how things stand now."))


def begin_anew(turn: Turn, name: str) -> Screen:
    """The form of that name has a draft that can't be gone on with: it is begun at its first question.

    One that can't be begun by itself is dropped; and so is one that was left, when only the answer to an
    errand came for it: whoever does something else goes on with that.
    """
    session, t, form = turn.session, turn.t, turn.book.forms[name]
    in_hand = session.form is not None and session.form.form == name
    if in_hand:
        session.form = None
    session.aside = [each for each in session.aside if each.form != name]
    turn.leave_step()
    draft = form.anew(turn)
    elsewhere = isinstance(turn.incoming.content, ErrandDone) and not in_hand
    if draft is None or elsewhere:
        return resume(turn).with_note(t("I lost a part of what you had begun. Please begin it once more."))
    screen = _missing(turn, name) or forms.begin(turn, form, draft)
    return screen.with_note(t("I lost a part of what you had filled in. Please answer once more."))


def _respond(turn: Turn, shown: Shown | None) -> Screen | None:
    match turn.incoming.content:
        case ErrandDone() as done:
            return _errand_done(turn, done)
        case Press(action=text):
            return _perform(turn, parse(text))
        case Text(text=text):
            return _typed(turn, text, shown)
        case SharedPhone() | SharedLocation() | SharedFile():
            return _answer_or_guess(turn)
        case Unsupported():
            return resume(turn).with_note(
                turn.t("I can't read this kind of message yet. Please type it in words or press a button.")
            )


def _perform(turn: Turn, wanted: Action) -> Screen:
    """Do what a button names, when the first contact is done; else finish that first."""
    book, session = turn.book, turn.session
    if wanted.name in FORM_ACTIONS:
        return _form_action(turn, wanted)
    handler = book.actions.get(wanted.name)
    if handler is None:
        raise Outdated
    missing = _missing(turn, wanted.name)
    if missing is not None:
        session.wanted = action(wanted.name, *wanted.arguments)
        return missing
    if wanted.name not in book.before_gate:
        session.wanted = None
    if session.form is not None and wanted.name not in book.keeps_form:
        _leave(turn, session.form)
    if wanted.name not in book.keeps_form:
        turn.leave_step()
    return handler(turn, wanted.arguments)


def _leave(turn: Turn, left: FormState) -> None:
    """Something else is done: the form in hand waits, or is over where there is nothing to be kept of it."""
    known = turn.book.forms.get(left.form)
    left.active = False
    if known is not None and known.passing:
        turn.session.form = None


def _form_action(turn: Turn, wanted: Action) -> Screen:
    name, *rest = wanted.arguments or ("",)
    state = turn.session.form
    if state is None or state.form != name or name not in turn.book.forms:
        raise Outdated
    form = turn.book.forms[name]
    if (missing := _barred(turn, form)) is not None:
        return missing
    turn.leave_step()
    match wanted.name, rest:
        case "answer", [key, *value]:
            return forms.take_press(turn, form, state, key, tuple(value))
        case "back", []:
            return forms.back(turn, form, state) or turn.book.home(turn)
        case "edit", [key]:
            return forms.edit(turn, form, state, key)
        case "confirm", []:
            return forms.finish(turn, form, state)
        case _:
            raise Outdated


def _missing(turn: Turn, name: str) -> Screen | None:
    """What has to be done before an action or a form of that name; None when the way is free."""
    book = turn.book
    missing = None if name in book.before_gate else book.gate(turn)
    behind_door = name in book.cabinet or (name in book.half_open and turn.person.parent_id is not None)
    if missing is None and behind_door:
        missing = book.door(turn)
    return missing


def _barred(turn: Turn, form: Form) -> Screen | None:
    """The same for the open form, which waits meanwhile, whatever form what is missing begins."""
    session, state = turn.session, turn.session.form
    missing = _missing(turn, form.name)
    if missing is not None and state is not None and session.form is not state:
        state.active = False
        session.aside = [each for each in session.aside if each.form != state.form] + [state]
        session.wanted = session.wanted or action("resume")
    if missing is None and state is not None and forms.is_anothers(turn, state):
        return _of_another(turn, form, state)
    return missing


def _of_another(turn: Turn, form: Form, state: FormState) -> Screen:
    """A long form is looked at anew, and what was another's is taken out of it; a short one is over."""
    if form.recheck is not None:
        return forms.take_up(turn, form, state)
    turn.session.form = None
    raise Outdated


def _typed(turn: Turn, text: str, shown: Shown | None) -> Screen:
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        return resume(turn).with_note(turn.t("This is too long for me. Please say it more briefly."))
    command = _command(turn, text)
    if command is not None:
        return _perform(turn, command)
    chosen = _option(turn, text, shown)
    if chosen is not None:
        return _perform(turn, parse(chosen))
    if turn.session.waiting is not None:
        return Screen(turn.t("One moment, I am still waiting for an answer to your last step."), fresh=True)
    return _answer_or_guess(turn)


def _command(turn: Turn, text: str) -> Action | None:
    target = command_in(text, turn.book)
    if target is None:
        return None
    known, rest = parse(target), text.split()[1:2]
    return Action(known.name, (*known.arguments, *(word[:8] for word in rest)))


def command_in(text: str, book: Book) -> str | None:
    """The action of the command that a text begins with, if we know it."""
    if not text.startswith("/"):
        return None
    name = text.split()[0][1:].partition("@")[0].lower()
    return book.commands.get(name)


def _option(turn: Turn, text: str, shown: Shown | None) -> str | None:
    """The button somebody means by typing its number or its label."""
    options = shown.options if shown else ()
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER and not _takes_numbers(turn):
        position = int(text) - 1
        if 0 <= position < len(options):
            return options[position][1] or None
        return None
    wanted = fold(text)
    for label, meant in options:
        if wanted and meant and fold(label) == wanted:
            return meant
    return turn.book.labels.get(wanted)


def _takes_numbers(turn: Turn) -> bool:
    current = _open_form(turn)
    if current is None or current[1].question == forms.REVIEW:
        return False
    form, state = current
    return form.question(state.question).numbers


def _answer_or_guess(turn: Turn) -> Screen:
    current = _open_form(turn)
    missing = _barred(turn, current[0]) if current is not None else None
    if missing is not None:
        return missing
    _keep_shared(turn)
    if current is not None:
        return forms.take(turn, *current, turn.incoming.content)
    guessed = turn.book.guess(turn)
    if guessed is not None:
        return guessed
    return resume(turn).with_note(turn.t("I did not understand that. Please choose one of these:"))


def _keep_shared(turn: Turn) -> None:
    """A phone says something of the account, whatever it was shared for. Not before there is consent."""
    content = turn.incoming.content
    if isinstance(content, SharedPhone) and turn.book.gate(turn) is None:
        turn.book.keep_shared(turn, content)


def _open_form(turn: Turn) -> tuple[Form, FormState] | None:
    """The form that typed text answers, if there is one. One that this version does not know is dropped."""
    state = turn.session.form
    if state is None or not state.active:
        return None
    form = turn.book.forms.get(state.form)
    known = form is not None and (
        state.question == forms.REVIEW or any(q.key == state.question for q in form.questions)
    )
    if form is None or not known:
        turn.session.form = None
        return None
    return form, state


def _errand_done(turn: Turn, done: ErrandDone) -> Screen | None:
    waiting = turn.session.waiting
    if done.step != NOBODY_WAITS:
        if waiting is None or waiting.step != done.step or waiting.kind != done.kind:
            return None
        turn.session.waiting = None
    asked_by = _form_of_errand(turn, done)
    if asked_by is not None:
        return _barred(turn, asked_by[0]) or forms.hear(turn, *asked_by, done)
    handler = turn.book.errands.get(done.kind)
    return handler(turn, done) if handler is not None else None


def _form_of_errand(turn: Turn, done: ErrandDone) -> tuple[Form, FormState] | None:
    """The form whose open question waits for this answer: the one in hand, or one left aside."""
    session = turn.session
    for state in (session.form, *reversed(session.aside)):
        form = turn.book.forms.get(state.form) if state is not None else None
        if form is None or state is None:
            continue
        if any(each.key == state.question and each.hears(state.draft, done) for each in form.questions):
            return form, state
    return None
