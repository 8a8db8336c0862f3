"""When families are reminded, of what they were, and why a notice was not sent."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TO_REMIND = "remind_at IS NOT NULL"
_EVENING = "reminded_at IS NULL AND counted_at IS NULL"
_UNWARNED = "state = 'held' AND warned_at IS NULL"


def upgrade() -> None:
    op.add_column("notice", sa.Column("unsent", sa.String(24), nullable=True))
    op.add_column("notice", sa.Column("sent_with", Id, nullable=True))
    op.add_column("claim", sa.Column("warned_at", Instant(), nullable=True))
    op.add_column("access", sa.Column("reminded_at", Instant(), nullable=True))
    op.add_column("referral", sa.Column("remind_at", Instant(), nullable=True))
    op.add_column("referral", sa.Column("reminded_at", Instant(), nullable=True))
    op.add_column("referral", sa.Column("reminded", sa.String(24), nullable=True))
    for name, table, columns, where in _INDEXES:
        op.create_index(
            name,
            table,
            columns,
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


_INDEXES = (
    ("ix_referral_to_remind", "referral", ["remind_at"], _TO_REMIND),
    ("ix_access_last_evening", "access", ["ends_at"], _EVENING),
    ("ix_claim_unwarned", "claim", ["held_until"], _UNWARNED),
)


def downgrade() -> None:
    for name, table, _columns, _where in _INDEXES:
        op.drop_index(name, table)
    for column in ("reminded", "reminded_at", "remind_at"):
        op.drop_column("referral", column)
    op.drop_column("access", "reminded_at")
    op.drop_column("claim", "warned_at")
    op.drop_column("notice", "sent_with")
    op.drop_column("notice", "unsent")
