"""How fast a channel is sent to by all who deliver, and whose share of it a message takes."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_PENDING = "state = 'pending'"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("share", Id, nullable=False, server_default="0"))
    _index_what_is_due("channel", "urgency", "share", "due_at", "message_id")
    op.create_table(
        "pace",
        sa.Column("channel", sa.String(24), nullable=False),
        sa.Column("newest", Json(), nullable=False),
        sa.Column("held_until", Instant()),
        sa.PrimaryKeyConstraint("channel"),
    )
    op.create_table(
        "paced_chat",
        sa.Column("channel", sa.String(24), nullable=False),
        sa.Column("conversation_id", Id, nullable=False, autoincrement=False),
        sa.Column("free_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "conversation_id"),
    )
    op.create_index("ix_paced_chat_free_at", "paced_chat", ["free_at"])


def downgrade() -> None:
    op.drop_table("paced_chat")
    op.drop_table("pace")
    _index_what_is_due("channel", "urgency", "due_at", "message_id")
    op.drop_column("delivery", "share")


def _index_what_is_due(*columns: str) -> None:
    op.drop_index("ix_delivery_due", "delivery")
    op.create_index(
        "ix_delivery_due",
        "delivery",
        list(columns),
        unique=False,
        sqlite_where=sa.text(_PENDING),
        postgresql_where=sa.text(_PENDING),
    )
