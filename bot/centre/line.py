"""What operators do with parents' questions: take, give back, hand over, close; and being on duty.

Whether the conversation is within the operator's reach is asked before. A page may be out of date: then the
refusal says how it stands, and nothing is overwritten.
"""

from datetime import datetime
from typing import Any

from bot.clock import real_now
from bot.conversation.postbox import post_to_conversation
from bot.department.officer import Officer
from bot.flows.operator import helped
from bot.flows.staff_entry import Audited
from bot.texts import texts_in
from domain.errors import CannotTake, NothingWaits, TakenByAnother
from storage import conversations
from storage.centre import assigning, closing, duty, line
from storage.centre.line import HelpRequest
from storage.transaction import Transaction


def take(tx: Transaction, officer: Officer, conversation_id: int) -> Audited:
    """Take a question out of the pool. Raises NothingWaits, TakenByAnother."""
    question = _not_anothers(tx, officer, conversation_id)
    if question.assigned_to is None:
        assigning.give(tx, question, officer.staff_id)
    return _audited(officer, "question_taken", question)


def give_back(tx: Transaction, officer: Officer, conversation_id: int) -> Audited:
    """Put one's own question back into the pool. Raises NothingWaits, TakenByAnother."""
    question = _not_anothers(tx, officer, conversation_id)
    assigning.to_pool(tx, question)
    return _audited(officer, "question_given_back", question)


def hand_over(
    tx: Transaction,
    officer: Officer,
    conversation_id: int,
    to_staff_id: int,
    *,
    really: datetime | None = None,
) -> Audited:
    """Give one's own question, or one of the pool, to a colleague who is signed in and on duty.

    `really`: the time by which sessions end, if not the machine's. Raises NothingWaits, TakenByAnother,
    CannotTake.
    """
    question = _not_anothers(tx, officer, conversation_id)
    able = {each.staff_id for each in duty.on_duty(tx, question.territory_id, really or real_now())}
    if to_staff_id not in able:
        raise CannotTake(to_staff_id)
    assigning.give(tx, question, to_staff_id)
    return _audited(officer, "question_handed_over", question, to=to_staff_id)


def close(tx: Transaction, officer: Officer, conversation_id: int) -> Audited:
    """End a question, and ask the parent whether we helped. Raises NothingWaits, TakenByAnother."""
    question = _not_anothers(tx, officer, conversation_id)
    closing.close(tx, question, officer.actor)
    reach = conversations.reach_of(tx, conversation_id)
    if reach is not None and reach.reached:
        t = texts_in(reach.language)
        asked = helped.question(t, question.id)
        post_to_conversation(tx, reach, asked, t.language, frozenset(), tx.now)
    return _audited(officer, "question_closed", question)


def on_duty(tx: Transaction, officer: Officer, on: bool) -> Audited:
    """Take questions from now on, or none any more: what waits then goes back to the pool."""
    if on:
        duty.begin(tx, officer.staff_id, tx.now)
    else:
        duty.end(tx, [officer.staff_id])
    return Audited(officer.actor, "duty_begun" if on else "duty_ended", f"staff:{officer.staff_id}", {})


def _not_anothers(tx: Transaction, officer: Officer, conversation_id: int) -> HelpRequest:
    question = line.lock_live(tx, conversation_id)
    if question is None:
        raise NothingWaits
    if question.assigned_to not in (None, officer.staff_id):
        raise TakenByAnother(question.assigned_to)
    return question


def _audited(officer: Officer, what: str, question: HelpRequest, **data: Any) -> Audited:
    about = f"conversation:{question.conversation_id}"
    return Audited(officer.actor, what, about, {"request": question.id, **data})
