"""The cabinet: notices, tasks of the department, helpers, second parents, the lock, exports, erasures."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parent", sa.Column("password_set_at", Instant(), nullable=True))
    op.add_column("parent", sa.Column("register_asked_at", Instant(), nullable=True))
    op.add_column("parent", sa.Column("erased_at", Instant(), nullable=True))
    op.create_index(op.f("ix_parent_photo_file_id"), "parent", ["photo_file_id"], unique=False)
    op.add_column("child", sa.Column("register_asked_at", Instant(), nullable=True))
    for people in ("parent", "child"):
        op.add_column(people, sa.Column("register_due_at", Instant(), nullable=True))
        op.add_column(people, sa.Column("register_tries", sa.SmallInteger(), nullable=True))
        op.add_column(people, sa.Column("verified_by", sa.String(length=24), nullable=True))
    op.create_index(
        "ix_parent_unconfirmed",
        "parent",
        ["register_due_at"],
        unique=False,
        sqlite_where=sa.text("verified_at IS NULL AND iin IS NOT NULL"),
        postgresql_where=sa.text("verified_at IS NULL AND iin IS NOT NULL"),
    )
    op.create_index(
        "ix_application_unverified",
        "application",
        ["child_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL AND unverified IS 1"),
        postgresql_where=sa.text("ended_at IS NULL AND unverified IS true"),
    )
    op.create_index(
        "ix_privilege_of_register",
        "privilege",
        ["state", "asked_at"],
        unique=False,
        sqlite_where=sa.text("proof IN ('register')"),
        postgresql_where=sa.text("proof IN ('register')"),
    )
    op.add_column("contact", sa.Column("unlocked_until", Instant(), nullable=True))
    op.add_column("contact", sa.Column("signed_in_at", Instant(), nullable=True))
    op.add_column("privilege", sa.Column("objected_at", Instant(), nullable=True))
    op.create_table(
        "joining",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("child_id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_joining_child_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["parent.id"], name=op.f("fk_joining_decided_by")),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_joining_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining")),
    )
    op.create_index(
        "uq_joining_asked",
        "joining",
        ["child_id", "parent_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "helper",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_helper_contact_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_helper_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper")),
    )
    for column in ("contact_id", "parent_id", "phone_index"):
        op.create_index(op.f(f"ix_helper_{column}"), "helper", [column], unique=False)
    op.create_index(
        "uq_helper_current",
        "helper",
        ["parent_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "notice",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("application_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_notice_application_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_notice_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_parent", "notice", ["parent_id", "at", "id"], unique=False)
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["parent_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "department_task",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("territory_id", Id, nullable=True),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("child_id", Id, nullable=True),
        sa.Column("application_id", Id, nullable=True),
        sa.Column("data", Json(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", Id, nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_department_task_application_id")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_department_task_child_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_department_task_closed_by")),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_department_task_parent_id")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territory.id"], name=op.f("fk_department_task_territory_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_task")),
    )
    for column in ("application_id", "child_id", "parent_id"):
        op.create_index(op.f(f"ix_department_task_{column}"), "department_task", [column], unique=False)
    op.create_index(
        "ix_department_task_open",
        "department_task",
        ["territory_id", "kind", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "export",
        sa.Column("file_id", Id, autoincrement=False, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_export_file_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_export_parent_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_parent_id"), "export", ["parent_id"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("conversation_id", Id, nullable=True),
        sa.Column("child_id", Id, nullable=True),
        sa.Column("up_to", sa.BigInteger(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.CheckConstraint("conversation_id IS NULL OR child_id IS NULL", name=op.f("ck_erasure_one")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_erasure_child_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_erasure_conversation_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_erasure_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_parent_id"), "erasure", ["parent_id"], unique=False)
    op.create_index(
        "ix_erasure_due",
        "erasure",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("export")
    op.drop_table("department_task")
    op.drop_table("notice")
    op.drop_table("helper")
    op.drop_table("joining")
    op.drop_column("privilege", "objected_at")
    op.drop_index("ix_privilege_of_register", "privilege")
    op.drop_index("ix_application_unverified", "application")
    op.drop_index("ix_parent_unconfirmed", "parent")
    op.drop_column("contact", "signed_in_at")
    op.drop_column("contact", "unlocked_until")
    for people in ("child", "parent"):
        op.drop_column(people, "verified_by")
        op.drop_column(people, "register_tries")
        op.drop_column(people, "register_due_at")
    op.drop_column("child", "register_asked_at")
    op.drop_index(op.f("ix_parent_photo_file_id"), "parent")
    op.drop_column("parent", "erased_at")
    op.drop_column("parent", "register_asked_at")
    op.drop_column("parent", "password_set_at")
