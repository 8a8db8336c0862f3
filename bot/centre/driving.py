"""Talking in the bot's stead, and giving the conversation back to it. Both sides are told."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.centre.posting import Said, post
from bot.conversation import drive_screens
from bot.conversation.reply import Screen
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from bot.texts import Texts, texts_in
from domain import steering as rules
from domain.steering import Steered
from storage.centre import assigning, line, steering
from storage.centre.steering import Chat
from storage.transaction import Transaction

AT_ONCE = 20
"""So many in one transaction: each is a few rows to write and to seal."""


class Ended(Protocol):
    """What a parent reads when a drive has come to its end. `waits`: a question is still unanswered."""

    def __call__(self, t: Texts, *, waits: bool) -> Screen: ...


def drive(tx: Transaction, officer: Officer, conversation_id: int) -> Audited:
    """From now on this one is heard, and the bot is silent. Raises DrivenByAnother, NobodyListens.

    A question that waits in the pool is in the same hands then.
    """
    chat = enter_free(tx, officer, conversation_id)
    if chat.wheel is not None and chat.wheel.is_held(tx.now):
        go_on_driving(tx, officer, chat)
        return _audited(officer, "drove", conversation_id)
    _let_go(tx, chat, Steered.SILENT)
    steering.put(tx, conversation_id, rules.take(None, officer.staff_id, tx.now))
    _note(tx, chat, officer.staff_id, Steered.TAKEN)
    _tell(tx, chat, officer.staff_id, drive_screens.begun(texts_in(chat.entered.language)))
    waiting = line.lock_live(tx, conversation_id)
    if waiting is not None and waiting.state == line.OPEN:
        assigning.give(tx, waiting, officer.staff_id)
    return _audited(officer, "drove", conversation_id)


def hand_back(tx: Transaction, officer: Officer, conversation_id: int) -> Audited:
    """The bot answers again; what was begun goes on where it was left. Raises NotDriving."""
    chat = steering.enter(tx, conversation_id)
    rules.require_own(chat.wheel, officer.staff_id, tx.now)
    steering.put(tx, conversation_id, None)
    _note(tx, chat, officer.staff_id, Steered.HANDED_BACK)
    _tell(tx, chat, officer.staff_id, drive_screens.ended(texts_in(chat.entered.language)))
    return _audited(officer, "handed_back", conversation_id)


def enter_free(tx: Transaction, officer: Officer, conversation_id: int) -> Chat:
    """A conversation, locked, in which this one may speak. Raises DrivenByAnother, NobodyListens."""
    chat = steering.enter(tx, conversation_id)
    asked = line.live_of(tx, conversation_id)
    has_question = asked is not None and asked.assigned_to == officer.staff_id
    rules.require_free(chat.wheel, officer.staff_id, tx.now, has_question=has_question)
    return chat


def go_on_driving(tx: Transaction, officer: Officer, chat: Chat) -> None:
    """A word was said by one who may: where somebody drives, it is this one, and for longer."""
    wheel = chat.wheel
    if wheel is None or not wheel.is_held(tx.now):
        return
    steering.put(tx, chat.entered.conversation_id, rules.take(None, officer.staff_id, tx.now))
    if wheel.staff_id != officer.staff_id:
        _note(tx, chat, officer.staff_id, Steered.TAKEN)


def end_silent(tx: Transaction) -> int:
    """End what was driven in silence for too long, and tell both sides; how many."""
    return _end_each(tx, steering.silent(tx, AT_ONCE), Steered.SILENT, drive_screens.ended_by_silence)


def end_of_gone(tx: Transaction, really: datetime) -> int:
    """End what is driven by those who are signed in nowhere any more, and tell the parents; how many.

    What a turn has in hand at this moment is left for the next time.
    """
    gone = steering.of_gone(tx, really, AT_ONCE)
    return _end_each(tx, gone, Steered.GONE, drive_screens.ended_by_leaving)


def _end_each(tx: Transaction, chats: Collection[int], why: Steered, tell: Ended) -> int:
    for conversation_id in chats:
        chat = steering.enter(tx, conversation_id)
        assert chat.wheel is not None
        steering.put(tx, conversation_id, None)
        waits = _let_go(tx, chat, why)
        _tell(tx, chat, chat.wheel.staff_id, tell(texts_in(chat.entered.language), waits=waits))
    return len(chats)


def _let_go(tx: Transaction, chat: Chat, why: Steered) -> bool:
    """Of whoever drove and does no more; whether a question of the parent's waits still."""
    if chat.wheel is None:
        return False
    _note(tx, chat, chat.wheel.staff_id, why)
    return steering.leave_to_others(tx, chat.entered.conversation_id, chat.wheel.staff_id)


def _note(tx: Transaction, chat: Chat, staff_id: int, what: Steered) -> None:
    entered = chat.entered
    steering.note(tx, entered.conversation_id, entered.channel, staff_id, what, tx.now)


def _tell(tx: Transaction, chat: Chat, staff_id: int, screen: Screen) -> None:
    language = texts_in(chat.entered.language).language
    post(tx, chat.entered, Said(screen=screen, language=language, staff_id=staff_id))


def _audited(officer: Officer, what: str, conversation_id: int) -> Audited:
    return Audited(officer.actor, what, f"conversation:{conversation_id}", {})
