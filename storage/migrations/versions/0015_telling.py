"""How a notice is told: when it is sent, what was sent of it, and until when that is of use."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TO_SEND = "send_at IS NOT NULL"
_OF_NOTICE = "notice_id IS NOT NULL"


def upgrade() -> None:
    op.add_column("notice", sa.Column("send_at", Instant(), nullable=True))
    op.add_column("notice", sa.Column("not_in", Id, nullable=True))
    op.add_column("delivery", sa.Column("notice_id", Id, nullable=True))
    op.add_column("delivery", sa.Column("useful_until", Instant(), nullable=True))
    op.create_index(
        "ix_notice_to_send",
        "notice",
        ["send_at"],
        unique=False,
        sqlite_where=sa.text(_TO_SEND),
        postgresql_where=sa.text(_TO_SEND),
    )
    op.create_index(
        "ix_delivery_notice",
        "delivery",
        ["notice_id"],
        unique=False,
        sqlite_where=sa.text(_OF_NOTICE),
        postgresql_where=sa.text(_OF_NOTICE),
    )


def downgrade() -> None:
    op.drop_index("ix_delivery_notice", "delivery")
    op.drop_index("ix_notice_to_send", "notice")
    op.drop_column("delivery", "useful_until")
    op.drop_column("delivery", "notice_id")
    op.drop_column("notice", "not_in")
    op.drop_column("notice", "send_at")
