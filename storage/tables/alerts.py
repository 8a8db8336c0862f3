"""Which free seats parents want to be told of when they come out."""

from sqlalchemy import Column, Index, Table

from storage.tables.meta import metadata, own_id, ref, small, word
from storage.types import Instant, Json

# Empty columns leave that open. Of a home within reach of which seats are wanted only the kindergartens are
# kept that were there, never the point.
alert = Table(
    "alert",
    metadata,
    own_id(),
    ref("parent_id", "parent.id", index=True),
    ref("territory_id", "territory.id"),
    word("queue_kind", nullable=True),
    small("birth_year", nullable=True),
    Column("languages", Json, nullable=False),
    Column("houses", Json),
    Column("created_at", Instant, nullable=False),
)
Index("ix_alert_territory", alert.c.territory_id, alert.c.id)
