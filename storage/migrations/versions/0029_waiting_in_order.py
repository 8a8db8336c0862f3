"""The index of those who wait holds the whole order in which operators look through them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_NAME, _WAITS = "ix_help_request_waiting", "waits_since IS NOT NULL"


def upgrade() -> None:
    _made_anew("waits_since", "conversation_id")


def downgrade() -> None:
    _made_anew("waits_since")


def _made_anew(*columns: str) -> None:
    op.drop_index(_NAME, "help_request")
    op.create_index(
        _NAME,
        "help_request",
        list(columns),
        sqlite_where=sa.text(_WAITS),
        postgresql_where=sa.text(_WAITS),
    )
