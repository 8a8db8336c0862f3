"""Notes and labels beside a conversation: for the staff's own eyes, the parent sees none of them."""

from bot.conversation.masking import masked, without_people
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.errors import AlreadyDecided
from storage.centre import labels, notes
from storage.transaction import Transaction


def note(tx: Transaction, officer: Officer, conversation_id: int, text: str) -> Audited:
    """Leave a note. It is sealed: what is known of a family may stand in it, but for IINs and phones.

    Those are shown for a reason that the parents read, and in a note everybody would read them for none.
    """
    plain = without_people("\n".join(text.splitlines()))
    notes.add(tx, conversation_id, officer.staff_id, plain, tx.now)
    return _audited(officer, "note_written", conversation_id)


def take_note_away(tx: Transaction, officer: Officer, conversation_id: int, note_id: int) -> Audited:
    """Take an own note away. Raises AlreadyDecided where there is no such note of this officer's."""
    if not notes.remove_own(tx, conversation_id, note_id, officer.staff_id):
        raise AlreadyDecided
    return _audited(officer, "note_removed", conversation_id)


def put_label(tx: Transaction, officer: Officer, conversation_id: int, word: str) -> Audited:
    """Put a label on. Labels are not sealed: numbers that name a person are masked in them.

    Raises AlreadyDecided where it is there already.
    """
    plain = masked(" ".join(word.split()))
    if not labels.add(tx, conversation_id, plain, officer.staff_id, tx.now):
        raise AlreadyDecided
    return _audited(officer, "label_put", conversation_id)


def take_label_off(tx: Transaction, officer: Officer, conversation_id: int, word: str) -> Audited:
    """Take a label off, whoever has put it on. Raises AlreadyDecided where it is not there any more."""
    if not labels.remove(tx, conversation_id, word):
        raise AlreadyDecided
    return _audited(officer, "label_taken", conversation_id)


def _audited(officer: Officer, what: str, conversation_id: int) -> Audited:
    return Audited(officer.actor, what, f"conversation:{conversation_id}", {})
