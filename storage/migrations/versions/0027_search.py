"""Searching: an index of what persons write, why staff looked, and an audit that is only added to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from storage.types import Id, Instant

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_OF_SQLITE = (
    "CREATE VIRTUAL TABLE typed_words USING fts5(words, content='typed', content_rowid='message_id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='3 4 5')",
    "CREATE TRIGGER typed_added AFTER INSERT ON typed BEGIN "
    "INSERT INTO typed_words (rowid, words) VALUES (new.message_id, new.words); END",
    "CREATE TRIGGER typed_gone AFTER DELETE ON typed BEGIN "
    "INSERT INTO typed_words (typed_words, rowid, words) VALUES ('delete', old.message_id, old.words); END",
    "CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN "
    "SELECT RAISE(ABORT, 'the audit is only added to'); END",
    "CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN "
    "SELECT RAISE(ABORT, 'the audit is only added to'); END",
)
_OF_POSTGRESQL = (
    "CREATE INDEX ix_typed_words ON typed USING gin (words) WITH (fastupdate = off)",
    "CREATE OR REPLACE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$",
    "CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "EXECUTE FUNCTION audit_is_only_added_to()",
)


def upgrade() -> None:
    op.create_table(
        "typed",
        sa.Column("message_id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_typed_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_typed_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_typed")),
    )
    op.create_index(op.f("ix_typed_at"), "typed", ["at"])
    op.create_table(
        "typed_mark",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("up_to", Id, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_typed_mark")),
    )
    op.create_table(
        "stated_reason",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_stated_reason_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_reason")),
    )
    op.create_index(op.f("ix_stated_reason_parent_id"), "stated_reason", ["parent_id"])
    op.create_index(
        "ix_contact_vouched_phone",
        "contact",
        ["vouched_phone_index"],
        sqlite_where=sa.text("vouched_phone_index IS NOT NULL"),
        postgresql_where=sa.text("vouched_phone_index IS NOT NULL"),
    )
    op.add_column("parent_journal", sa.Column("reason_id", Id, nullable=True))
    for each in _OF_SQLITE if op.get_bind().dialect.name == "sqlite" else _OF_POSTGRESQL:
        op.execute(each)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("audit_kept", "audit_unchanged", "typed_added", "typed_gone"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.drop_table("typed_words")
    else:
        op.execute("DROP TRIGGER audit_kept ON audit")
        op.execute("DROP FUNCTION audit_is_only_added_to()")
    op.drop_column("parent_journal", "reason_id")
    op.drop_index("ix_contact_vouched_phone", "contact")
    for table in ("stated_reason", "typed_mark", "typed"):
        op.drop_table(table)
