"""A policy that is wrong, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.errors.base import Refused


class PolicyRefused(Refused):
    """A policy is wrong or absent."""


class PolicyFault(str, Enum):
    """What is wrong with a field of a policy."""

    UNKNOWN_FIELD = "unknown_field"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_CHOICE = "not_a_choice"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"


@dataclass(unsafe_hash=True)
class PolicyInvalid(PolicyRefused):
    """`field` is the path to the wrong value: `privileges[2].proof`."""

    field: str
    reason: PolicyFault


@dataclass(unsafe_hash=True)
class NoPolicyInForce(PolicyRefused):
    """No policy of the territory was in force at that instant."""

    at: datetime
