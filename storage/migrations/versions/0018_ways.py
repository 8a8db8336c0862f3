"""By which ways a parent can be reached: what is confirmed, what is dead, what goes on by the next way."""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_AWAITED = "next_way_at IS NOT NULL"
_COLUMNS = {
    "parent": ("email_confirmed_at", "email_unreachable_at", "letters_ended_at"),
    "phone": ("unreachable_at",),
    "delivery": ("next_way_at",),
}


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, Instant(), nullable=True))
    op.create_index(
        "ix_delivery_next_way",
        "delivery",
        ["next_way_at"],
        unique=False,
        sqlite_where=sa.text(_AWAITED),
        postgresql_where=sa.text(_AWAITED),
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_next_way", "delivery")
    for table, columns in _COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
