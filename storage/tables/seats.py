"""Published lists and bulletins, seats, access, and what parents hold: claims and referrals."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    UniqueConstraint,
    literal_column,
    text,
)

from storage.tables.meta import metadata, own_id, ref, sealed, small, word
from storage.types import Day, Id, Instant, Json

seat_list = Table(
    "seat_list",
    metadata,
    own_id(),
    ref("territory_id", "territory.id"),
    Column("publish_at", Instant, nullable=False, index=True),
    Column("opens_at", Instant, nullable=False),
    Column("priority_ends_at", Instant, nullable=False),
    Column("access_made_at", Instant),
    word("late_reason", nullable=True),
    Column("privileges_asked_at", Instant),
    UniqueConstraint("territory_id", "publish_at"),
    CheckConstraint("publish_at <= opens_at AND opens_at <= priority_ends_at", name="order"),
    # When parents were told that it came out, and that it is open to everyone; up to which of them.
    Column("published_told_at", Instant),
    Column("everyone_told_at", Instant),
    Column("told_through", Id),
)
_unmade = seat_list.c.access_made_at.is_(None)
Index("ix_seat_list_unmade", seat_list.c.opens_at, sqlite_where=_unmade, postgresql_where=_unmade)
_unpublished = seat_list.c.published_told_at.is_(None)
Index(
    "ix_seat_list_published_untold",
    seat_list.c.publish_at,
    sqlite_where=_unpublished,
    postgresql_where=_unpublished,
)
_not_to_everyone = seat_list.c.everyone_told_at.is_(None) & seat_list.c.access_made_at.is_not(None)
Index(
    "ix_seat_list_everyone_untold",
    seat_list.c.priority_ends_at,
    sqlite_where=_not_to_everyone,
    postgresql_where=_not_to_everyone,
)

# Who is to have access to a list, in order, while that is being written a few rows at a time: nobody can
# take a seat before the list says that its access is made, and then this row is gone.
access_plan = Table(
    "access_plan",
    metadata,
    Column("list_id", Id, ForeignKey("seat_list.id"), primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("applications", Json, nullable=False),
    Column("written", Integer, nullable=False),
)

bulletin = Table(
    "bulletin",
    metadata,
    own_id(),
    ref("list_id", "seat_list.id", index=True),
    ref("group_id", "child_group.id", index=True),
    ref("territory_id", "territory.id", index=True),
    word("queue_kind"),
    word("group_kind"),
    word("language", 8),
    Column("birth_years", Json, nullable=False),
    small("total_seats"),
    word("seat_kind"),
    word("cause", nullable=True),
    Column("released_on", Day, nullable=False),
    Column("reported_at", Instant, nullable=False),
    word("published_by_role"),
    Column("published_by", Id),
    Column("recalled_at", Instant),
    word("recall_reason", 48, nullable=True),
)

seat = Table(
    "seat",
    metadata,
    own_id(),
    ref("bulletin_id", "bulletin.id"),
    small("position"),
    # No foreign key: claim refers to seat, and a circle could not be made on SQLite in two steps.
    Column("claim_id", Id, unique=True),
    Column("held_until", Instant),
    Column("recalled_at", Instant),
    # Its bulletin's: what is free is looked for by place. No foreign key, for the bulletin has it.
    Column("territory_id", Id, nullable=False, server_default="0"),
    UniqueConstraint("bulletin_id", "position"),
)
UNCLAIMED = seat.c.recalled_at.is_(None) & seat.c.claim_id.is_(None)
"""Nobody's, since nobody has claimed it. Use this very condition: it has an index."""

_on_hold = seat.c.recalled_at.is_(None) & seat.c.held_until.is_not(None)
Index(
    "ix_seat_unclaimed",
    seat.c.territory_id,
    seat.c.bulletin_id,
    sqlite_where=UNCLAIMED,
    postgresql_where=UNCLAIMED,
)
Index(
    "ix_seat_held",
    seat.c.territory_id,
    seat.c.held_until,
    seat.c.bulletin_id,
    sqlite_where=_on_hold,
    postgresql_where=_on_hold,
)

