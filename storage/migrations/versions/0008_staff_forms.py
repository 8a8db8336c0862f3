"""The forms of the console that have had their effect."""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_form",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_staff_form")),
    )
    op.create_index(op.f("ix_staff_form_at"), "staff_form", ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("staff_form")
