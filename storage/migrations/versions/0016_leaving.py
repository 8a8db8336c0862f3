"""When a child that was enrolled has left its group, and why."""

import sqlalchemy as sa
from alembic import op

from storage.types import Day

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("left_on", Day(), nullable=True))
    op.add_column("claim", sa.Column("left_why", sa.String(32), nullable=True))


def downgrade() -> None:
    op.drop_column("claim", "left_why")
    op.drop_column("claim", "left_on")
