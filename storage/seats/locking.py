"""The locks under which seats change hands: applications by their ids, before queues and seats."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from storage.applications import Application, application_from
from storage.tables.queues import LIVE, application
from storage.transaction import Transaction
from storage.types import Id

_IDS = bindparam("applications", type_=Id, expanding=True)
_own = application.alias("own")
_OF_CHILDREN = (
    select(*(column for column in application.c if column.name != "address"))
    .where(
        application.c.child_id.in_(select(_own.c.child_id).where(_own.c.id.in_(_IDS))),
        LIVE | application.c.id.in_(_IDS),
    )
    .order_by(application.c.id)
    # What refers to the row (a claim, an access) may still be written beside this lock.
    .with_for_update(key_share=True)
)


def lock_of_children(tx: Transaction, application_ids: Sequence[int]) -> dict[int, Application]:
    """These applications, locked together with all other live ones of their children, wherever they are.

    A child has one seat in hand over all territories: two of its applications never decide side by side.
    """
    rows = tx.conn.execute(_OF_CHILDREN, {"applications": list(application_ids)}).mappings()
    found = {row["id"]: application_from(row) for row in rows}
    return {each: found[each] for each in application_ids if each in found}
