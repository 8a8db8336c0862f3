"""That a place moved is told: how often a parent wants it, the daily rounds, and the marks of places."""

import sqlalchemy as sa
from alembic import op

from storage.types import Day, Id, Instant, Json

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parent", sa.Column("place_news", sa.String(24), server_default="weekly", nullable=False))
    op.create_table(
        "round",
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("done_through", Day(), nullable=False),
        sa.Column("through", Day(), nullable=True),
        sa.Column("cursor", Id, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_round")),
    )
    op.create_table(
        "place_watch",
        sa.Column("queue_id", Id, autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", Instant(), nullable=False),
        sa.Column("known", Json(), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_place_watch_queue_id")),
        sa.PrimaryKeyConstraint("queue_id", name=op.f("pk_place_watch")),
    )
    op.create_table(
        "place_crossing",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("application_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_place_crossing_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_crossing")),
    )
    op.create_index(op.f("ix_place_crossing_application_id"), "place_crossing", ["application_id"])
    op.create_index(op.f("ix_place_crossing_at"), "place_crossing", ["at"])


def downgrade() -> None:
    op.drop_table("place_crossing")
    op.drop_table("place_watch")
    op.drop_table("round")
    op.drop_column("parent", "place_news")
