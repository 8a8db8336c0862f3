"""A step that an operator prepares and the parent confirms in the chat. Nothing is done before."""

from dataclasses import dataclass

from bot.centre import whisper_screens
from bot.centre.driving import enter_free, go_on_driving
from bot.centre.posting import Said, post
from bot.centre.standing import Standing, standing_in
from bot.centre.whisper_limits import STARTS, may_press, require_answer, require_press
from bot.centre.words import require_words
from bot.conversation.book import fold
from bot.conversation.form import Question
from bot.conversation.masking import masked
from bot.conversation.reply import Screen
from bot.conversation.session import whereabouts
from bot.department.officer import Officer
from bot.flows import menu
from bot.flows.library import LABELS
from bot.flows.staff_entry import Audited
from bot.texts import Texts, texts_in
from domain.errors import WhisperForbidden, WhisperOutdated
from domain.steering import Steered
from storage.centre import steering, whispers
from storage.centre.steering import Chat
from storage.transaction import Transaction

KIND = "whisper"
"""Of the message that shows a prepared step, in the log."""
LONGEST = 400
"""Characters of a prepared answer: it is shown with its question and two buttons, in every messenger."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that can be suggested, its label as staff may read it."""

    label: str
    action: str


def offers(tx: Transaction, conversation_id: int, t: Texts) -> list[Offer]:
    """What can be suggested now: the buttons of the last screen, and where one can begin anywhere."""
    options = standing_in(tx, conversation_id).options
    shown = [Offer(label, action) for action, label in options.items() if may_press(action)]
    return shown + [Offer(menu.label(t, each), each) for each in STARTS if each not in options]


def can_answer(tx: Transaction, conversation_id: int) -> bool:
    """Whether a question is open that somebody else may answer."""
    standing = standing_in(tx, conversation_id)
    try:
        return _open_question(standing) is not None
    except (WhisperForbidden, WhisperOutdated):
        return False


def suggest_press(tx: Transaction, officer: Officer, conversation_id: int, action: str) -> Audited:
    """Suggest a button of the last screen, or one of STARTS.

    Raises WhisperForbidden, WhisperOutdated for a button that is not there any more, DrivenByAnother,
    NobodyListens.
    """
    require_press(action)
    chat = enter_free(tx, officer, conversation_id)
    standing = standing_in(tx, conversation_id)
    t = texts_in(chat.entered.language)
    begins = menu.label(t, action) if action in STARTS else None
    label, copied = standing.label_of(action) or begins, standing.options.get(action) or begins
    if label is None or copied is None:
        raise WhisperOutdated
    whisper_id = _offer(tx, officer, chat, standing, {"press": action})
    screen = whisper_screens.of_press(t, whisper_id, standing.question, label)
    return _send(tx, officer, chat, screen, whisper_screens.of_press(t, whisper_id, "", copied).text)


def suggest_text(tx: Transaction, officer: Officer, conversation_id: int, text: str) -> Audited:
    """Suggest an answer to the question that is open.

    Raises WordsBadLength, WhisperForbidden, WhisperOutdated where none is open, DrivenByAnother,
    NobodyListens.
    """
    words = require_words(text, LONGEST)
    if words.startswith("/") or fold(words) in LABELS:
        # It would be a command or a button, whatever was asked.
        raise WhisperForbidden
    chat = enter_free(tx, officer, conversation_id)
    standing = standing_in(tx, conversation_id)
    question = _open_question(standing)
    t = texts_in(chat.entered.language)
    whisper_id = _offer(tx, officer, chat, standing, {"text": words})
    screen = whisper_screens.of_answer(t, whisper_id, standing.question, words)
    copied = masked(words, question.sensitivity)
    return _send(tx, officer, chat, screen, whisper_screens.of_answer(t, whisper_id, "", copied).text)


def take_back(tx: Transaction, officer: Officer, whisper_id: int) -> Audited:
    """It is good for nothing any more. Raises WhisperOutdated when it is decided already."""
    found = whispers.find(tx, whisper_id)
    if found is None:
        raise WhisperOutdated
    chat = steering.enter(tx, found.conversation_id)
    if not whispers.decide(tx, whisper_id, whispers.TAKEN_BACK, tx.now):
        raise WhisperOutdated
    _note(tx, officer, chat, Steered.SUGGESTION_TAKEN_BACK)
    return Audited(officer.actor, "suggestion_taken_back", f"conversation:{found.conversation_id}", {})


def _open_question(standing: Standing) -> Question:
    form, question = standing.form, standing.asks
    if form is None or question is None:
        raise WhisperOutdated
    return require_answer(form, question.key)


def _offer(tx: Transaction, officer: Officer, chat: Chat, standing: Standing, content: dict[str, str]) -> int:
    place = whereabouts(standing.session)
    return whispers.offer(tx, chat.entered.conversation_id, officer.staff_id, place, content, tx.now)


def _send(tx: Transaction, officer: Officer, chat: Chat, screen: Screen, copied: str) -> Audited:
    entered = chat.entered
    language, staff_id = texts_in(entered.language).language, officer.staff_id
    post(tx, entered, Said(screen=screen, language=language, staff_id=staff_id, kind=KIND, copy=copied))
    _note(tx, officer, chat, Steered.SUGGESTED)
    go_on_driving(tx, officer, chat)
    return Audited(officer.actor, "suggested", f"conversation:{entered.conversation_id}", {})


def _note(tx: Transaction, officer: Officer, chat: Chat, what: Steered) -> None:
    entered = chat.entered
    steering.note(tx, entered.conversation_id, entered.channel, officer.staff_id, what, tx.now)
