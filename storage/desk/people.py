"""Who it is that staff have before them: names in full, IINs and phones masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage import guardians, people, phones
from storage.applications import Application
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCard:
    """A child. `verified`: the register or staff have confirmed who it is."""

    surname: str
    name: str
    patronymic: str
    birth_date: date
    masked_iin: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentCard:
    """Who cares for the child; phones only by their last digits."""

    surname: str
    name: str
    patronymic: str
    masked_phones: tuple[str, ...]


def child_card(tx: Transaction, child_id: int) -> ChildCard:
    """The child of that id."""
    words = people.words_of_child(tx, child_id)
    return ChildCard(
        surname=words.get("surname", ""),
        name=words.get("name", ""),
        patronymic=words.get("patronymic", ""),
        birth_date=date.fromisoformat(words["birth_date"]),
        masked_iin=people.iin_of_child(tx, child_id).masked,
        verified=people.is_child_verified(tx, child_id),
    )


def parent_cards(tx: Transaction, application: Application) -> Sequence[ParentCard]:
    """The child's parents, the first to be joined first, and whoever applied."""
    joined = [each.parent_id for each in guardians.guardians_of(tx, application.child_id)]
    return [parent_card(tx, each) for each in dict.fromkeys([*joined, application.parent_id])]


def parent_card(tx: Transaction, parent_id: int) -> ParentCard:
    """The parent of that id."""
    words = people.words_of_parent(tx, parent_id)
    return ParentCard(
        surname=words.get("surname", ""),
        name=words.get("name", ""),
        patronymic=words.get("patronymic", ""),
        masked_phones=tuple(each.masked for each in phones.confirmed_phones(tx, parent_id)),
    )
