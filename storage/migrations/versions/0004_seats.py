"""Lists, bulletins, seats, claims, referrals."""

import sqlalchemy as sa
from alembic import op

from storage.types import Day, Id, Instant, Json

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat_list",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("publish_at", Instant(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=False),
        sa.Column("priority_ends_at", Instant(), nullable=False),
        sa.Column("access_made_at", Instant(), nullable=True),
        sa.Column("late_reason", sa.String(length=24), nullable=True),
        sa.CheckConstraint(
            "publish_at <= opens_at AND opens_at <= priority_ends_at", name=op.f("ck_seat_list_order")
        ),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_seat_list_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_list")),
        sa.UniqueConstraint("territory_id", "publish_at", name=op.f("uq_seat_list_territory_id_publish_at")),
    )
    op.create_table(
        "bulletin",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("list_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("queue_kind", sa.String(length=24), nullable=False),
        sa.Column("group_kind", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("birth_years", Json(), nullable=False),
        sa.Column("total_seats", sa.SmallInteger(), nullable=False),
        sa.Column("seat_kind", sa.String(length=24), nullable=False),
        sa.Column("cause", sa.String(length=24), nullable=True),
        sa.Column("released_on", Day(), nullable=False),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("published_by_role", sa.String(length=24), nullable=False),
        sa.Column("published_by", Id, nullable=True),
        sa.Column("recalled_at", Instant(), nullable=True),
        sa.Column("recall_reason", sa.String(length=48), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["child_group.id"], name=op.f("fk_bulletin_group_id")),
        sa.ForeignKeyConstraint(["list_id"], ["seat_list.id"], name=op.f("fk_bulletin_list_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_bulletin_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index(op.f("ix_bulletin_group_id"), "bulletin", ["group_id"], unique=False)
    op.create_index(op.f("ix_bulletin_list_id"), "bulletin", ["list_id"], unique=False)
    op.create_index(op.f("ix_bulletin_territory_id"), "bulletin", ["territory_id"], unique=False)
    op.create_table(
        "seat",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("bulletin_id", Id, nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("claim_id", Id, nullable=True),
        sa.Column("held_until", Instant(), nullable=True),
        sa.Column("cause", sa.String(length=24), nullable=True),
        sa.Column("recalled_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name=op.f("fk_seat_bulletin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("bulletin_id", "position", name=op.f("uq_seat_bulletin_id_position")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_seat_claim_id")),
    )
    op.create_table(
        "access",
        sa.Column("list_id", Id, nullable=False),
        sa.Column("application_id", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_access_application_id")
        ),
        sa.ForeignKeyConstraint(["list_id"], ["seat_list.id"], name=op.f("fk_access_list_id")),
        sa.PrimaryKeyConstraint("list_id", "application_id", name=op.f("pk_access")),
    )
    op.create_index(op.f("ix_access_application_id"), "access", ["application_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("seat_id", Id, nullable=False),
        sa.Column("application_id", Id, nullable=False),
        sa.Column("child_id", Id, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("held_until", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("activate_by", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("end_reason", sa.String(length=48), nullable=True),
        sa.Column("twin_of", Id, nullable=True),
        sa.CheckConstraint(
            "(state IN ('held', 'applied', 'referred')) = (ended_at IS NULL)", name=op.f("ck_claim_live")
        ),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_claim_application_id")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_claim_child_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_claim_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_application_id"), "claim", ["application_id"], unique=False)
    op.create_index("ix_claim_child_id", "claim", ["child_id"], unique=False)
    op.create_index(
        "uq_claim_live_child",
        "claim",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_claim_taken_seat",
        "claim",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL OR state = 'enrolled'"),
        postgresql_where=sa.text("ended_at IS NULL OR state = 'enrolled'"),
    )
    op.create_table(
        "referral",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("claim_id", Id, nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("valid_through", Day(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("suspension_policy", Json(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("contract_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_referral_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_referral_claim_id")),
        sa.UniqueConstraint("number", name=op.f("uq_referral_number")),
    )
    op.create_index(op.f("ix_referral_ends_at"), "referral", ["ends_at"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("referral_id", Id, nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("days BETWEEN 1 AND 366", name=op.f("ck_extension_days")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_extension_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(
        "uq_extension_once",
        "extension",
        ["referral_id"],
        unique=True,
        sqlite_where=sa.text("state != 'refused'"),
        postgresql_where=sa.text("state != 'refused'"),
    )
    op.create_table(
        "suspension",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("child_id", Id, nullable=False),
        sa.Column("territory_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("referral_id", Id, nullable=True),
        sa.CheckConstraint("starts_at <= ends_at", name=op.f("ck_suspension_order")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_suspension_child_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_suspension_referral_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_suspension_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(
        "ix_suspension_child", "suspension", ["child_id", "territory_id", "ends_at"], unique=False
    )


def downgrade() -> None:
    op.drop_table("suspension")
    op.drop_table("extension")
    op.drop_table("referral")
    op.drop_table("claim")
    op.drop_table("access")
    op.drop_table("seat")
    op.drop_table("bulletin")
    op.drop_table("seat_list")
