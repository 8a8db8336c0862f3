"""What bars a parent from taking anything away for 72 hours: new phones, a new joining (ours)."""

from domain.identity import Action, JoinedBy
from domain.joining import refuse_newly_joined
from domain.phone_change import refuse_barred
from storage import guardians, phone_changes
from storage.transaction import Transaction


def refuse_deed(tx: Transaction, action: Action, parent_id: int, child_id: int) -> None:
    """Refuse a deed of a parent about a child while somebody else may still have to hear of that parent.

    Raises BarredAfterPhoneChange, BarredAfterJoining.
    """
    refuse_barred(action, phone_changes.undoable_of(tx, parent_id), tx.now)
    there = guardians.guardians_of(tx, child_id)
    for each in there:
        if each.parent_id == parent_id and each.how == JoinedBy.REGISTER.value:
            others = [other.since for other in there if other.parent_id != parent_id]
            refuse_newly_joined(action, JoinedBy.REGISTER, each.since, others, tx.now)
