"""Whether a conversation may be seen by somebody whose rights reach some territories."""

from collections.abc import Collection

from sqlalchemy import bindparam, or_, select

from storage.tables import conversation
from storage.transaction import Transaction
from storage.types import Id

_WITHIN = select(conversation.c.id).where(
    conversation.c.id == bindparam("of_conversation", type_=Id),
    or_(
        # Whoever has named no territory yet may ask any centre.
        conversation.c.territory_id.is_(None),
        conversation.c.territory_id.in_(bindparam("territories", type_=Id, expanding=True)),
    ),
)


def is_within(tx: Transaction, conversation_id: int, territories: Collection[int]) -> bool:
    """Whether it belongs to one of these territories, or to none; False for one that is not there."""
    asked = {"of_conversation": conversation_id, "territories": list(territories)}
    return tx.conn.execute(_WITHIN, asked).first() is not None
