"""Messenger accounts, conversations, the log of messages, errands, limits and codes."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from storage.tables.meta import blind, log_id, metadata, own_id, ref, sealed, small, word
from storage.types import Id, Instant, Json

contact = Table(
    "contact",
    metadata,
    own_id(),
    word("channel"),
    word("address", 128),
    ref("parent_id", "parent.id", nullable=True, index=True),
    word("language", 8, nullable=True),
    ref("territory_id", "territory.id", nullable=True),
    word("consent_version", 32, nullable=True),
    Column("consent_at", Instant),
    blind("vouched_phone_index"),
    sealed("vouched_phone"),
    Column("vouched_at", Instant),
    Column("unreachable_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("unlocked_until", Instant),
    Column("signed_in_at", Instant),
    UniqueConstraint("channel", "address"),
)

_vouched = contact.c.vouched_phone_index.is_not(None)
Index(
    "ix_contact_vouched_phone",
    contact.c.vouched_phone_index,
    sqlite_where=_vouched,
    postgresql_where=_vouched,
)

conversation = Table(
    "conversation",
    metadata,
    own_id(),
    ref("contact_id", "contact.id", unique=True),
    Column("session", LargeBinary),
    Column("screen", Json),
    Column("step_token", BigInteger, nullable=False),
    Column("last_message_at", Instant),
    # The contact's own, for the operators' list is read by it; without a constraint, as it is a copy.
    Column("territory_id", Id),
    # Who of the staff talks in the bot's stead, and until when if nothing more is said.
    Column("driven_by", Id),
    Column("driven_until", Instant),
)
Index(
    "ix_conversation_territory",
    conversation.c.territory_id,
    conversation.c.last_message_at,
    conversation.c.id,
)
_driven = conversation.c.driven_by.is_not(None)
Index("ix_conversation_driven", conversation.c.driven_until, sqlite_where=_driven, postgresql_where=_driven)

message = Table(
    "message",
    metadata,
    log_id(),
    ref("conversation_id", "conversation.id"),
    word("direction", 3),
    Column("at", Instant, nullable=False),
    word("channel"),
    word("external_id", 160, nullable=True),
    word("kind", 32),
    Column("text", Text, nullable=False),
    Column("payload", LargeBinary),
    sealed("sealed"),
    Column("dedup_key", BigInteger),
    word("cause", 64, nullable=True),
    ref("answers", "message.id", nullable=True),
    # Where the bot stood: before what came in, after what went out.
    word("state", 96, nullable=True),
)
Index("ix_message_conversation", message.c.conversation_id, message.c.id)
_foreign = message.c.external_id.is_not(None)
Index(
    "uq_message_external",
    message.c.channel,
    message.c.external_id,
    unique=True,
    sqlite_where=_foreign,
    postgresql_where=_foreign,
)
_answer = message.c.answers.is_not(None)
Index(
    "ix_message_answers",
    message.c.answers,
    sqlite_where=_answer,
    postgresql_where=_answer,
)

errand = Table(
    "errand",
    metadata,
    own_id(),
    ref("conversation_id", "conversation.id", index=True),
    word("kind", 32),
    sealed("request", nullable=False),
    Column("step_token", BigInteger, nullable=False),
    word("state"),
    Column("due_at", Instant, nullable=False),
    Column("lease_until", Instant),
    word("leased_by", 64, nullable=True),
    small("tries"),
    Column("gives_up_at", Instant, nullable=False),
    word("error", 64, nullable=True),
    Column("created_at", Instant, nullable=False),
)
_pending = errand.c.state == literal_column("'pending'")
Index("ix_errand_due", errand.c.due_at, sqlite_where=_pending, postgresql_where=_pending)

attempt = Table(
    "attempt",
    metadata,
    log_id(),
    word("kind", 32),
    blind("subject", nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_attempt_subject", attempt.c.kind, attempt.c.subject, attempt.c.at)
Index("ix_attempt_at", attempt.c.at)

help_request = Table(
    "help_request",
    metadata,
    own_id(),
    ref("conversation_id", "conversation.id", index=True),
    ref("territory_id", "territory.id", nullable=True),
    Column("at", Instant, nullable=False),
    word("state"),
    Column("taken_by", Id),
    Column("taken_at", Instant),
    Column("closed_at", Instant),
    word("language", 8, nullable=True),
    # The first word that no person has answered yet; empty while nobody waits.
    Column("waits_since", Instant),
    Column("assigned_to", Id),
    Column("assigned_at", Instant),
    Column("answered_at", Instant),
    Column("alarmed_at", Instant),
    word("closed_by", 64, nullable=True),
    Column("rating", SmallInteger),
    Column("rated_at", Instant),
    # When the wait is too long; alarmed_at is when that was noticed.
    Column("alarm_at", Instant),
)
Index("ix_help_request_assigned", help_request.c.assigned_to, help_request.c.state)
_waits = help_request.c.waits_since.is_not(None)
Index(
    "ix_help_request_waiting",
    help_request.c.waits_since,
    help_request.c.conversation_id,
    sqlite_where=_waits,
    postgresql_where=_waits,
)
UNNOTICED = help_request.c.alarm_at.is_not(None) & help_request.c.alarmed_at.is_(None)
"""Somebody waits, and nobody was alarmed yet."""
Index("ix_help_request_alarm", help_request.c.alarm_at, sqlite_where=UNNOTICED, postgresql_where=UNNOTICED)
CLOSED_BY_STAFF = help_request.c.closed_by != literal_column("'parent'")
"""A question that one of the staff has closed: the parent was asked for stars."""
Index(
    "ix_help_request_stars",
    help_request.c.closed_at,
    help_request.c.territory_id,
    help_request.c.closed_by,
    help_request.c.rating,
    sqlite_where=CLOSED_BY_STAFF,
    postgresql_where=CLOSED_BY_STAFF,
)
UNHAPPY = help_request.c.rating <= literal_column("2")
"""A question after which one or two stars were given."""
Index(
    "ix_help_request_unhappy",
    help_request.c.rated_at,
    help_request.c.id,
    sqlite_where=UNHAPPY,
    postgresql_where=UNHAPPY,
)
Index("ix_help_request_open", help_request.c.territory_id, help_request.c.state, help_request.c.at)

code = Table(
    "code",
    metadata,
    own_id(),
    ref("contact_id", "contact.id", index=True),
    blind("phone_index", index=True),
    Column("code_hash", LargeBinary, nullable=False),
    word("purpose", 32),
    Column("sent_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    small("tries_left"),
    Column("used_at", Instant),
)

label = Table(
    "label",
    metadata,
    own_id(),
    ref("conversation_id", "conversation.id"),
    word("label", 48),
    Column("set_by", Id),
    Column("at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "label"),
)

note = Table(
    "note",
    metadata,
    own_id(),
    ref("conversation_id", "conversation.id", index=True),
    Column("staff_id", Id, nullable=False),
    sealed("text", nullable=False),
    Column("at", Instant, nullable=False),
)
