"""When somebody who waits for a person has waited too long."""

import sqlalchemy as sa
from alembic import op

from storage.types import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_UNNOTICED = "alarm_at IS NOT NULL AND alarmed_at IS NULL"


def upgrade() -> None:
    op.add_column("help_request", sa.Column("alarm_at", Instant(), nullable=True))
    op.execute("UPDATE help_request SET alarm_at = waits_since WHERE waits_since IS NOT NULL")
    op.create_index(
        "ix_help_request_alarm",
        "help_request",
        ["alarm_at"],
        sqlite_where=sa.text(_UNNOTICED),
        postgresql_where=sa.text(_UNNOTICED),
    )


def downgrade() -> None:
    op.drop_index("ix_help_request_alarm", "help_request")
    op.drop_column("help_request", "alarm_at")
