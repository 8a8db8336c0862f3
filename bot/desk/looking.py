"""That staff looked at a child's data stands in the parents' journals and in the audit, once a day each."""

from bot.department.officer import Officer
from bot.flows.concerned import parents_of
from bot.flows.staff_entry import Audited
from domain.local_time import local_date, start_of
from domain.notice import Deed
from storage import journal
from storage.applications import Application
from storage.transaction import Transaction


def looked(tx: Transaction, officer: Officer, application: Application) -> Audited | None:
    """Note it; None when it was noted today already."""
    since = start_of(local_date(tx.now))
    if journal.has_looked(tx, application.parent_id, officer.actor, application.id, since):
        return None
    for parent_id in parents_of(tx, application.child_id, [application]):
        data = {"role": officer.role}
        journal.note(
            tx, parent_id, officer.actor, Deed.LOOKED, tx.now, application_id=application.id, data=data
        )
    return Audited(officer.actor, "looked", f"application:{application.id}", {})
