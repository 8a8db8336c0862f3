"""Three columns that nobody read: an answer to an access, a seat's cause beside its bulletin's, told."""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("extension", "told")
    op.drop_column("seat", "cause")
    op.drop_column("access", "answered_at")


def downgrade() -> None:
    op.add_column("access", sa.Column("answered_at", Instant(), nullable=True))
    op.add_column("seat", sa.Column("cause", sa.String(24), nullable=True))
    op.add_column("extension", sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.true()))
