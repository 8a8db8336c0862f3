"""Withdrawing an application: out of the queue, into the archive, with whatever seat it had in hand."""

from domain.application import Happening
from storage import in_hand
from storage.application_changes import Changed, set_status
from storage.applications import Application
from storage.claim_endings import end_by_withdrawal
from storage.transaction import Transaction


def withdraw(tx: Transaction, before: Application) -> Changed:
    """Withdraw an application that was read under its lock. Raises StatusForbids, ApplicationChanged."""
    changed = set_status(tx, before, Happening.WITHDRAWN)
    held = in_hand.of_applications(tx, [before.id]).get(before.id)
    if held is not None and held.is_live(tx.now):
        end_by_withdrawal(tx, held, tx.now)
    return changed
