"""Questions to an operator. Their words stand in the conversation's log; here is only who waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, literal_column, select

from storage.dialects import parameters
from storage.ids import new_id
from storage.tables import help_request
from storage.transaction import Transaction

OPEN = "open"


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """Somebody waits in a conversation for an operator of a territory."""

    id: int
    conversation_id: int
    territory_id: int | None
    at: datetime


_is_open = help_request.c.state == literal_column(f"'{OPEN}'")
_ADD = insert(help_request).values(
    parameters(help_request, "id", "conversation_id", "territory_id", "at")
    | {"state": literal_column(f"'{OPEN}'")}
)
_WAITING = select(help_request.c.id).where(
    help_request.c.conversation_id == bindparam("conversation_id"), _is_open
)
_OF_TERRITORIES = (
    select(
        help_request.c.id,
        help_request.c.conversation_id,
        help_request.c.territory_id,
        help_request.c.at,
    )
    .where(help_request.c.territory_id.in_(bindparam("territory_ids", expanding=True)), _is_open)
    .order_by(help_request.c.at, help_request.c.id)
    .limit(bindparam("limit"))
)


def open_request(tx: Transaction, conversation_id: int, territory_id: int | None, at: datetime) -> int:
    """Note that a conversation waits for an operator; the request's id.

    Asking again while one waits adds nothing: the first keeps its place in the operators' list.
    """
    waiting: int | None = tx.conn.execute(_WAITING, {"conversation_id": conversation_id}).scalar()
    if waiting is not None:
        return waiting
    request_id = new_id()
    row = {"id": request_id, "conversation_id": conversation_id, "territory_id": territory_id, "at": at}
    tx.conn.execute(_ADD, row)
    return request_id


def open_in(tx: Transaction, territory_ids: list[int], limit: int = 50) -> list[HelpRequest]:
    """Who waits in these territories, the longest waiting first."""
    asked = {"territory_ids": territory_ids, "limit": limit}
    return [HelpRequest(*row) for row in tx.conn.execute(_OF_TERRITORIES, asked)]
