"""That an operator read a chat stands in the parent's journal and in the audit, once a day each."""

from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.local_time import local_date, start_of
from domain.notice import Deed
from storage import journal
from storage.centre import whose
from storage.transaction import Transaction


def looked(tx: Transaction, officer: Officer, conversation_id: int) -> Audited | None:
    """Note it; None when the chat is nobody's yet, or it was noted today already."""
    chat = whose.chat(tx, conversation_id)
    if chat is None or chat.parent_id is None:
        return None
    if is_noted(tx, officer, conversation_id, chat.parent_id):
        return None
    data = {"role": officer.role, "chat": chat.channel, "conversation": str(conversation_id)}
    journal.note(tx, chat.parent_id, officer.actor, Deed.LOOKED, tx.now, data=data)
    return Audited(officer.actor, "looked", f"conversation:{conversation_id}", {})


def is_noted(tx: Transaction, officer: Officer, conversation_id: int, parent_id: int | None) -> bool:
    """Whether nothing is to be noted any more today; of a chat that is nobody's yet nothing ever is."""
    since = start_of(local_date(tx.now))
    return parent_id is None or journal.has_read_chat(tx, parent_id, officer.actor, conversation_id, since)
