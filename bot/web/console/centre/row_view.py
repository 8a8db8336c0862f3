"""A conversation of the inbox as the pages have it: the same data for the template and for the live feed.

It is in no language, so that the feed makes it once for everybody: pages put it into words.
"""

from datetime import datetime
from typing import Any

from storage.centre.inbox_rows import InboxRow

Shown = dict[str, Any]


def shown(row: InboxRow) -> Shown:
    """Plain data. Ids are text, as JavaScript's numbers are too short; instants are milliseconds."""
    last = row.last
    return {
        "id": str(row.id),
        "territory": None if row.territory_id is None else str(row.territory_id),
        "channel": row.channel,
        "language": row.language,
        "signed_in": row.signed_in,
        # When the parent was last there: by this the list goes. What is read has a time of its own.
        "at": milliseconds(row.last_at),
        "said": milliseconds(last.at if last else row.last_at),
        "by": last.by if last else None,
        "text": last.text if last else "",
        "waits": milliseconds(row.waits_since),
        "alarm": milliseconds(row.alarm_at),
        "assigned": row.assigned_to,
        "drives": row.driven_by,
        "looks": [{"login": each.login, "types": each.types} for each in row.present],
        "labels": list(row.labels),
        "failed": row.failed,
    }


def milliseconds(at: datetime | None) -> int | None:
    """Since 1970, as JavaScript counts; None for no instant."""
    return None if at is None else int(at.timestamp() * 1000)
