"""The clockwork: access that is being made, what is yet to be told, seats that came back, silence."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_RETURNING = (
    "confirmed_at IS NOT NULL AND ended_at IS NOT NULL AND returned_at IS NULL AND state != 'enrolled'"
)
_PARTIAL = {
    "ix_seat_list_unmade": ("seat_list", "opens_at", "access_made_at IS NULL"),
    "ix_access_untold": ("access", "list_id", "told_at IS NULL"),
    "ix_access_uncounted": ("access", "ends_at", "counted_at IS NULL"),
    "ix_claim_returning": ("claim", "ended_at", _RETURNING),
}
_COLUMNS = {
    "seat_list": ("privileges_asked_at",),
    "access": ("told_at", "counted_at"),
    "claim": ("returned_at",),
}


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, Instant(), nullable=True))
    for name, (table, column, where) in _PARTIAL.items():
        op.create_index(
            name, table, [column], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_table(
        "access_plan",
        sa.Column("list_id", Id, autoincrement=False, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("applications", Json(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["seat_list.id"], name=op.f("fk_access_plan_list_id")),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_access_plan")),
    )
    op.create_table(
        "untold",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("application_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("data", Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_untold_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_untold")),
    )
    op.create_index(op.f("ix_untold_application_id"), "untold", ["application_id"], unique=False)
    op.create_table(
        "silence",
        sa.Column("application_id", Id, autoincrement=False, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("pause_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_silence_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_silence")),
    )
    op.create_index(op.f("ix_silence_pause_at"), "silence", ["pause_at"], unique=False)


def downgrade() -> None:
    op.drop_table("silence")
    op.drop_table("untold")
    op.drop_table("access_plan")
    for name, (table, _, _) in _PARTIAL.items():
        op.drop_index(name, table)
    for table, columns in _COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
