"""Published lists and issued referrals in the order in which anybody may read them."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_seat_list_publish_at", "seat_list", ["publish_at"])
    op.create_index("ix_referral_issued_at", "referral", ["issued_at"])


def downgrade() -> None:
    op.drop_index("ix_referral_issued_at", "referral")
    op.drop_index("ix_seat_list_publish_at", "seat_list")
