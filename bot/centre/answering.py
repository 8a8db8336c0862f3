"""An operator's own words to a parent."""

from bot.centre.driving import enter_free, go_on_driving
from bot.centre.posting import Said, post
from bot.centre.words import require_words
from bot.conversation.reply import Screen
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from bot.texts import texts_in
from domain.notice import Told
from storage import notices
from storage.centre import line, log
from storage.conversations import Entered
from storage.transaction import Transaction

LONGEST = 4000
"""Characters that every messenger shows in one message, with the title above."""
_LONGEST_IN_INBOX = 500


def say(
    tx: Transaction, officer: Officer, conversation_id: int, text: str, *, language: str | None = None
) -> Audited:
    """Say it to the parent, driving or not; markup is shown as it was typed.

    `language` of the words; None: the conversation's own. Raises WordsBadLength, DrivenByAnother,
    NobodyListens.
    """
    words = require_words(text, LONGEST)
    chat = enter_free(tx, officer, conversation_id)
    t = texts_in(language or chat.entered.language)
    said = Said(
        screen=Screen(words, title=t("Operator"), fresh=True),
        language=t.language,
        staff_id=officer.staff_id,
        kind=log.OPERATOR,
        notice_id=_into_inbox(tx, chat.entered, words),
    )
    message_id = post(tx, chat.entered, said)
    line.answered(tx, conversation_id, officer.staff_id, tx.now)
    go_on_driving(tx, officer, chat)
    return Audited(officer.actor, "answered", f"conversation:{conversation_id}", {"message": message_id})


def _into_inbox(tx: Transaction, chat: Entered, words: str) -> int | None:
    """Kept for a parent who is signed in: what does not arrive here is then told by the next way."""
    if chat.parent_id is None:
        return None
    kept = words if len(words) <= _LONGEST_IN_INBOX else f"{words[: _LONGEST_IN_INBOX - 1].rstrip()}…"
    return notices.add(tx, chat.parent_id, Told.OPERATOR_ANSWERED, {"reason": kept}, tx.now)
