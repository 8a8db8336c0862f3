"""What parents do with everything that is kept about them: take it along, have it erased."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Table

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

# What an erasure leaves to be done: a row for what is the parent's alone, one for each conversation in
# which they were talked about, one for each child whose IIN has to stay for a while.
erasure = Table(
    "erasure",
    metadata,
    own_id(),
    ref("parent_id", "parent.id", index=True),
    ref("conversation_id", "conversation.id", nullable=True),
    ref("child_id", "child.id", nullable=True),
    # The last message that goes: whoever writes again afterwards begins anew.
    Column("up_to", BigInteger),
    # A conversation of the parent's, and not of somebody who helped.
    Column("own", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    CheckConstraint("conversation_id IS NULL OR child_id IS NULL", name="one"),
)
_open = erasure.c.done_at.is_(None)
Index(
    "ix_erasure_due",
    erasure.c.due_at,
    sqlite_where=_open,
    postgresql_where=_open,
)
