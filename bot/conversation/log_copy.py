"""What the log keeps of a conversation: the masked copy of what came in and of what we said."""

import re

from bot.conversation import form as forms
from bot.conversation.book import Book
from bot.conversation.form import Question
from bot.conversation.incoming import (
    Content,
    ErrandDone,
    Press,
    SharedFile,
    SharedLocation,
    SharedPhone,
    Text,
    Unsupported,
)
from bot.conversation.masking import MASK, masked, without
from bot.conversation.reply import Screen, Sensitivity
from bot.conversation.session import Session, Shown
from bot.conversation.turn import Turn
from bot.conversation.understand import command_in

LOCATION_SIGN = "📍"
FILE_SIGN = "📎"
_LONGEST = 4096
_DIGIT = re.compile(r"\d")


def copy_of_incoming(
    content: Content, session: Session, book: Book, shown: Shown | None, *, to_operator: bool = False
) -> tuple[str, bool]:
    """What the log says of an incoming message, and whether something had to be hidden.

    `to_operator`: what is typed answers no question of the bot's, but is to be read by one of the staff.
    """
    match content:
        case Text(text=text):
            kept = text[:_LONGEST]
            hidden = _hidden(kept, _asked(text, session, book), to_operator=to_operator)
            return hidden, hidden != kept
        case Press(action=text):
            label = shown.label_of(text) if shown else None
            return masked(label or text[:64]), False
        case SharedPhone(number=number):
            return masked(number, Sensitivity.PERSONAL), True
        case SharedLocation():
            return LOCATION_SIGN, False
        case SharedFile():
            # Its name may be a person's.
            return FILE_SIGN, False
        case Unsupported(kind=kind):
            return kind[:32], False
        case ErrandDone(kind=kind, failure=failure):
            return f"{kind} {failure or 'answered'}", False


def kind_of(content: Content) -> str:
    match content:
        case Text():
            return "text"
        case Press():
            return "press"
        case SharedPhone():
            return "phone"
        case SharedLocation():
            return "location"
        case SharedFile():
            return "file"
        case Unsupported():
            return "unsupported"
        case ErrandDone():
            return "errand"


def _hidden(text: str, question: Question | None, *, to_operator: bool) -> str:
    if question is None:
        return masked(text)
    if not to_operator:
        return masked(text, question.sensitivity)
    if question.sensitivity is not Sensitivity.SECRET:
        return masked(text)
    # Words beside a code can be read, its digits can't. A password is words, too.
    return _DIGIT.sub(MASK, masked(text)) if question.digits else masked(text, Sensitivity.SECRET)


def _asked(text: str, session: Session, book: Book) -> Question | None:
    """The question that is open; None when there is none, and for a command."""
    state = session.form
    if state is None or not state.active or state.question == forms.REVIEW:
        return None
    if command_in(text.strip(), book) is not None:
        return None
    form = book.forms.get(state.form)
    return next((each for each in form.questions if each.key == state.question), None) if form else None


def copy_of_screen(turn: Turn, screen: Screen) -> str:
    """The copy of a screen that stays in the log: what is personal is masked."""
    text = f"{screen.title}\n{screen.text}" if screen.title else screen.text
    labels = " · ".join(button.label for button in screen.buttons)
    whole = f"{text}\n[{labels}]" if labels else text
    if screen.sensitivity is Sensitivity.SECRET:
        return masked(whole, Sensitivity.SECRET)
    return without(whole, frozenset(turn.personal))


def text_and_labels(copy: str) -> tuple[str, tuple[str, ...]]:
    """The copy of a screen taken apart: its text, and what stands on its buttons."""
    text, opening, labels = copy.rpartition("\n[")
    if not opening or not labels.endswith("]") or "\n" in labels:
        return copy, ()
    return text, tuple(labels[:-1].split(" · "))
