"""Undoing changes of a phone: the old number is back, and whoever came in since is shut out (ours)."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.turn import Turn
from bot.flows.circumstances import here
from bot.flows.phone_telling import tell_taken_back, tell_undone
from domain.errors import UndoFault, UndoNotAllowed
from domain.phone import Phone
from domain.phone_addition import PhoneAddition
from domain.phone_change import Undo, undo_all
from storage import accounts, helpers, passwords, people, phone_changes, phones


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is undone in a cabinet: changes, and phones that were only added."""

    changes: tuple[Undo, ...]
    added: tuple[PhoneAddition, ...]

    @property
    def since(self) -> datetime:
        """When the first of it happened."""
        changed = [change.at for each in self.changes for change in each.undoes]
        return min([*changed, *(each.at for each in self.added)])


def undo_changes(turn: Turn, old: Phone) -> bool:
    """Undo what took this phone away, or came in beside it, in every cabinet of which it is or was.

    That it is in the hands of who asks was shown by a code. False: it had not been taken away anywhere.
    Raises UndoNotAllowed.
    """
    refused = UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)
    undone = put_back = False
    of = {*phone_changes.find_replaced(turn.tx, old), *phones.find_by_phone(turn.tx, old)}
    for parent_id in sorted(of):
        people.lock_parent(turn.tx, parent_id)
        try:
            decided = _decide(turn, parent_id, old)
        except UndoNotAllowed as refusal:
            refused = refusal
        else:
            _undo(turn, parent_id, decided)
            undone = True
            put_back = put_back or bool(decided.changes)
    if not undone:
        raise refused
    return put_back


def _decide(turn: Turn, parent_id: int, old: Phone) -> _Decided:
    confirmed = phones.confirmed_phones(turn.tx, parent_id)
    changes = phone_changes.changes_of(turn.tx, parent_id)
    history = phone_changes.history_of(turn.tx, parent_id)
    if old not in confirmed:
        undone = undo_all(confirmed, changes, old, history.came_at(old), turn.now)
        since = min(change.at for each in undone for change in each.undoes)
        return _Decided(undone, history.gone_with(since, old))
    try:
        return _Decided((), history.take_back(old, turn.now))
    except UndoNotAllowed:
        if any(each.old == old for each in changes):
            # It is back already: undone, or by its owner's own wish.
            raise UndoNotAllowed(UndoFault.ALREADY_UNDONE) from None
        raise


def _undo(turn: Turn, parent_id: int, decided: _Decided) -> None:
    # What was added is taken away first: what is put back is as new.
    dropped = {each.number for each in decided.added}
    phone_changes.drop(turn.tx, parent_id, dropped, turn.now)
    # First told, then shut out: honest accounts of the family are signed out, too, and read why.
    case = here(turn, parent_id)
    for each in decided.changes:
        phone_changes.undo(turn.tx, parent_id, each, turn.now)
        if each.taken_away not in dropped:
            tell_undone(case, each)
    for number in sorted(dropped, key=str):
        tell_taken_back(case, number)
    _shut_out(turn, parent_id, decided.since)


def _shut_out(turn: Turn, parent_id: int, since: datetime) -> None:
    """Whoever had the cabinet since then has nothing left in hand."""
    accounts.sign_out_others(turn.tx, parent_id, turn.person.contact_id)
    passwords.remove_since(turn.tx, parent_id, since)
    helpers.end_since(turn.tx, parent_id, since, turn.now)
