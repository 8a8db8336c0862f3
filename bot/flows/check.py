"""Checking the queue: by a child's IIN, a parent's IIN or an application number [000]."""

from collections.abc import Sequence
from functools import partial

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.form import Again, Form, Question
from bot.conversation.incoming import Content, Text
from bot.conversation.reply import Button, Keys, Row, Screen, Sensitivity
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import lock, unlock
from bot.flows.application_words import describe, title
from bot.flows.as_of_now import as_of_now
from bot.flows.mine import one, overview
from bot.flows.tries import count_check
from domain.iin import Iin
from domain.separators import without_separators
from storage import look_up
from storage.look_up import Found
from storage.queue_places import place_of

NAME, KEY = "check", "what"
_NUMBER_DIGITS = range(1, 11)
_MOST_WITH_BUTTONS = 4
"""A message with buttons may be shorter than one without, where that is so in a channel."""


def start(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The confirmed parent sees the own applications at once; anybody else is asked for a number."""
    if turn.person.parent_id is not None and not arguments:
        if not lock.pass_through(turn):
            turn.session.wanted = action(NAME)
            return unlock.begin(turn)
        own = overview.own_live_ones(turn)
        if own:
            form.leave(turn)
            return overview.listed(turn, own)
    return form.begin(turn, FORM)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    t = turn.t
    text = t("Type the child's IIN, the parent's IIN, or the application number. I will find the place.")
    return Screen(text, title=t("Check the queue"), typing=True, hint=t("IIN or number"), keys=Keys.DIGITS)


def _read(turn: Turn, draft: Draft, content: Content) -> str:
    """The digits of an IIN or of an application number."""
    if not isinstance(content, Text):
        raise Again(_ask(turn, draft).with_note(turn.t("Please type it in digits.")))
    typed = _bare(content.text)
    if typed.isascii() and typed.isdigit() and len(typed) in _NUMBER_DIGITS:
        return typed
    return Iin.parse(content.text).digits


def _bare(text: str) -> str:
    """Without spaces, dashes, and the sign that stands before a number as we write it."""
    return without_separators(text.strip().lstrip("№#N").strip())


def _done(turn: Turn, draft: Draft) -> Screen:
    asker = lock.asker(turn)
    if asker is None:
        # Before anything is looked up: who is over the limit costs nothing but the refusal.
        count_check(turn)
    found = _look_up(turn, draft[KEY])
    if asker is not None and not (found and all(each.own for each in found)):
        count_check(turn)
    if not found:
        return _nothing(turn, draft[KEY])
    if len(found) == 1 and found[0].own:
        return one.present(turn, found[0])
    return _shown(turn, found)


def _look_up(turn: Turn, digits: str) -> Sequence[Found]:
    asker = lock.asker(turn)
    if len(digits) in _NUMBER_DIGITS:
        return as_of_now(turn.tx, partial(look_up.by_number, turn.tx, int(digits), asker))
    return as_of_now(turn.tx, partial(look_up.by_iin, turn.tx, Iin.parse(digits), asker))


def _nothing(turn: Turn, digits: str) -> Screen:
    t = turn.t
    if len(digits) in _NUMBER_DIGITS:
        text = t(
            "There is no application with this number. Please compare it with the message you were sent."
        )
    else:
        text = t("No application is in the queue under this IIN. Try the other parent's or the child's IIN.")
    return Screen(text, title=t("Nothing found"), rows=_afterwards(turn))


def _shown(turn: Turn, found: Sequence[Found]) -> Screen:
    """What anybody may see: place, size of the queue, date, status; never a name."""
    t = turn.t
    text = "\n\n".join(
        describe(turn, each, place_of(turn.tx, each.id), titled=len(found) == 1) for each in found
    )
    rows: list[Row] = []
    if lock.asker(turn) is None:
        rows.append((Button(t("This is my child"), action("signin")),))
    heading = (
        title(turn, found[0]) if len(found) == 1 else t("Applications found: {number}", number=len(found))
    )
    if len(found) > _MOST_WITH_BUTTONS:
        turn.say(Screen(text, fresh=True))
        text, heading = heading, t("Check the queue")
    return Screen(text, title=heading, rows=(*rows, *_afterwards(turn)))


def _afterwards(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("Check another"), action("check", "new")),), (Button(t("Menu"), action("menu")),))


def guess(turn: Turn) -> Screen | None:
    """Something typed outside any question: twelve digits, or a number as we give them, is looked up."""
    content = turn.incoming.content
    if not isinstance(content, Text):
        return None
    digits = _bare(content.text)
    if not (digits.isascii() and digits.isdigit() and 6 <= len(digits) <= 12):
        return None
    return form.begin_with(turn, FORM, content)


FORM = Form(NAME, (Question(KEY, _ask, _read, sensitivity=Sensitivity.PERSONAL),), _done)
