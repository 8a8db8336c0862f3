"""Opening a page that names a child: noted for its parents, and in the audit."""

from bot.desk.looking import looked
from bot.web.console.visit import Visit
from storage import applications
from storage.applications import Application
from storage.transaction import Transaction


def open_application(visit: Visit, tx: Transaction, application_id: int) -> Application:
    """The application, its look noted."""
    application = applications.find(tx, application_id)
    assert application is not None
    entry = looked(tx, visit.officer, application)
    if entry is not None:
        visit.audit(tx, entry)
    return application
