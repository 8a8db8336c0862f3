"""The stop-list: from when to when a child is out of a queue kind of a territory [004].

It follows the child (ours): whoever restores an application or applies again asks here whether a
suspension still runs, and the application then begins suspended.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from domain.application import QueueKind
from storage.tables import suspension
from storage.transaction import Transaction
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class RunningSuspension:
    """From when to before when, in UTC; as `set_status` takes it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Both ends, for `set_status(…, suspended=…)`."""
        return self.starts_at, self.ends_at


_NOW = bindparam("now", type_=Instant())
_RUNNING = (
    select(suspension.c.starts_at, suspension.c.ends_at)
    .where(
        suspension.c.child_id == bindparam("child_id"),
        suspension.c.territory_id == bindparam("territory_id"),
        suspension.c.kind == bindparam("kind"),
        suspension.c.starts_at <= _NOW,
        suspension.c.ends_at > _NOW,
    )
    .order_by(suspension.c.ends_at.desc())
    .limit(1)
)


def running(
    tx: Transaction, child_id: int, territory_id: int, kind: QueueKind, now: datetime
) -> RunningSuspension | None:
    """The suspension of a child that runs now, the one that ends last; None: there is none."""
    asked = {"child_id": child_id, "territory_id": territory_id, "kind": kind.value, "now": now}
    row = tx.conn.execute(_RUNNING, asked).first()
    return None if row is None else RunningSuspension(*row)
