"""A policy as plain data, for the database, for files, and to be read by anyone."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import Any

from domain.application import QueueClass
from domain.errors import PolicyInvalid
from domain.plain_data import table
from domain.policy import Policy
from domain.policy_readers import READERS
from domain.publication_pause import MonthDay

# In data the name of a length of time says its unit.
_KEYS = {"hold": "hold_seconds"}


def from_data(data: Mapping[str, object]) -> Policy:
    """The policy; a field that is left out has its default. Raises PolicyInvalid."""
    keys = {_key(field): field for field in READERS}
    given = table(data, "", needs=set(), knows=set(keys))
    values = {keys[key]: READERS[keys[key]](value, key) for key, value in given.items()}
    try:
        return Policy(**values)
    except PolicyInvalid as invalid:
        raise PolicyInvalid(_key(invalid.field), invalid.reason) from None


def to_data(policy: Policy) -> dict[str, Any]:
    """Every field of the policy, as JSON can write it; `from_data` gives the same policy."""
    return {_key(field): _plain(getattr(policy, field)) for field in READERS}


def _key(field: str) -> str:
    return _KEYS.get(field, field)


def _plain(value: object) -> object:
    match value:
        case QueueClass():
            return value.name.lower()
        case Enum():
            return value.value
        case timedelta():
            return int(value.total_seconds())
        case date() | time():
            return value.isoformat()
        case MonthDay():
            return f"{value.month:02}-{value.day:02}"
        case frozenset():
            return [_plain(each) for each in sorted(value)]
        case tuple():
            return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
