"""What staff did (a chain of hashes), and the journal a parent reads about own applications."""

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from storage.tables.meta import log_id, metadata, ref, word
from storage.types import Instant, Json

audit = Table(
    "audit",
    metadata,
    log_id(),
    Column("at", Instant, nullable=False, index=True),
    word("actor", 64),
    word("what", 64),
    word("about", 64, nullable=True, index=True),
    Column("from_where", Text),
    Column("data", Json),
    # Unique: two entries cannot both follow the same one.
    Column("previous_hash", LargeBinary, nullable=False, unique=True),
    Column("hash", LargeBinary, nullable=False),
)

Index("ix_audit_actor", audit.c.actor, audit.c.id)

parent_journal = Table(
    "parent_journal",
    metadata,
    log_id(),
    ref("parent_id", "parent.id"),
    ref("application_id", "application.id", nullable=True),
    Column("at", Instant, nullable=False),
    word("actor", 64),
    word("what", 64),
    word("channel", nullable=True),
    Column("data", Json),
)
Index("ix_parent_journal_parent", parent_journal.c.parent_id, parent_journal.c.id)
