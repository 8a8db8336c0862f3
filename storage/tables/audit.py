"""What staff did (a chain of hashes), and the journal a parent reads about own applications."""

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from storage.tables.meta import log_id, metadata, own_id, ref, sealed, statements, word
from storage.types import Id, Instant, Json

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

statements(
    audit,
    "after_create",
    "sqlite",
    "CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN "
    "SELECT RAISE(ABORT, 'the audit is only added to'); END",
    "CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN "
    "SELECT RAISE(ABORT, 'the audit is only added to'); END",
)
statements(
    audit,
    "after_create",
    "postgresql",
    "CREATE OR REPLACE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$",
    "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "EXECUTE FUNCTION audit_is_only_added_to()",
)
statements(audit, "after_drop", "postgresql", "DROP FUNCTION IF EXISTS audit_is_only_added_to()")

stated_reason = Table(
    "stated_reason",
    metadata,
    own_id(),
    Column("staff_id", Id, nullable=False),
    ref("parent_id", "parent.id", nullable=True, index=True),
    Column("at", Instant, nullable=False),
    sealed("words", nullable=False),
)
"""Why staff looked at what is hidden, in their words: sealed, for such words may name people."""

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
    Column("reason_id", Id),
)
Index("ix_parent_journal_parent", parent_journal.c.parent_id, parent_journal.c.id)
