"""What is sent when, agreed on by all processes that deliver together: the instants they have given out.

Nothing here has to survive a crash, so its commits need not wait for the disk.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, literal_column, select, update

from domain.pace import Asked, Given, Pace, Sent, give
from storage.dialects import inserts, parameters
from storage.tables import pace as pace_table
from storage.tables import paced_chat
from storage.transaction import Transaction
from storage.types import Instant

_OF_CHANNEL = pace_table.c.channel == bindparam("of_channel")
_LOCKED = (
    select(
        pace_table.c.newest,
        pace_table.c.held_until,
        func.set_config("synchronous_commit", "off", literal_column("true")),
    )
    .where(_OF_CHANNEL)
    .with_for_update()
)
_FIRST = {
    dialect: insert.values(parameters(pace_table, "channel", "newest")).on_conflict_do_nothing()
    for dialect, insert in inserts(pace_table).items()
}
_NEWEST = (
    update(pace_table).where(_OF_CHANNEL).values(newest=bindparam("newest", type_=pace_table.c.newest.type))
)
_held_until = bindparam("until", type_=Instant())
_HOLD = (
    update(pace_table)
    .where(_OF_CHANNEL)
    .values(held_until=func.greatest(func.coalesce(pace_table.c.held_until, _held_until), _held_until))
)
_CHATS = select(paced_chat.c.conversation_id, paced_chat.c.free_at).where(
    paced_chat.c.channel == bindparam("of_channel"),
    paced_chat.c.conversation_id.in_(bindparam("ids", expanding=True)),
)
_insert = inserts(paced_chat)["postgresql"]
_REMEMBER = _insert.values(parameters(paced_chat, "channel", "conversation_id", "free_at"))
_REMEMBER = _REMEMBER.on_conflict_do_update(
    index_elements=["channel", "conversation_id"], set_={"free_at": _REMEMBER.excluded.free_at}
)
_FORGET = delete(paced_chat).where(paced_chat.c.free_at < bindparam("before", type_=Instant()))


class Reserved(NamedTuple):
    """What was given to each, and by the server's clock: when that was, and until when nobody may send."""

    given: list[Given]
    now: float
    held_until: float


def reserve(tx: Transaction, channel: str, pace: Pace, asked: Sequence[Asked[int]]) -> Reserved:
    """Instants, in seconds of the server's clock, for messages to these conversations. On PostgreSQL only."""
    row = _locked(tx, channel)
    found = tx.conn.execute(_CHATS, {"of_channel": channel, "ids": [each.chat for each in asked]})
    sent = Sent(list(row.newest), {chat: free_at.timestamp() for chat, free_at in found})
    server_time = tx.ask_server_time()
    assert server_time is not None
    now, held = server_time.timestamp(), row.held_until.timestamp() if row.held_until else 0.0
    given = give(pace, sent, asked, now, held)
    granted = sorted({each.chat for each, got in zip(asked, given, strict=True) if got.at is not None})
    if granted:
        tx.conn.execute(_NEWEST, {"of_channel": channel, "newest": sent.newest})
        rows = [_row(channel, chat, sent.chats[chat]) for chat in granted]
        tx.conn.execute(_REMEMBER, rows)
    return Reserved(given, now, held)


def hold(tx: Transaction, channel: str, span: timedelta) -> None:
    """Let nobody send anything for a while: the channel has asked for it. On PostgreSQL only."""
    _locked(tx, channel)
    server_time = tx.ask_server_time()
    assert server_time is not None
    tx.conn.execute(_HOLD, {"of_channel": channel, "until": server_time + span})


def forget(tx: Transaction, before: datetime) -> int:
    """Forget the chats that were free before an instant, by the server's clock; how many."""
    return tx.conn.execute(_FORGET, {"before": before}).rowcount


def _locked(tx: Transaction, channel: str) -> Any:
    row = tx.conn.execute(_LOCKED, {"of_channel": channel}).first()
    if row is None:
        tx.conn.execute(_FIRST[tx.dialect], {"channel": channel, "newest": []})
        row = tx.conn.execute(_LOCKED, {"of_channel": channel}).one()
    return row


def _row(channel: str, conversation_id: int, free_at: float) -> dict[str, Any]:
    return {
        "channel": channel,
        "conversation_id": conversation_id,
        "free_at": datetime.fromtimestamp(free_at, UTC),
    }