access = Table(
    "access",
    metadata,
    ref("list_id", "seat_list.id"),
    ref("application_id", "application.id", index=True),
    Column("made_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("counted_at", Instant),
    # When the family was reminded of its last evening, or it was seen that there is no need.
    Column("reminded_at", Instant),
    PrimaryKeyConstraint("list_id", "application_id"),
)
_untold_access = access.c.told_at.is_(None)
Index("ix_access_untold", access.c.list_id, sqlite_where=_untold_access, postgresql_where=_untold_access)
_uncounted = access.c.counted_at.is_(None)
Index("ix_access_uncounted", access.c.ends_at, sqlite_where=_uncounted, postgresql_where=_uncounted)

LAST_EVENING = access.c.reminded_at.is_(None) & access.c.counted_at.is_(None)
"""Still to be reminded of its last evening. Use this very condition: it has an index."""

Index("ix_access_last_evening", access.c.ends_at, sqlite_where=LAST_EVENING, postgresql_where=LAST_EVENING)

# Asked whether a seat is still wanted after periods of access without an answer; gone with the answer.
silence = Table(
    "silence",
    metadata,
    Column("application_id", Id, ForeignKey("application.id"), primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
    Column("pause_at", Instant, nullable=False, index=True),
)

claim = Table(
    "claim",
    metadata,
    own_id(),
    ref("seat_id", "seat.id"),
    ref("application_id", "application.id", index=True),
    ref("child_id", "child.id"),
    word("state"),
    Column("taken_at", Instant, nullable=False),
    Column("held_until", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("activate_by", Instant),
    Column("ended_at", Instant),
    word("end_reason", 48, nullable=True),
    # The claim of the other twin: each of the two names the other.
    Column("twin_of", Id),
    # A claim that is over cannot look alive, nor the other way round.
    CheckConstraint("(state IN ('held', 'applied', 'referred')) = (ended_at IS NULL)", name="live"),
    # What staff wrote to the parent when they ended it.
    sealed("reason"),
    # When the family was told that it had ended by itself.
    Column("told_at", Instant),
    # When its seat, come back after a confirmation, was put on a list again.
    Column("returned_at", Instant),
    # The last day there of an enrolled child that has left, and why.
    Column("left_on", Day),
    word("left_why", 32, nullable=True),
    # When the family was told that the hold runs out, or it was seen that there is no need.
    Column("warned_at", Instant),
)

_live = claim.c.ended_at.is_(None)
_taken = _live | (claim.c.state == literal_column("'enrolled'"))
Index(
    "uq_claim_live_child",
    claim.c.child_id,
    unique=True,
    sqlite_where=_live,
    postgresql_where=_live,
)
Index(
    "uq_claim_taken_seat",
    claim.c.seat_id,
    unique=True,
    sqlite_where=_taken,
    postgresql_where=_taken,
)
Index("ix_claim_child_id", claim.c.child_id)
_held = claim.c.state == literal_column("'held'")
Index("ix_claim_held", claim.c.held_until, sqlite_where=_held, postgresql_where=_held)
UNWARNED = _held & claim.c.warned_at.is_(None)
"""Still to be told that it runs out. Use this very condition: it has an index."""

Index("ix_claim_unwarned", claim.c.held_until, sqlite_where=UNWARNED, postgresql_where=UNWARNED)
_untold = claim.c.state.in_([literal_column("'lapsed'"), literal_column("'expired'")]) & (
    claim.c.told_at.is_(None)
)
Index("ix_claim_untold", claim.c.ended_at, sqlite_where=_untold, postgresql_where=_untold)
RETURNING = (
    claim.c.confirmed_at.is_not(None)
    & claim.c.ended_at.is_not(None)
    & claim.c.returned_at.is_(None)
    & (claim.c.state != literal_column("'enrolled'"))
)
"""Its seat came back after a confirmation and is on no list yet. Use this very condition: it has an index."""

Index("ix_claim_returning", claim.c.ended_at, sqlite_where=RETURNING, postgresql_where=RETURNING)

referral = Table(
    "referral",
    metadata,
    own_id(),
    Column("number", Id, nullable=False, unique=True),
    ref("claim_id", "claim.id", unique=True),
    Column("issued_at", Instant, nullable=False, index=True),
    Column("valid_through", Day, nullable=False),
    Column("ends_at", Instant, nullable=False),
    # What the policy at issue gives it; the last day is kept when another one takes its place.
    Column("terms", Json, nullable=False),
    word("state"),
    Column("ended_at", Instant),
    Column("contract_at", Instant),
    Column("original_last_day", Day),
    # Of its seat: what was issued in a territory is found without looking at everything else.
    Column("territory_id", Id),
    Column("ticked", Json),
    # When it is looked at next, whether its family is to be reminded of its end; NULL: never again.
    Column("remind_at", Instant),
    # What fell due until then was told or need not be; which reminder of this last day was told last.
    Column("reminded_at", Instant),
    word("reminded", nullable=True),
    Index("ix_referral_territory_id_issued_at", "territory_id", "issued_at"),
)
_running = referral.c.ended_at.is_(None)
Index("ix_referral_running", referral.c.ends_at, sqlite_where=_running, postgresql_where=_running)
_to_remind = referral.c.remind_at.is_not(None)
Index("ix_referral_to_remind", referral.c.remind_at, sqlite_where=_to_remind, postgresql_where=_to_remind)

extension = Table(
    "extension",
    metadata,
    own_id(),
    ref("referral_id", "referral.id"),
    small("days"),
    word("state"),
    Column("asked_at", Instant, nullable=False),
    Column("decided_at", Instant),
    sealed("note"),
    Column("nth", SmallInteger, nullable=False, server_default=text("1")),
    # What the department wrote to the parent when it took the extension back.
    sealed("reason"),
    CheckConstraint("days BETWEEN 1 AND 366", name="days"),
)
_asked = extension.c.state != literal_column("'refused'")
Index(
    "uq_extension_nth",
    extension.c.referral_id,
    extension.c.nth,
    unique=True,
    sqlite_where=_asked,
    postgresql_where=_asked,
)

suspension = Table(
    "suspension",
    metadata,
    own_id(),
    ref("child_id", "child.id"),
    ref("territory_id", "territory.id"),
    word("kind"),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    ref("referral_id", "referral.id", nullable=True),
    CheckConstraint("starts_at <= ends_at", name="order"),
)
Index("ix_suspension_child", suspension.c.child_id, suspension.c.territory_id, suspension.c.ends_at)
