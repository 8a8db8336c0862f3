"""How often one of the staff may do what is limited, by the machine's own clock."""

from datetime import datetime

from bot.department.officer import Officer
from domain.tries import TryLimit, require_try
from storage import attempts
from storage.transaction import Transaction


def count(tx: Transaction, kind: str, officer: Officer, limit: TryLimit, real_now: datetime) -> None:
    """One more. Raises TooManyTries; then it does not count."""
    subject = tx.vault.blind("limit", f"{kind}:{officer.staff_id}")
    attempts.hold(tx, subject)
    require_try(limit, attempts.since(tx, kind, subject, real_now - limit.span), real_now)
    attempts.record(tx, kind, subject, real_now)
