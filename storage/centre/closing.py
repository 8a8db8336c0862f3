"""Questions that are over, and whether the parent found that we helped."""

from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, literal_column, select, update

from storage.centre.line import CLOSED, HelpRequest
from storage.dialects import parameters
from storage.tables import CLOSED_BY_STAFF, help_request
from storage.transaction import Transaction
from storage.types import Id

BY_PARENT = "parent"
_CLOSED: ColumnElement[str] = literal_column(f"'{CLOSED}'")
_CLOSE = (
    update(help_request)
    .where(help_request.c.id == bindparam("of_request", type_=Id))
    .values(
        parameters(help_request, "closed_at", "closed_by")
        | {"state": _CLOSED, "waits_since": None, "alarm_at": None, "alarmed_at": None}
    )
)
_ASKED = (
    help_request.c.id == bindparam("of_request", type_=Id),
    help_request.c.conversation_id == bindparam("of_conversation", type_=Id),
    help_request.c.state == _CLOSED,
    CLOSED_BY_STAFF,
)
_RATING = select(help_request.c.rating).where(*_ASKED)
_RATE = (
    update(help_request)
    .where(*_ASKED, help_request.c.rating.is_(None))
    .values(parameters(help_request, "rating", "rated_at"))
)


def close(tx: Transaction, request: HelpRequest, by: str) -> None:
    """End a question, which is locked. `by`: the actor of the staff, or BY_PARENT."""
    tx.conn.execute(_CLOSE, {"of_request": request.id, "closed_at": tx.now, "closed_by": by})


def can_be_rated(tx: Transaction, conversation_id: int, request_id: int) -> bool:
    """Whether it is a question of this conversation that one of the staff has closed."""
    asked = {"of_request": request_id, "of_conversation": conversation_id}
    return tx.conn.execute(_RATING, asked).first() is not None


def rate(tx: Transaction, conversation_id: int, request_id: int, stars: int, at: datetime) -> bool:
    """Keep how well we helped, 1 to 5, the first time that it is said; whether it was."""
    said = {"of_request": request_id, "of_conversation": conversation_id, "rating": stars, "rated_at": at}
    return tx.conn.execute(_RATE, said).rowcount == 1
