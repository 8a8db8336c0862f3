"""Chats of parents, for what operators do with them."""

from storage import conversations
from storage.transaction import Transaction


def a_chat(
    tx: Transaction, parent_id: int | None, *, address: str = "1001", territory_id: int | None = None
) -> int:
    """A conversation in Telegram; its id."""
    entered = conversations.enter(tx, "telegram", address)
    changed = {"parent_id": parent_id, "territory_id": territory_id}
    conversations.update_contact(tx, entered.contact_id, **changed)
    return entered.conversation_id
