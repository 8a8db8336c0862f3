"""Operators look through what did not arrive, the newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_LOST = "state IN ('failed', 'given_up')"


def upgrade() -> None:
    op.create_index(
        "ix_delivery_lost",
        "delivery",
        ["message_id"],
        sqlite_where=sa.text(_LOST),
        postgresql_where=sa.text(_LOST),
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_lost", "delivery")
