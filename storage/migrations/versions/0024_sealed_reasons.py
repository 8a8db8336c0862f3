"""Why an extension was taken back is sealed like all that staff write to parents: it may name people.

No key is at hand here. What was written before goes; the parents have it in their messages.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("extension", "reason")
    op.add_column("extension", sa.Column("reason", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("extension", "reason")
    op.add_column("extension", sa.Column("reason", sa.Text(), nullable=True))
