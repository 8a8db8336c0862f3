"""What of the things to bring with a referral is ticked off."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referral", sa.Column("ticked", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("referral", "ticked")
