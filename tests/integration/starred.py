"""Questions that were closed, and rated or not, at known instants."""

from datetime import datetime

from storage.centre.closing import BY_PARENT
from storage.ids import new_id
from storage.journal import by_staff
from storage.tables import conversation, help_request
from storage.transaction import Transaction
from tests.integration.rows import add, add_conversation


def closed(
    tx: Transaction,
    by: int | None,
    at: datetime,
    *,
    place: int | None = None,
    stars: int | None = None,
    rated_at: datetime | None = None,
) -> int:
    """A question of a chat of its own, closed by one of the staff (None: by the parent); the chat."""
    chat = add_conversation(tx, str(new_id()))
    tx.conn.execute(conversation.update().where(conversation.c.id == chat).values(territory_id=place))
    add(
        tx,
        help_request,
        conversation_id=chat,
        territory_id=place,
        at=at,
        state="closed",
        closed_at=at,
        closed_by=BY_PARENT if by is None else by_staff(by),
        rating=stars,
        rated_at=None if stars is None else rated_at or at,
    )
    return chat
