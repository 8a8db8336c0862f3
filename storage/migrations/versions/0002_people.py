"""Files, parents and children."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("stored_as", sa.String(length=200), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_file_stored_as")),
    )
    op.create_table(
        "parent",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("iin_index", sa.LargeBinary(), nullable=True),
        sa.Column("iin", sa.LargeBinary(), nullable=True),
        sa.Column("document_index", sa.LargeBinary(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("surname", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("patronymic", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date", sa.LargeBinary(), nullable=True),
        sa.Column("sex", sa.String(length=8), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("photo_file_id", Id, nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("notice_way", sa.String(length=24), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["photo_file_id"], ["file.id"], name=op.f("fk_parent_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent")),
        sa.UniqueConstraint("document_index", name=op.f("uq_parent_document_index")),
        sa.UniqueConstraint("iin_index", name=op.f("uq_parent_iin_index")),
    )
    op.create_table(
        "child",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("iin_index", sa.LargeBinary(), nullable=False),
        sa.Column("iin", sa.LargeBinary(), nullable=False),
        sa.Column("surname", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("patronymic", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date", sa.LargeBinary(), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("iin_index", name=op.f("uq_child_iin_index")),
    )
    op.create_table(
        "guardian",
        sa.Column("parent_id", Id, nullable=False),
        sa.Column("child_id", Id, nullable=False),
        sa.Column("how", sa.String(length=24), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_guardian_child_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], name=op.f("fk_guardian_parent_id")),
        sa.PrimaryKeyConstraint("parent_id", "child_id", name=op.f("pk_guardian")),
    )
    op.create_index(op.f("ix_guardian_child_id"), "guardian", ["child_id"], unique=False)


def downgrade() -> None:
    op.drop_table("guardian")
    op.drop_table("child")
    op.drop_table("parent")
    op.drop_table("file")
