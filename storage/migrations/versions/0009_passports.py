"""Kindergartens: found by a name as it sounds, with a picture; reviews that wait for a look."""

import sqlalchemy as sa
from alembic import op

from domain.spelling import essence
from storage.types import Id

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_kindergarten = sa.table("kindergarten", sa.column("id"), sa.column("name"), sa.column("sought"))


def upgrade() -> None:
    op.add_column("kindergarten", sa.Column("sought", sa.Text(), server_default="", nullable=False))
    op.add_column("kindergarten", sa.Column("picture_file_id", Id, nullable=True))
    op.drop_index(op.f("ix_kindergarten_territory_id"), "kindergarten")
    op.create_index(
        op.f("ix_kindergarten_picture_file_id"), "kindergarten", ["picture_file_id"], unique=False
    )
    op.create_index("ix_kindergarten_sought", "kindergarten", ["territory_id", "sought", "id"], unique=False)
    op.create_index(
        "ix_review_waiting",
        "review",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    conn = op.get_bind()
    for row in conn.execute(sa.select(_kindergarten.c.id, _kindergarten.c.name)).all():
        named = sa.update(_kindergarten).where(_kindergarten.c.id == row.id)
        conn.execute(named.values(sought=essence(row.name)))


def downgrade() -> None:
    op.drop_index("ix_review_waiting", "review")
    op.drop_index("ix_kindergarten_sought", "kindergarten")
    op.drop_index(op.f("ix_kindergarten_picture_file_id"), "kindergarten")
    op.create_index(op.f("ix_kindergarten_territory_id"), "kindergarten", ["territory_id"], unique=False)
    op.drop_column("kindergarten", "picture_file_id")
    op.drop_column("kindergarten", "sought")
