"""Referrals of a territory are found by themselves, however many there are elsewhere."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OF_ITS_SEAT = """
    UPDATE referral SET territory_id = (
        SELECT bulletin.territory_id FROM claim
        JOIN seat ON seat.id = claim.seat_id
        JOIN bulletin ON bulletin.id = seat.bulletin_id
        WHERE claim.id = referral.claim_id
    )"""


def upgrade() -> None:
    op.add_column("referral", sa.Column("territory_id", Id, nullable=True))
    op.execute(_OF_ITS_SEAT)
    op.create_index("ix_referral_territory_id_issued_at", "referral", ["territory_id", "issued_at"])


def downgrade() -> None:
    op.drop_index("ix_referral_territory_id_issued_at", "referral")
    op.drop_column("referral", "territory_id")
