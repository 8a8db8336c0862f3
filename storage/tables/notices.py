"""What parents were told, kept for them to read again, and what the department is to look at."""

from sqlalchemy import Column, Index, Table

from storage.tables.meta import log_id, metadata, own_id, ref, sealed, word
from storage.types import Id, Instant, Json

notice = Table(
    "notice",
    metadata,
    own_id(),
    ref("parent_id", "parent.id"),
    ref("application_id", "application.id", nullable=True),
    word("kind", 48),
    sealed("data"),
    Column("at", Instant, nullable=False),
    Column("read_at", Instant),
    # When it goes out, where that is later than now; emptied by whoever sends it.
    Column("send_at", Instant),
    # The conversation in which it was on the screen anyway.
    Column("not_in", Id),
    # Why it was never sent, if so: it had lost its sense before it could be.
    word("unsent", nullable=True),
    # The notice in whose message it went out, where several were made one message: that one's delivery is
    # its delivery.
    Column("sent_with", Id),
)
Index("ix_notice_parent", notice.c.parent_id, notice.c.at, notice.c.id)
_unread = notice.c.read_at.is_(None)
# The menu counts them in every turn that shows it.
Index("ix_notice_unread", notice.c.parent_id, sqlite_where=_unread, postgresql_where=_unread)

_to_send = notice.c.send_at.is_not(None)
Index("ix_notice_to_send", notice.c.send_at, sqlite_where=_to_send, postgresql_where=_to_send)

# What happened to an application and is yet to be told: written with it by whoever made it happen, told
# by the clockwork, and deleted then.
untold = Table(
    "untold",
    metadata,
    log_id(),
    ref("application_id", "application.id", index=True),
    word("kind", 48),
    Column("at", Instant, nullable=False),
    Column("data", Json),
)

department_task = Table(
    "department_task",
    metadata,
    log_id(),
    word("kind", 48),
    ref("territory_id", "territory.id", nullable=True),
    ref("parent_id", "parent.id", nullable=True, index=True),
    ref("child_id", "child.id", nullable=True, index=True),
    ref("application_id", "application.id", nullable=True, index=True),
    Column("data", Json),
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),
    ref("closed_by", "staff.id", nullable=True),
    word("outcome", nullable=True),
    sealed("reason"),
)
_open = department_task.c.closed_at.is_(None)
Index(
    "ix_department_task_open",
    department_task.c.territory_id,
    department_task.c.kind,
    department_task.c.id,
    sqlite_where=_open,
    postgresql_where=_open,
)
