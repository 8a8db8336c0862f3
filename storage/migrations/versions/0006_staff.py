"""Staff, audit, reviews and documents."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant, Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("failed_tries", sa.SmallInteger(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("disabled_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_table(
        "staff_right",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("territory_id", Id, nullable=True),
        sa.Column("kindergarten_id", Id, nullable=True),
        sa.CheckConstraint(
            "(territory_id IS NULL) <> (kindergarten_id IS NULL)", name=op.f("ck_staff_right_one")
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten_id"], ["kindergarten.id"], name=op.f("fk_staff_right_kindergarten_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_right_staff_id")),
        sa.ForeignKeyConstraint(["territory_id"], ["territory.id"], name=op.f("fk_staff_right_territory_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_right")),
    )
    op.create_index(
        "uq_staff_right_kindergarten", "staff_right", ["staff_id", "kindergarten_id"], unique=True
    )
    op.create_index("uq_staff_right_territory", "staff_right", ["staff_id", "territory_id"], unique=True)
    op.create_table(
        "staff_session",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("from_where", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id")),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_expires_at"), "staff_session", ["expires_at"], unique=False)
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("from_where", sa.Text(), nullable=True),
        sa.Column("data", Json(), nullable=True),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_audit_previous_hash")),
    )
    op.create_index(op.f("ix_audit_about"), "audit", ["about"], unique=False)
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_table(
        "parent_journal",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("application_id", Id, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("data", Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_parent_journal_application_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_parent_journal_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_journal")),
    )
    op.create_index("ix_parent_journal_parent", "parent_journal", ["parent_id", "id"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kindergarten_id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", Id, nullable=True),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_review_stars")),
        sa.ForeignKeyConstraint(
            ["kindergarten_id"], ["kindergarten.id"], name=op.f("fk_review_kindergarten_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_review_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("kindergarten_id", "parent_id", name=op.f("uq_review_kindergarten_id_parent_id")),
    )
    op.create_index(op.f("ix_review_parent_id"), "review", ["parent_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("application_id", Id, nullable=True),
        sa.Column("extension_id", Id, nullable=True),
        sa.Column("file_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(application_id IS NULL) <> (extension_id IS NULL)", name=op.f("ck_document_one")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_document_application_id")
        ),
        sa.ForeignKeyConstraint(["extension_id"], ["extension.id"], name=op.f("fk_document_extension_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_document_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("file_id", name=op.f("uq_document_file_id")),
    )
    op.create_index(op.f("ix_document_application_id"), "document", ["application_id"], unique=False)
    op.create_index(op.f("ix_document_extension_id"), "document", ["extension_id"], unique=False)


def downgrade() -> None:
    op.drop_table("document")
    op.drop_table("review")
    op.drop_table("parent_journal")
    op.drop_table("audit")
    op.drop_table("staff_session")
    op.drop_table("staff_right")
    op.drop_table("staff")
