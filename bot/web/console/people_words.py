"""People as the pages name them."""

from bot.flows.names import full
from storage.desk.people import ChildCard, ParentCard


def full_name(card: ChildCard | ParentCard) -> str:
    """Surname, given name and patronymic; "" where none is known."""
    return full(card.surname, card.name, card.patronymic)
