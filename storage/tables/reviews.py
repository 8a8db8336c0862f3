"""What parents say of a kindergarten: one review a parent."""

from sqlalchemy import CheckConstraint, Column, Index, Table, Text, UniqueConstraint, literal_column

from storage.tables.meta import metadata, own_id, ref, small, word
from storage.types import Id, Instant

review = Table(
    "review",
    metadata,
    own_id(),
    ref("kindergarten_id", "kindergarten.id"),
    ref("parent_id", "parent.id", index=True),
    small("stars"),
    Column("text", Text),
    word("state"),
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", Id),
    UniqueConstraint("kindergarten_id", "parent_id"),
    CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
)

_waits = review.c.state == literal_column("'pending'")
Index(
    "ix_review_waiting",
    review.c.created_at,
    sqlite_where=_waits,
    postgresql_where=_waits,
)
