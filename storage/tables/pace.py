"""How fast each channel was sent to lately, for all who deliver together. Nothing that has to be kept."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table

from storage.tables.meta import metadata, word
from storage.types import Id, Instant, Json

pace = Table(
    "pace",
    metadata,
    word("channel"),
    # The instants of its newest messages, in seconds since 1970, the oldest first.
    Column("newest", Json, nullable=False),
    Column("held_until", Instant),
    PrimaryKeyConstraint("channel"),
)

paced_chat = Table(
    "paced_chat",
    metadata,
    word("channel"),
    # Without a constraint: who is forgotten meanwhile takes nothing along but an instant.
    Column("conversation_id", Id, nullable=False, autoincrement=False),
    Column("free_at", Instant, nullable=False, index=True),
    PrimaryKeyConstraint("channel", "conversation_id"),
)
