"""When any clockwork looked last, the gaps between its looks, and what was prolonged for them."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_look",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("looked_at", Instant(), nullable=False),
        sa.Column("really_at", Instant(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_last_look_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_look")),
    )
    op.create_table(
        "outage",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.Column("prolonged_at", Instant(), nullable=True),
        sa.CheckConstraint("began_at < ended_at", name=op.f("ck_outage_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_table(
        "prolongation",
        sa.Column("outage_id", Id, nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("of_id", Id, nullable=False),
        sa.Column("also_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_prolongation_outage_id")),
        sa.PrimaryKeyConstraint("outage_id", "what", "of_id", "also_id", name=op.f("pk_prolongation")),
    )


def downgrade() -> None:
    op.drop_table("prolongation")
    op.drop_table("outage")
    op.drop_table("last_look")
