"""Whether a conversation may be seen by somebody whose rights reach some territories."""

from collections.abc import Collection

from sqlalchemy import bindparam, exists, or_, select

from storage.dialects import is_one_of
from storage.tables import conversation, staff_right, territory
from storage.transaction import Transaction
from storage.types import Id
from storage.upwards import upwards

# Whoever has named no territory yet may ask any centre.
_OF_NOWHERE = conversation.c.territory_id.is_(None)
IN_REACH = or_(_OF_NOWHERE, is_one_of(conversation.c.territory_id, "territories"))
"""For statements: a conversation belongs to one of `territories`, or to none."""

_IT = conversation.c.id == bindparam("of_conversation", type_=Id)
_WITHIN = select(conversation.c.id).where(_IT, IN_REACH)
_above = upwards(_IT, territory.join(conversation, conversation.c.territory_id == territory.c.id))
_own = (staff_right.c.staff_id == bindparam("of_staff", type_=Id), staff_right.c.territory_id.is_not(None))
_WITHIN_RIGHTS = select(conversation.c.id).where(
    _IT,
    or_(
        _OF_NOWHERE,
        ~exists().where(*_own),
        exists().where(*_own, staff_right.c.territory_id.in_(select(_above.c.id))),
    ),
)


def is_within_rights(tx: Transaction, conversation_id: int, staff_id: int) -> bool:
    """Whether an operator or an admin may see it, asked from the conversation's end.

    The answer of `is_within` for their reach, without reading all territories: pages that are open ask
    whenever something is new.
    """
    asked = {"of_conversation": conversation_id, "of_staff": staff_id}
    return tx.conn.execute(_WITHIN_RIGHTS, asked).first() is not None


def is_within(tx: Transaction, conversation_id: int, territories: Collection[int]) -> bool:
    """Whether it belongs to one of these territories, or to none; False for one that is not there."""
    asked = {"of_conversation": conversation_id, "territories": territories}
    return tx.conn.execute(_WITHIN, asked).first() is not None
