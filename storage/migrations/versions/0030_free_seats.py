"""Where seats are free is found by the place, without looking at all those that are taken."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_UNCLAIMED = "recalled_at IS NULL AND claim_id IS NULL"
_ON_HOLD = "recalled_at IS NULL AND held_until IS NOT NULL"
_OF_ITS_BULLETIN = (
    "UPDATE seat SET territory_id = (SELECT territory_id FROM bulletin WHERE bulletin.id = seat.bulletin_id)"
)


def upgrade() -> None:
    op.add_column("seat", sa.Column("territory_id", Id, nullable=False, server_default="0"))
    op.execute(_OF_ITS_BULLETIN)
    _create("ix_seat_unclaimed", ["territory_id", "bulletin_id"], _UNCLAIMED)
    _create("ix_seat_held", ["territory_id", "held_until", "bulletin_id"], _ON_HOLD)


def downgrade() -> None:
    op.drop_index("ix_seat_held", "seat")
    op.drop_index("ix_seat_unclaimed", "seat")
    op.drop_column("seat", "territory_id")


def _create(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "seat", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
