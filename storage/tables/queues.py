"""Queues, the applications in them, their counters by blocks and the place journal."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    literal_column,
)

from storage.tables.meta import metadata, own_id, ref, sealed, small, word
from storage.types import Id, Instant, Json


def _words(*words: str) -> list[ColumnElement[str]]:
    """Words written into the statement: a partial index serves only the very same condition."""
    return [literal_column(f"'{each}'") for each in words]


queue = Table(
    "queue",
    metadata,
    own_id(),
    ref("territory_id", "territory.id"),
    word("kind"),
    small("birth_year"),
    small("phase"),
    Column("size_0", Integer, nullable=False),
    Column("size_1", Integer, nullable=False),
    Column("size_2", Integer, nullable=False),
    Column("last_sequence", BigInteger, nullable=False),
    # Kept here and not looked up in the journal: one waiting for the lock of this row is then
    # handed its newest state, but would see the journal as it was before the wait.
    Column("last_event_at", Instant),
    UniqueConstraint("territory_id", "kind", "birth_year"),
    CheckConstraint("size_0 >= 0 AND size_1 >= 0 AND size_2 >= 0", name="sizes"),
    CheckConstraint("phase BETWEEN 0 AND 3", name="phase"),
    postgresql_with={"fillfactor": 50},
)

queue_block = Table(
    "queue_block",
    metadata,
    ref("queue_id", "queue.id"),
    small("queue_class"),
    Column("lo_at", Instant, nullable=False),
    Column("lo_number", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),
    PrimaryKeyConstraint("queue_id", "queue_class", "lo_at", "lo_number"),
    CheckConstraint("size >= 0", name="size"),
    CheckConstraint("queue_class BETWEEN 0 AND 2", name="queue_class"),
    # A place adds up the sizes of the blocks before it: they lie side by side, and a size that
    # changes stays in its page.
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 50},
)

application = Table(
    "application",
    metadata,
    own_id(),
    Column("number", BigInteger, nullable=False, unique=True),
    ref("child_id", "child.id"),
    ref("parent_id", "parent.id", index=True),
    ref("queue_id", "queue.id"),
    ref("territory_id", "territory.id"),
    word("kind"),
    small("queue_class"),
    Column("submitted_at", Instant, nullable=False),
    word("status"),
    Column("paused_at", Instant),
    word("pause_reason", nullable=True),
    Column("suspended_from", Instant),
    Column("suspended_until", Instant),
    Column("unverified", Boolean, nullable=False),
    sealed("address"),
    Column("languages", Json, nullable=False),
    word("notice_way"),
    word("language", 8),
    Column("told_sequence", BigInteger, nullable=False),
    Column("silent_periods", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    CheckConstraint("queue_class BETWEEN 0 AND 2", name="queue_class"),
    # What ended_at says and what the status says cannot differ: the uniqueness below rests on it.
    CheckConstraint(
        "(status IN ('awaiting_place', 'applied', 'referred', 'suspended')) = (ended_at IS NULL)",
        name="live",
    ),
)

LIVE: ColumnElement[bool] = application.c.ended_at.is_(None)
"""The application has not come to its end; at most one per child, territory and queue kind."""

COUNTED: ColumnElement[bool] = application.c.status.in_(_words("awaiting_place", "applied"))
"""The application has a place in its queue. Use this very condition: the index covers it alone."""

Index(
    "uq_application_live",
    application.c.child_id,
    application.c.territory_id,
    application.c.kind,
    unique=True,
    sqlite_where=LIVE,
    postgresql_where=LIVE,
)
Index("ix_application_child_id", application.c.child_id)
Index(
    "ix_application_counted",
    application.c.queue_id,
    application.c.queue_class,
    application.c.submitted_at,
    application.c.number,
    # Not needed to find a row, but SQLite would open every row only to see the status again.
    application.c.status,
    sqlite_where=COUNTED,
    postgresql_where=COUNTED,
)
SUSPENDED: ColumnElement[bool] = application.c.status.in_(_words("suspended"))
"""The application is on the stop-list. Use this very condition: the index covers it alone."""

Index(
    "ix_application_suspended",
    application.c.queue_id,
    application.c.suspended_until,
    sqlite_where=SUSPENDED,
    postgresql_where=SUSPENDED,
)

_UNVERIFIED = LIVE & application.c.unverified.is_(True)
Index(
    "ix_application_unverified",
    application.c.child_id,
    sqlite_where=_UNVERIFIED,
    postgresql_where=_UNVERIFIED,
)

privilege = Table(
    "privilege",
    metadata,
    own_id(),
    ref("application_id", "application.id", index=True),
    word("kind", 48),
    word("proof"),
    word("state"),
    Column("asked_at", Instant),
    Column("decided_at", Instant),
    Column("lost_at", Instant),
    Column("object_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("objected_at", Instant),
)
_OF_REGISTER = privilege.c.proof.in_(_words("register"))
Index(
    "ix_privilege_of_register",
    privilege.c.state,
    privilege.c.asked_at,
    sqlite_where=_OF_REGISTER,
    postgresql_where=_OF_REGISTER,
)

place_event = Table(
    "place_event",
    metadata,
    ref("queue_id", "queue.id"),
    Column("sequence", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    word("kind"),
    small("queue_class"),
    Column("key_at", Instant, nullable=False),
    Column("key_number", BigInteger, nullable=False),
    small("from_class", nullable=True),
    Column("index_after", Integer),
    Column("size_0", Integer, nullable=False),
    Column("size_1", Integer, nullable=False),
    Column("size_2", Integer, nullable=False),
    small("phase"),
    word("cause", 48, nullable=True),
    Column("application_id", Id),
    PrimaryKeyConstraint("queue_id", "sequence"),
    sqlite_with_rowid=False,
)
