"""Where seats are free is found without looking at all those that are taken."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_UNCLAIMED = "recalled_at IS NULL AND claim_id IS NULL"
_ON_HOLD = "recalled_at IS NULL AND held_until IS NOT NULL"


def upgrade() -> None:
    _create("ix_seat_unclaimed", ["bulletin_id"], _UNCLAIMED)
    _create("ix_seat_held", ["held_until", "bulletin_id"], _ON_HOLD)


def downgrade() -> None:
    op.drop_index("ix_seat_held", "seat")
    op.drop_index("ix_seat_unclaimed", "seat")


def _create(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "seat", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
