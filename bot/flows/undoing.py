"""Undoing changes of a phone: the old number is back, and whoever came in since is shut out (ours)."""

from datetime import datetime

from bot.conversation.turn import Turn
from bot.flows.circumstances import here
from bot.flows.phone_telling import tell_undone
from domain.errors import UndoFault, UndoNotAllowed
from domain.phone import Phone
from domain.phone_change import Undo, undo
from storage import accounts, helpers, passwords, people, phones


def undo_changes(turn: Turn, old: Phone) -> None:
    """Undo what took this phone away, in every cabinet from which it was taken.

    That it is in the hands of who asks was shown by a code. Raises UndoNotAllowed.
    """
    refused = UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)
    undone = False
    for parent_id in phones.find_replaced(turn.tx, old):
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


def _decide(turn: Turn, parent_id: int, old: Phone) -> Undo:
    if old in phones.confirmed_phones(turn.tx, parent_id):
        # It is back already, by its owner's own wish.
        raise UndoNotAllowed(UndoFault.ALREADY_UNDONE)
    return undo(phones.changes_of(turn.tx, parent_id), old, turn.now)


def _undo(turn: Turn, parent_id: int, decided: Undo) -> None:
    phones.undo(turn.tx, parent_id, decided, turn.now)
    # First told, then shut out: honest accounts of the family are signed out, too, and read why.
    tell_undone(here(turn, parent_id), decided)
    _shut_out(turn, parent_id, decided.undoes[0].at)


def _shut_out(turn: Turn, parent_id: int, since: datetime) -> None:
    """Whoever had the cabinet since then has nothing left in hand."""
    accounts.sign_out_others(turn.tx, parent_id, turn.person.contact_id)
    passwords.remove_since(turn.tx, parent_id, since)
    helpers.end_since(turn.tx, parent_id, since, turn.now)
