"""Territories that are not there, or make no tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.errors.base import Refused


class TerritoryRefused(Refused):
    """A territory, or the tree of them, is not as it has to be."""


@dataclass(unsafe_hash=True)
class TerritoryUnknown(TerritoryRefused):
    """No territory of that id."""

    territory_id: int


class TreeFault(str, Enum):
    """Why rows do not make a tree."""

    DUPLICATE = "duplicate"
    NO_SUCH_PARENT = "no_such_parent"
    CIRCLE = "circle"
    NO_NAME = "no_name"


@dataclass(unsafe_hash=True)
class TreeBroken(TerritoryRefused):
    """The row of that territory does not fit into the tree."""

    territory_id: int
    reason: TreeFault
