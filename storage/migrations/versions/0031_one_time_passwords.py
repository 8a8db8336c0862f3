"""Passwords of the staff that were made for them, and have to be changed at the next sign-in."""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("password_once_until", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "password_once_until")
