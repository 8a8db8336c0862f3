"""The department lets a parent's review of a kindergarten be shown, or not (ours)."""

from datetime import datetime

from bot.department.officer import Officer
from bot.department.telling import pass_to
from bot.flows.staff_entry import Audited
from domain.notice import Deed, Told
from storage import reviews
from storage.transaction import Transaction


def decide(tx: Transaction, officer: Officer, review_id: int, seen_at: datetime, *, show: bool) -> Audited:
    """Decide about the text that was written at `seen_at`, and tell its author.

    Raises ReviewChanged for any other text.
    """
    decided = reviews.decide(tx, review_id, seen_at, show=show, staff_id=officer.staff_id)
    deed, told = (
        (Deed.REVIEW_SHOWN, Told.REVIEW_SHOWN) if show else (Deed.REVIEW_REFUSED, Told.REVIEW_REFUSED)
    )
    facts = {"kindergarten": decided.kindergarten}
    pass_to(tx, officer, [decided.parent_id], deed, told, facts=facts)
    return Audited(officer.actor, "review_shown" if show else "review_refused", f"review:{review_id}", {})
