"""Files kept outside the database, and the documents they are for."""

from sqlalchemy import BigInteger, CheckConstraint, Column, LargeBinary, Table

from storage.tables.meta import metadata, own_id, ref, sealed, word
from storage.types import Instant

file = Table(
    "file",
    metadata,
    own_id(),
    word("kind"),
    sealed("name"),
    word("content_type", 100),
    Column("size", BigInteger, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    word("stored_as", 200, unique=True),
    word("key_id", 16),
    Column("created_at", Instant, nullable=False),
    Column("deleted_at", Instant),
)

document = Table(
    "document",
    metadata,
    own_id(),
    ref("application_id", "application.id", nullable=True, index=True),
    ref("extension_id", "extension.id", nullable=True, index=True),
    ref("file_id", "file.id", unique=True),
    word("kind", 48),
    word("state"),
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    CheckConstraint("(application_id IS NULL) <> (extension_id IS NULL)", name="one"),
)
