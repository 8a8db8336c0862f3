"""Who does what is done in a turn: the parent, or one of the staff in the parent's stead."""

from typing import Any

from bot.conversation.turn import Turn
from domain.assisting import CHANNEL, Helping, helping_at
from domain.staff import StaffRole
from storage import journal


def is_assisted(turn: Turn) -> bool:
    """Whether one of the staff types here for a family on the telephone."""
    return turn.incoming.address.channel == CHANNEL


def helper_of(turn: Turn) -> Helping | None:
    """Who helps here; None where the family itself writes."""
    return helping_at(turn.incoming.address.chat) if is_assisted(turn) else None


def doer(turn: Turn, parent_id: int) -> str:
    """As the journal names whoever does it for a parent."""
    helping = helper_of(turn)
    return journal.by_parent(parent_id) if helping is None else journal.by_staff(helping.staff_id)


def as_noted(turn: Turn, data: dict[str, Any]) -> dict[str, Any]:
    """What the journal is told beside it: of staff, also the role."""
    return {**data, "role": StaffRole.OPERATOR.value} if is_assisted(turn) else data
