"""Undoing changes of a phone: the old number is back, and whoever came in since is shut out (ours)."""

from datetime import datetime

from bot.conversation.turn import Turn
from bot.flows.circumstances import here
from bot.flows.phone_telling import tell_undone
from domain.errors import UndoFault, UndoNotAllowed
from domain.phone import Phone
from domain.phone_change import Undo, undo_all
from storage import accounts, helpers, passwords, people, phone_changes, phones


def undo_changes(turn: Turn, old: Phone) -> None:
    """Undo what took this phone away, in every cabinet from which it was taken.

    That it is in the hands of who asks was shown by a code. Raises UndoNotAllowed.
    """
    refused = UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)
    undone = False
    for parent_id in phone_changes.find_replaced(turn.tx, old):
        people.lock_parent(turn.tx, parent_id)
        try:
            decided = _decide(turn, parent_id, old)
        except UndoNotAllowed as refusal:
            refused = refusal
        else:
            _undo(turn, parent_id, decided)
            undone = True
    if not undone:
        raise refused


def _decide(turn: Turn, parent_id: int, old: Phone) -> tuple[Undo, ...]:
    confirmed = phones.confirmed_phones(turn.tx, parent_id)
    if old in confirmed:
        # It is back already: undone, or by its owner's own wish.
        raise UndoNotAllowed(UndoFault.ALREADY_UNDONE)
    came_at = phone_changes.came_at(turn.tx, parent_id, old)
    return undo_all(confirmed, phone_changes.changes_of(turn.tx, parent_id), old, came_at, turn.now)


def _undo(turn: Turn, parent_id: int, decided: tuple[Undo, ...]) -> None:
    since = min(change.at for each in decided for change in each.undoes)
    # What was added is taken away first: what is put back is as new.
    dropped = phone_changes.drop_added(turn.tx, parent_id, since, turn.now)
    # First told, then shut out: honest accounts of the family are signed out, too, and read why.
    for each in decided:
        phone_changes.undo(turn.tx, parent_id, each, turn.now)
        if each.taken_away not in dropped:
            tell_undone(here(turn, parent_id), each)
    _shut_out(turn, parent_id, since)


def _shut_out(turn: Turn, parent_id: int, since: datetime) -> None:
    """Whoever had the cabinet since then has nothing left in hand."""
    accounts.sign_out_others(turn.tx, parent_id, turn.person.contact_id)
    passwords.remove_since(turn.tx, parent_id, since)
    helpers.end_since(turn.tx, parent_id, since, turn.now)
