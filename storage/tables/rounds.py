"""What is gone through every day, how far that has come, and what the marks of places are told from."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table

from storage.tables.meta import log_id, metadata, ref, word
from storage.types import Day, Id, Instant, Json

# One row a round; `cursor` and `through` while it is under way: the last that was done, and for which day.
round_ = Table(
    "round",
    metadata,
    word("name", primary_key=True),
    Column("next_at", Instant, nullable=False),
    Column("done_through", Day, nullable=False),
    Column("through", Day),
    Column("cursor", Id),
)

# The front of a queue as it was looked at last: by application the mark that is known, 0 for none.
place_watch = Table(
    "place_watch",
    metadata,
    Column("queue_id", Id, ForeignKey("queue.id"), primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("known", Json, nullable=False),
)

# Found at a mark and yet to be told, when the whole round is through: siblings are told of together.
place_crossing = Table(
    "place_crossing",
    metadata,
    log_id(),
    ref("application_id", "application.id", index=True),
    Column("at", Instant, nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("mark", Integer, nullable=False),
)
