"""A parent as others may see them."""

from bot.flows.names import short
from storage import people
from storage.transaction import Transaction


def short_name(tx: Transaction, parent_id: int) -> str:
    """Given name and initial; empty while no name is known."""
    words = people.words_of_parent(tx, parent_id)
    return short(words.get("name", ""), words.get("surname", ""))
