"""The newest instant that a database has written down: `now` is never told earlier than that."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.tables import message, place_event, queue
from storage.types import EPOCH


def newest_instant(conn: Connection) -> datetime:
    """The latest instant that the log or the place journal holds; 1970 for an empty database."""
    last_message = select(message.c.at).order_by(message.c.id.desc()).limit(1)
    last_event = select(func.max(place_event.c.at, type_=place_event.c.at.type)).join(
        queue,
        (queue.c.id == place_event.c.queue_id) & (queue.c.last_sequence == place_event.c.sequence),
    )
    found = (conn.execute(last_message).scalar(), conn.execute(last_event).scalar())
    return max((instant for instant in found if instant is not None), default=EPOCH)
