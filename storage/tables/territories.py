"""Territories, their dated policies, kindergartens and groups."""

from sqlalchemy import Column, Double, Index, Table, Text, UniqueConstraint

from storage.tables.meta import metadata, own_id, ref, small, word
from storage.types import Id, Instant, Json

territory = Table(
    "territory",
    metadata,
    own_id(),
    word("code", 64, unique=True),
    ref("parent_id", "territory.id", nullable=True, index=True),
    word("kind"),
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
)

policy = Table(
    "policy",
    metadata,
    own_id(),
    ref("territory_id", "territory.id"),
    Column("in_force_from", Instant, nullable=False),
    Column("data", Json, nullable=False),
    UniqueConstraint("territory_id", "in_force_from"),
)

kindergarten = Table(
    "kindergarten",
    metadata,
    own_id(),
    word("code", 64, unique=True),
    ref("territory_id", "territory.id"),
    Column("name", Text, nullable=False),
    word("ownership"),
    Column("address", Text),
    Column("phone", Text),
    Column("hours", Text),
    Column("website", Text),
    Column("description", Json),
    Column("languages", Json, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("closed_at", Instant),
    # Its name as it sounds (domain.spelling), by which it is found and listed.
    Column("sought", Text, nullable=False, server_default=""),
    # No foreign key: SQLite adds one only by making the table anew.
    Column("picture_file_id", Id, index=True),
)

child_group = Table(
    "child_group",
    metadata,
    own_id(),
    word("code", 64),
    ref("kindergarten_id", "kindergarten.id"),
    Column("name", Text, nullable=False),
    word("kind"),
    word("queue_kind"),
    word("language", 8),
    Column("birth_years", Json, nullable=False),
    small("capacity"),
    Column("closed_at", Instant),
    UniqueConstraint("kindergarten_id", "code"),
)

Index("ix_kindergarten_sought", kindergarten.c.territory_id, kindergarten.c.sought, kindergarten.c.id)
Index("ix_kindergarten_place", kindergarten.c.latitude, kindergarten.c.longitude)
