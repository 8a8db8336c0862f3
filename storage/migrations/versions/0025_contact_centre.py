"""The contact centre: who waits and who answers, stepping in, who looks, answers kept ready, signing in."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from storage.types import Id, Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_Columns = tuple[tuple[str, TypeEngine[Any], dict[str, Any]], ...]

_STAFF: _Columns = (
    ("languages", sa.String(length=16), {"nullable": False, "server_default": "kk,ru,en"}),
    ("on_duty_since", Instant(), {}),
    ("password_changed_at", Instant(), {}),
    ("totp_used", sa.BigInteger(), {}),
)
_CONVERSATION: _Columns = (
    ("territory_id", Id, {}),
    ("driven_by", Id, {}),
    ("driven_until", Instant(), {}),
)
_HELP_REQUEST: _Columns = (
    ("language", sa.String(length=8), {}),
    ("waits_since", Instant(), {}),
    ("assigned_to", Id, {}),
    ("assigned_at", Instant(), {}),
    ("answered_at", Instant(), {}),
    ("alarmed_at", Instant(), {}),
    ("closed_by", sa.String(length=64), {}),
    ("rating", sa.SmallInteger(), {}),
    ("rated_at", Instant(), {}),
)


def upgrade() -> None:
    _add("staff", _STAFF)
    op.add_column("staff_session", sa.Column("agent", sa.Text(), nullable=True))
    _add("conversation", _CONVERSATION)
    op.execute(
        "UPDATE conversation SET territory_id = "
        "(SELECT contact.territory_id FROM contact WHERE contact.id = conversation.contact_id)"
    )
    op.create_index("ix_conversation_territory", "conversation", ["territory_id", "last_message_at", "id"])
    op.create_index(
        "ix_conversation_driven",
        "conversation",
        ["driven_until"],
        sqlite_where=sa.text("driven_by IS NOT NULL"),
        postgresql_where=sa.text("driven_by IS NOT NULL"),
    )
    op.add_column("message", sa.Column("state", sa.String(length=96), nullable=True))
    _help_requests()
    op.create_table(
        "whisper",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("place", sa.String(length=96), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_whisper_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whisper")),
    )
    op.create_index(op.f("ix_whisper_conversation_id"), "whisper", ["conversation_id"])
    op.create_table(
        "presence",
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("typing_until", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_presence_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "staff_id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_seen_at"), "presence", ["seen_at"])
    op.create_table(
        "ready_answer",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("territory_id", Id, nullable=True),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("text_kk", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("written_by", Id, nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_ready_answer_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_answer")),
    )
    op.create_index(op.f("ix_ready_answer_territory_id"), "ready_answer", ["territory_id"])
    op.create_index("ix_audit_actor", "audit", ["actor", "id"])


def _add(table: str, columns: _Columns) -> None:
    for name, kind, options in columns:
        op.add_column(table, sa.Column(name, kind, **options))


def _help_requests() -> None:
    _add("help_request", _HELP_REQUEST)
    op.execute("UPDATE help_request SET waits_since = at WHERE closed_at IS NULL")
    op.create_index("ix_help_request_assigned", "help_request", ["assigned_to", "state"])
    op.create_index(
        "ix_help_request_waiting",
        "help_request",
        ["waits_since"],
        sqlite_where=sa.text("waits_since IS NOT NULL"),
        postgresql_where=sa.text("waits_since IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_audit_actor", "audit")
    for table in ("ready_answer", "presence", "whisper"):
        op.drop_table(table)
    op.drop_index("ix_help_request_waiting", "help_request")
    op.drop_index("ix_help_request_assigned", "help_request")
    op.drop_index("ix_conversation_driven", "conversation")
    op.drop_index("ix_conversation_territory", "conversation")
    op.drop_column("message", "state")
    op.drop_column("staff_session", "agent")
    for table, columns in (
        ("help_request", _HELP_REQUEST),
        ("conversation", _CONVERSATION),
        ("staff", _STAFF),
    ):
        for name, _, _ in columns:
            op.drop_column(table, name)
