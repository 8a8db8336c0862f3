"""What a channel says later of a message it took: it arrived, was read, or could not be delivered."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, update

from storage.tables import delivery, message
from storage.transaction import Transaction
from storage.types import Instant

Receipt = Literal["delivered", "read", "failed"]

_at = bindparam("at", type_=Instant())
_OF_MESSAGE = update(delivery).where(
    delivery.c.channel == bindparam("of_channel"),
    delivery.c.external_id == bindparam("of_external_id"),
)


def _word(state: str) -> ColumnElement[str]:
    return literal_column(f"'{state}'")


# Receipts come twice and in any order: none takes back what a stronger one has said.
_RECEIPTS = {
    "delivered": _OF_MESSAGE.where(delivery.c.state == _word("sent")).values(
        state=_word("delivered"), delivered_at=_at
    ),
    "read": _OF_MESSAGE.where(delivery.c.state.in_([_word("sent"), _word("delivered")])).values(
        state=_word("read"),
        delivered_at=func.coalesce(delivery.c.delivered_at, _at),
        read_at=_at,
    ),
    "failed": _OF_MESSAGE.where(delivery.c.state == _word("sent")).values(
        state=_word("failed"), error=bindparam("error")
    ),
}


def receive(
    tx: Transaction,
    channel: str,
    external_id: str,
    receipt: Receipt,
    at: datetime,
    error: str | None = None,
) -> bool:
    """Note a receipt for the message that the channel knows by `external_id`; whether it changed
    anything. Only for channels whose ids are unique over all chats.
    """
    asked = {"of_channel": channel, "of_external_id": external_id}
    said = {"error": error} if receipt == "failed" else {"at": at}
    return tx.conn.execute(_RECEIPTS[receipt], asked | said).rowcount > 0


_LOOKED_AT = 50
"""So many of the newest messages of a conversation are looked through: what is above was seen before."""
_above = (
    select(message.c.id)
    .where(message.c.conversation_id == bindparam("of_conversation"), message.c.id <= bindparam("down_to"))
    .order_by(message.c.id.desc())
    .limit(_LOOKED_AT)
)
_READ_DOWN_TO = (
    update(delivery)
    .where(
        delivery.c.message_id.in_(_above),
        delivery.c.channel == bindparam("of_channel"),
        delivery.c.notice_id.is_not(None),
        delivery.c.state.in_([_word("pending"), _word("sent"), _word("delivered")]),
    )
    .values(
        state=_word("read"),
        sent_at=func.coalesce(delivery.c.sent_at, _at),
        delivered_at=func.coalesce(delivery.c.delivered_at, _at),
        read_at=_at,
    )
)


def read_down_to(tx: Transaction, channel: str, conversation_id: int, message_id: int, at: datetime) -> None:
    """The notices of a conversation were read, down to this message: where a page shows the log itself."""
    asked = {"of_channel": channel, "of_conversation": conversation_id, "down_to": message_id, "at": at}
    tx.conn.execute(_READ_DOWN_TO, asked)
