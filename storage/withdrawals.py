"""Withdrawing an application: out of the queue, into the archive, with whatever seat it had in hand."""

from domain.application import Happening
from storage.application_changes import Changed, set_status
from storage.applications import Application
from storage.seats import ending, lapsing
from storage.transaction import Transaction


def withdraw(tx: Transaction, before: Application) -> Changed:
    """Withdraw an application that was read under its lock. Raises StatusForbids, ApplicationChanged.

    A referral that has expired is made so before: the suspension follows the child all the same.
    """
    due = lapsing.make_own_due(tx, before)
    in_hand = ending.lock_in_hand(tx, before.id)
    changed = set_status(tx, due, Happening.WITHDRAWN)
    ending.by_withdrawal(tx, in_hand)
    return changed
