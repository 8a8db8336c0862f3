"""The locks under which seats change hands: applications by their ids, before queues and seats."""

from sqlalchemy import bindparam, select

from storage.applications import Application, application_from
from storage.tables.queues import LIVE, application
from storage.transaction import Transaction
from storage.types import Id

_ID = bindparam("application", type_=Id)
_own = application.alias("own")
_OF_CHILD = (
    select(*(column for column in application.c if column.name != "address"))
    .where(
        application.c.child_id == select(_own.c.child_id).where(_own.c.id == _ID).scalar_subquery(),
        LIVE | (application.c.id == _ID),
    )
    .order_by(application.c.id)
    # What refers to the row (a claim, an access) may still be written beside this lock.
    .with_for_update(key_share=True)
)


def lock_of_child(tx: Transaction, application_id: int) -> Application | None:
    """An application, locked together with all other live ones of its child, wherever they are.

    A child has one seat in hand over all territories: two of its applications never decide side by side.
    """
    rows = tx.conn.execute(_OF_CHILD, {"application": application_id}).mappings()
    found = [application_from(row) for row in rows]
    return next((each for each in found if each.id == application_id), None)
