"""The department lets a parent's review of a kindergarten be shown, or not (ours)."""

from datetime import datetime

from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from storage import reviews
from storage.transaction import Transaction


def decide(tx: Transaction, officer: Officer, review_id: int, seen_at: datetime, *, show: bool) -> Audited:
    """Decide about the text that was written at `seen_at`. Raises ReviewChanged for any other."""
    reviews.decide(tx, review_id, seen_at, show=show, staff_id=officer.staff_id)
    return Audited(officer.actor, "review_shown" if show else "review_refused", f"review:{review_id}", {})
