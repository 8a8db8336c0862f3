"""Staff of kindergartens and departments, what they may see, and their console sessions."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, LargeBinary, Table, Text

from storage.tables.meta import metadata, own_id, ref, sealed, small, word
from storage.types import Instant

staff = Table(
    "staff",
    metadata,
    own_id(),
    word("login", 64, unique=True),
    Column("password_hash", Text, nullable=False),
    word("role"),
    sealed("name"),
    word("language", 8),
    sealed("totp"),
    small("failed_tries"),
    Column("locked_until", Instant),
    Column("disabled_at", Instant),
    Column("created_at", Instant, nullable=False),
    # The languages that an operator answers in: codes with commas between them.
    word("languages", 16, server_default="kk,ru,en"),
    # Since when an operator takes questions; nobody is assigned any while it is empty.
    Column("on_duty_since", Instant),
    Column("password_changed_at", Instant),
    # The time step of the last one-time code that was taken: none is good twice.
    Column("totp_used", BigInteger),
    # The password was made for this login and opens nothing but its own change; good until then.
    Column("password_once_until", Instant),
)

staff_right = Table(
    "staff_right",
    metadata,
    own_id(),
    ref("staff_id", "staff.id"),
    ref("territory_id", "territory.id", nullable=True),
    ref("kindergarten_id", "kindergarten.id", nullable=True),
    CheckConstraint("(territory_id IS NULL) <> (kindergarten_id IS NULL)", name="one"),
)
Index(
    "uq_staff_right_territory",
    staff_right.c.staff_id,
    staff_right.c.territory_id,
    unique=True,
)
Index(
    "uq_staff_right_kindergarten",
    staff_right.c.staff_id,
    staff_right.c.kindergarten_id,
    unique=True,
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("id_hash", LargeBinary, primary_key=True),
    ref("staff_id", "staff.id", index=True),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("confirmed_at", Instant),
    word("csrf", 64),
    Column("from_where", Text),
    Column("agent", Text),
)

staff_form = Table(
    "staff_form",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("led_to", Text, nullable=False),
)
"""The console's forms that have had their effect: one that comes again has none."""
