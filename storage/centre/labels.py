"""Labels on conversations: short words that staff find them by."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.centre.within import IN_REACH
from storage.dialects import inserts
from storage.ids import new_id
from storage.tables import conversation, label
from storage.transaction import Transaction
from storage.types import Id

LONGEST = 48
OFFERED = 40
_LOOKED_THROUGH = 500

_OF_CONVERSATION = (
    select(label.c.label)
    .where(label.c.conversation_id == bindparam("of_conversation", type_=Id))
    .order_by(label.c.at, label.c.id)
)
_ADD = {
    dialect: each.on_conflict_do_nothing(index_elements=["conversation_id", "label"])
    for dialect, each in inserts(label).items()
}
_REMOVE = delete(label).where(
    label.c.conversation_id == bindparam("of_conversation", type_=Id),
    label.c.label == bindparam("word"),
)
# Ids are random, so the first of them are a sample, in which the usual words are found however many
# conversations there are.
_sample = (
    select(label.c.label, label.c.conversation_id).order_by(label.c.id).limit(_LOOKED_THROUGH).subquery()
)
_IN_USE = (
    select(_sample.c.label)
    .join(conversation, conversation.c.id == _sample.c.conversation_id)
    .where(IN_REACH)
    .distinct()
    .order_by(_sample.c.label)
    .limit(OFFERED)
)


def of_conversation(tx: Transaction, conversation_id: int) -> list[str]:
    """The labels, the first to be put on first."""
    return list(tx.conn.execute(_OF_CONVERSATION, {"of_conversation": conversation_id}).scalars())


def in_use(tx: Transaction, territories: Collection[int]) -> list[str]:
    """Words that are used as labels in these territories, in their order."""
    return list(tx.conn.execute(_IN_USE, {"territories": territories}).scalars())


def add(tx: Transaction, conversation_id: int, word: str, staff_id: int, at: datetime) -> bool:
    """Put a label on; False if it is there already."""
    row = {
        "id": new_id(),
        "conversation_id": conversation_id,
        "label": word,
        "set_by": staff_id,
        "at": at,
    }
    return tx.conn.execute(_ADD[tx.dialect], row).rowcount == 1


def remove(tx: Transaction, conversation_id: int, word: str) -> bool:
    """Take a label off; False if it is not there."""
    asked = {"of_conversation": conversation_id, "word": word}
    return tx.conn.execute(_REMOVE, asked).rowcount == 1
