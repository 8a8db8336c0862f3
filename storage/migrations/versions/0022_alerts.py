"""Alerts: which seats parents want to be told of, and how far the telling of a list has come."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_UNPUBLISHED = "published_told_at IS NULL"
_NOT_TO_EVERYONE = "everyone_told_at IS NULL AND access_made_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("queue_kind", sa.String(24), nullable=True),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("houses", Json(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_alert_parent_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_alert_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_parent_id"), "alert", ["parent_id"])
    op.create_index("ix_alert_territory", "alert", ["territory_id", "id"])
    op.add_column("seat_list", sa.Column("published_told_at", Instant(), nullable=True))
    op.add_column("seat_list", sa.Column("everyone_told_at", Instant(), nullable=True))
    op.add_column("seat_list", sa.Column("told_through", Id, nullable=True))
    # Nobody is told today of what came out long ago.
    op.execute("UPDATE seat_list SET published_told_at = publish_at WHERE access_made_at IS NOT NULL")
    op.create_index(
        "ix_seat_list_published_untold",
        "seat_list",
        ["publish_at"],
        sqlite_where=sa.text(_UNPUBLISHED),
        postgresql_where=sa.text(_UNPUBLISHED),
    )
    op.create_index(
        "ix_seat_list_everyone_untold",
        "seat_list",
        ["priority_ends_at"],
        sqlite_where=sa.text(_NOT_TO_EVERYONE),
        postgresql_where=sa.text(_NOT_TO_EVERYONE),
    )


def downgrade() -> None:
    op.drop_index("ix_seat_list_everyone_untold", "seat_list")
    op.drop_index("ix_seat_list_published_untold", "seat_list")
    op.drop_column("seat_list", "told_through")
    op.drop_column("seat_list", "everyone_told_at")
    op.drop_column("seat_list", "published_told_at")
    op.drop_table("alert")
