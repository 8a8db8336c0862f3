"""Parents, their phones, children and who cares for whom. What names a person is sealed."""

from typing import Any

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, Text, literal_column

from domain.place_news import PlaceNews
from storage.tables.meta import blind, metadata, own_id, ref, sealed, small, word
from storage.types import Id, Instant

STAFF = "staff"
"""Who has verified somebody whom the register has not."""


def register_pace() -> tuple[Column[Any], ...]:
    """When the register may be asked about somebody again, how often in a row it gave no answer, and
    who has verified them, if that was not the register.

    The due time is a real instant: pacing follows the machine's clock, `register_asked_at` the one that
    decides.
    """
    return (
        Column("register_due_at", Instant),
        small("register_tries", nullable=True),
        word("verified_by", nullable=True),
    )


parent = Table(
    "parent",
    metadata,
    own_id(),
    blind("iin_index", unique=True),
    sealed("iin"),
    blind("document_index", unique=True),
    sealed("document"),
    sealed("surname"),
    sealed("name"),
    sealed("patronymic"),
    sealed("birth_date"),
    word("sex", 8, nullable=True),
    sealed("address"),
    sealed("email"),
    Column("password_hash", Text),
    Column("verified_at", Instant),
    ref("photo_file_id", "file.id", nullable=True, index=True),
    word("language", 8),
    word("notice_way"),
    Column("created_at", Instant, nullable=False),
    Column("password_set_at", Instant),
    Column("register_asked_at", Instant),
    Column("erased_at", Instant),
    *register_pace(),
    word("place_news", server_default=PlaceNews.WEEKLY.value),
    Column("email_confirmed_at", Instant),
    # Letters came back from there.
    Column("email_unreachable_at", Instant),
    # By one click in a letter: only what is critical goes there still.
    Column("letters_ended_at", Instant),
)
# Of `iin`, which has no index: by the one of `iin_index` SQLite would rather look through everybody.
_unconfirmed = parent.c.verified_at.is_(None) & parent.c.iin.is_not(None)
Index(
    "ix_parent_unconfirmed",
    parent.c.register_due_at,
    sqlite_where=_unconfirmed,
    postgresql_where=_unconfirmed,
)

phone = Table(
    "phone",
    metadata,
    own_id(),
    ref("parent_id", "parent.id"),
    small("position"),
    blind("phone_index", nullable=False, index=True),
    sealed("phone", nullable=False),
    Column("confirmed_at", Instant),
    Column("vouched_at", Instant),
    ref("vouched_by", "contact.id", nullable=True),
    Column("replaced_at", Instant),
    Column("replaced_by", Id),
    Column("undo_until", Instant),
    Column("undone_at", Instant),
    Column("created_at", Instant, nullable=False),
    # An SMS to it was refused: no notices go there until it is shown to be at hand.
    Column("unreachable_at", Instant),
)

_current = phone.c.confirmed_at.is_not(None) & phone.c.replaced_at.is_(None)
Index(
    "uq_phone_current",
    phone.c.parent_id,
    phone.c.position,
    unique=True,
    sqlite_where=_current,
    postgresql_where=_current,
)
Index("ix_phone_parent_id", phone.c.parent_id)

child = Table(
    "child",
    metadata,
    own_id(),
    blind("iin_index", nullable=False, unique=True),
    sealed("iin", nullable=False),
    sealed("surname"),
    sealed("name"),
    sealed("patronymic"),
    sealed("birth_date", nullable=False),
    small("birth_year"),
    word("sex", 8),
    Column("verified_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("register_asked_at", Instant),
    *register_pace(),
)

guardian = Table(
    "guardian",
    metadata,
    ref("parent_id", "parent.id"),
    ref("child_id", "child.id", index=True),
    word("how"),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("parent_id", "child_id"),
)

joining = Table(
    "joining",
    metadata,
    own_id(),
    ref("child_id", "child.id"),
    ref("parent_id", "parent.id"),
    word("state"),
    Column("asked_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    ref("decided_by", "parent.id", nullable=True),
    Column("decided_at", Instant),
)
_asked = joining.c.state == literal_column("'asked'")
Index(
    "uq_joining_asked",
    joining.c.child_id,
    joining.c.parent_id,
    unique=True,
    sqlite_where=_asked,
    postgresql_where=_asked,
)

helper = Table(
    "helper",
    metadata,
    own_id(),
    ref("parent_id", "parent.id", index=True),
    ref("contact_id", "contact.id", nullable=True, index=True),
    blind("phone_index", nullable=False, index=True),
    sealed("phone", nullable=False),
    sealed("name"),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("ended_at", Instant),
)
_not_ended = helper.c.ended_at.is_(None)
Index(
    "uq_helper_current",
    helper.c.parent_id,
    unique=True,
    sqlite_where=_not_ended,
    postgresql_where=_not_ended,
)
