"""What operators keep: steps they have prepared, who looks at which chat, answers kept ready."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from storage.tables.meta import metadata, own_id, ref, sealed, word
from storage.types import Id, Instant

whisper = Table(
    "whisper",
    metadata,
    own_id(),
    ref("conversation_id", "conversation.id", index=True),
    Column("staff_id", Id, nullable=False),
    Column("at", Instant, nullable=False),
    # The step that it is for: it is out of date once the bot stands elsewhere.
    word("place", 96),
    sealed("content", nullable=False),
    word("state"),
    Column("decided_at", Instant),
)
"""A step that an operator has prepared, and the parent confirms or not."""

presence = Table(
    "presence",
    metadata,
    ref("conversation_id", "conversation.id"),
    Column("staff_id", Id, nullable=False),
    Column("seen_at", Instant, nullable=False, index=True),
    Column("typing_until", Instant),
    PrimaryKeyConstraint("conversation_id", "staff_id"),
)
"""Who of the staff has a chat before the eyes, and who types; by the machine's own clock."""

ready_answer = Table(
    "ready_answer",
    metadata,
    own_id(),
    # Everywhere where it is empty.
    ref("territory_id", "territory.id", nullable=True, index=True),
    word("name", 48),
    Column("text_kk", Text, nullable=False),
    Column("text_ru", Text, nullable=False),
    Column("written_by", Id, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("retired_at", Instant),
)
"""An answer that is written once and given often, in a pair of languages."""
