"""Territories, their policies, kindergartens and groups."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "territory",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name_kk", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["territory.id"], name=op.f("fk_territory_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_territory")),
        sa.UniqueConstraint("code", name=op.f("uq_territory_code")),
    )
    op.create_index(op.f("ix_territory_parent_id"), "territory", ["parent_id"], unique=False)
    op.create_table(
        "policy",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("in_force_from", Instant(), nullable=False),
        sa.Column("data", Json(), nullable=False),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_policy_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint(
            "territory_id", "in_force_from", name=op.f("uq_policy_territory_id_in_force_from")
        ),
    )
    op.create_table(
        "kindergarten",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ownership", sa.String(length=24), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("description", Json(), nullable=True),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_kindergarten_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kindergarten")),
        sa.UniqueConstraint("code", name=op.f("uq_kindergarten_code")),
    )
    op.create_index("ix_kindergarten_place", "kindergarten", ["latitude", "longitude"], unique=False)
    op.create_index(op.f("ix_kindergarten_territory_id"), "kindergarten", ["territory_id"], unique=False)
    op.create_table(
        "child_group",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("kindergarten_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("queue_kind", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("birth_years", Json(), nullable=False),
        sa.Column("capacity", sa.SmallInteger(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["kindergarten_id"], ["kindergarten.id"], name=op.f("fk_child_group_kindergarten_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_group")),
        sa.UniqueConstraint("kindergarten_id", "code", name=op.f("uq_child_group_kindergarten_id_code")),
    )


def downgrade() -> None:
    op.drop_table("child_group")
    op.drop_table("kindergarten")
    op.drop_table("policy")
    op.drop_table("territory")
