"""Questions that staff have closed are counted with their stars by an index alone; bad ones are found."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create(
        "ix_help_request_stars", ["closed_at", "territory_id", "closed_by", "rating"], "closed_by != 'parent'"
    )
    _create("ix_help_request_unhappy", ["rated_at", "id"], "rating <= 2")


def downgrade() -> None:
    op.drop_index("ix_help_request_unhappy", "help_request")
    op.drop_index("ix_help_request_stars", "help_request")


def _create(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, "help_request", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )
