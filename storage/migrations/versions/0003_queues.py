"""Queues, applications, counters and the place journal."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("size_0", sa.Integer(), nullable=False),
        sa.Column("size_1", sa.Integer(), nullable=False),
        sa.Column("size_2", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_event_at", Instant(), nullable=True),
        sa.CheckConstraint("phase BETWEEN 0 AND 3", name=op.f("ck_queue_phase")),
        sa.CheckConstraint("size_0 >= 0 AND size_1 >= 0 AND size_2 >= 0", name=op.f("ck_queue_sizes")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_queue_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue")),
        sa.UniqueConstraint(
            "territory_id", "kind", "birth_year", name=op.f("uq_queue_territory_id_kind_birth_year")
        ),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "queue_block",
        sa.Column("queue_id", Id, nullable=False),
        sa.Column("queue_class", sa.SmallInteger(), nullable=False),
        sa.Column("lo_at", Instant(), nullable=False),
        sa.Column("lo_number", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("queue_class BETWEEN 0 AND 2", name=op.f("ck_queue_block_queue_class")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_queue_block_size")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_queue_block_queue_id")),
        sa.PrimaryKeyConstraint("queue_id", "queue_class", "lo_at", "lo_number", name=op.f("pk_queue_block")),
        postgresql_with={"fillfactor": 50},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "application",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("child_id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("queue_id", Id, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("queue_class", sa.SmallInteger(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("paused_at", Instant(), nullable=True),
        sa.Column("pause_reason", sa.String(length=24), nullable=True),
        sa.Column("suspended_from", Instant(), nullable=True),
        sa.Column("suspended_until", Instant(), nullable=True),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("languages", Json(), nullable=False),
        sa.Column("notice_way", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("told_sequence", sa.BigInteger(), nullable=False),
        sa.Column("silent_periods", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('awaiting_place', 'applied', 'referred', 'suspended')) = (ended_at IS NULL)",
            name=op.f("ck_application_live"),
        ),
        sa.CheckConstraint("queue_class BETWEEN 0 AND 2", name=op.f("ck_application_queue_class")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_application_child_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_application_parent_id")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_application_queue_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_application_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
    )
    op.create_index("ix_application_child_id", "application", ["child_id"], unique=False)
    op.create_index(
        "ix_application_counted",
        "application",
        ["queue_id", "queue_class", "submitted_at", "number", "status"],
        unique=False,
        sqlite_where=sa.text("status IN ('awaiting_place', 'applied')"),
        postgresql_where=sa.text("status IN ('awaiting_place', 'applied')"),
    )
    op.create_index(op.f("ix_application_parent_id"), "application", ["parent_id"], unique=False)
    op.create_index(
        "ix_application_suspended",
        "application",
        ["queue_id", "suspended_until"],
        unique=False,
        sqlite_where=sa.text("status IN ('suspended')"),
        postgresql_where=sa.text("status IN ('suspended')"),
    )
    op.create_index(
        "uq_application_live",
        "application",
        ["child_id", "territory_id", "kind"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "privilege",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("application_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("proof", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("lost_at", Instant(), nullable=True),
        sa.Column("object_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_privilege_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privilege")),
    )
    op.create_index(op.f("ix_privilege_application_id"), "privilege", ["application_id"], unique=False)
    op.create_table(
        "place_event",
        sa.Column("queue_id", Id, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("queue_class", sa.SmallInteger(), nullable=False),
        sa.Column("key_at", Instant(), nullable=False),
        sa.Column("key_number", sa.BigInteger(), nullable=False),
        sa.Column("from_class", sa.SmallInteger(), nullable=True),
        sa.Column("index_after", sa.Integer(), nullable=True),
        sa.Column("size_0", sa.Integer(), nullable=False),
        sa.Column("size_1", sa.Integer(), nullable=False),
        sa.Column("size_2", sa.Integer(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=False),
        sa.Column("cause", sa.String(length=48), nullable=True),
        sa.Column("application_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_place_event_queue_id")),
        sa.PrimaryKeyConstraint("queue_id", "sequence", name=op.f("pk_place_event")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("place_event")
    op.drop_table("privilege")
    op.drop_table("application")
    op.drop_table("queue_block")
    op.drop_table("queue")
