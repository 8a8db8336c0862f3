"""When nobody looked: the clockwork's last look, the gaps between its looks, what was prolonged for them."""

from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, SmallInteger, Table

from storage.tables.meta import log_id, metadata, ref, word
from storage.types import Id, Instant

# One row: when any clockwork looked last, on the service's clock and on the machine's.
last_look = Table(
    "last_look",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("looked_at", Instant, nullable=False),
    Column("really_at", Instant, nullable=False),
    CheckConstraint("id = 1", name="one"),
)

outage = Table(
    "outage",
    metadata,
    log_id(),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    # When all that it had hit was prolonged.
    Column("prolonged_at", Instant),
    CheckConstraint("began_at < ended_at", name="order"),
)

# What was prolonged for an outage, once: a referral, a list, an application's access to it, or a hold.
prolongation = Table(
    "prolongation",
    metadata,
    ref("outage_id", "outage.id"),
    word("what", 12),
    Column("of_id", Id, nullable=False),
    # The application, of an access; else 0.
    Column("also_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("outage_id", "what", "of_id", "also_id"),
)
