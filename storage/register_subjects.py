"""Whom the state register is asked about: a parent or a child, each a row with the same columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Table

from storage.tables import child, parent


class Whose(str, Enum):
    """Which of the two."""

    PARENT = "parent"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Subject:
    """One of them, by the id of the row."""

    whose: Whose
    id: int

    @property
    def table(self) -> Table:
        """Where the row stands."""
        return TABLES[self.whose]

    @property
    def column(self) -> str:
        """What other tables call a reference to it."""
        return f"{self.whose.value}_id"


TABLES: Mapping[Whose, Table] = {Whose.PARENT: parent, Whose.CHILD: child}


def the_parent(parent_id: int) -> Subject:
    """A parent as a subject."""
    return Subject(Whose.PARENT, parent_id)


def the_child(child_id: int) -> Subject:
    """A child as a subject."""
    return Subject(Whose.CHILD, child_id)
