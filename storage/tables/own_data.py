"""What parents do with everything that is kept about them: take it along, have it erased."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Table

from storage.tables.meta import metadata, own_id, ref
from storage.types import Instant

export = Table(
    "export",
    metadata,
    # Each file of an export; a large one has several.
    ref("file_id", "file.id", primary_key=True, autoincrement=False),
    ref("parent_id", "parent.id", index=True),
    Column("made_at", Instant, nullable=False),
)

# What is still to be tidied up after an erasure: one row for the parent's own rows (without a
# conversation), one for each conversation in which they were talked about.
erasure = Table(
    "erasure",
    metadata,
    own_id(),
    ref("parent_id", "parent.id", index=True),
    ref("conversation_id", "conversation.id", nullable=True),
    # The last message that goes: whoever writes again afterwards begins anew.
    Column("up_to", BigInteger),
    # The parent's own account, and not that of somebody who helped.
    Column("own", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("done_at", Instant),
)
_open = erasure.c.done_at.is_(None)
Index(
    "ix_erasure_open",
    erasure.c.id,
    sqlite_where=_open,
    postgresql_where=_open,
)
