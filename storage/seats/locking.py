"""The locks under which seats change hands: applications by their ids, before queues and seats."""

from collections.abc import Sequence

from sqlalchemy import bindparam, or_, select

from storage.applications import Application, application_from
from storage.prepared import Prepared
from storage.tables.queues import LIVE, application
from storage.transaction import Transaction
from storage.types import Id

_ASKED = [bindparam("one", type_=Id), bindparam("other", type_=Id)]
_own = application.alias("own")
_COLUMNS = [column for column in application.c if column.name != "address"]
_OF_CHILDREN = Prepared(
    select(*_COLUMNS)
    .where(
        # Asked with OR, PostgreSQL would plan it anew each time: what to do with twice the same id.
        application.c.child_id.in_(select(_own.c.child_id).where(_own.c.id.in_(_ASKED))),
        or_(LIVE, application.c.id.in_(_ASKED)),
    )
    .order_by(application.c.id)
    # What refers to the row (a claim, an access) may still be written beside this lock.
    .with_for_update(key_share=True)
)


def lock_of_children(tx: Transaction, application_ids: Sequence[int]) -> dict[int, Application]:
    """One or two applications, and all other live ones of their children, wherever they are: locked.

    A child has one seat in hand over all territories: two of its applications never decide side by side.
    """
    asked = {"one": application_ids[0], "other": application_ids[-1]}
    return {row.id: application_from(row._asdict()) for row in _OF_CHILDREN.all(tx, asked)}
