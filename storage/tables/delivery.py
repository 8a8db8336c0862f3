"""What is still to be sent, and what became of what was sent: one narrow row a message."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, literal_column

from storage.tables.meta import metadata, ref, small, word
from storage.types import Id, Instant

delivery = Table(
    "delivery",
    metadata,
    ref("message_id", "message.id", autoincrement=False),
    ref("conversation_id", "conversation.id"),
    word("channel"),
    word("operation", 8),
    word("target_external_id", 160, nullable=True),
    word("state", 12),
    Column("due_at", Instant, nullable=False),
    small("urgency"),
    Column("lease_until", Instant),
    word("leased_by", 64, nullable=True),
    small("tries"),
    word("external_id", 160, nullable=True),
    word("error", 64, nullable=True),
    Column("sent_at", Instant),
    Column("delivered_at", Instant),
    Column("read_at", Instant),
    # Of which notice it is, if of one; without a constraint, for a notice is forgotten before the log is.
    Column("notice_id", Id),
    Column("useful_until", Instant),
    # Of what is critical: when it goes by the next way, too, unless it was read. Emptied by whoever looks.
    Column("next_way_at", Instant),
    # Whose share of the channel it takes: the territory of whom it goes to, 0 where there is none.
    Column("share", Id, nullable=False, server_default="0"),
    PrimaryKeyConstraint("message_id"),
)

PENDING = delivery.c.state == literal_column("'pending'")
"""Still to be sent. Use this very condition: the indexes of what is due cover it alone."""

IS_LOST = delivery.c.state.in_([literal_column("'failed'"), literal_column("'given_up'")])
"""It will not arrive by its way. Use this very condition: an index covers it alone."""

Index("ix_delivery_lost", delivery.c.message_id, sqlite_where=IS_LOST, postgresql_where=IS_LOST)
Index(
    "ix_delivery_due",
    delivery.c.channel,
    delivery.c.urgency,
    delivery.c.share,
    delivery.c.due_at,
    delivery.c.message_id,
    sqlite_where=PENDING,
    postgresql_where=PENDING,
)
Index(
    "ix_delivery_waiting",
    delivery.c.conversation_id,
    delivery.c.message_id,
    sqlite_where=PENDING,
    postgresql_where=PENDING,
)
_of_notice = delivery.c.notice_id.is_not(None)
Index("ix_delivery_notice", delivery.c.notice_id, sqlite_where=_of_notice, postgresql_where=_of_notice)
_awaited = delivery.c.next_way_at.is_not(None)
Index("ix_delivery_next_way", delivery.c.next_way_at, sqlite_where=_awaited, postgresql_where=_awaited)
_sent = delivery.c.external_id.is_not(None)
Index(
    "ix_delivery_external",
    delivery.c.channel,
    delivery.c.external_id,
    sqlite_where=_sent,
    postgresql_where=_sent,
)
