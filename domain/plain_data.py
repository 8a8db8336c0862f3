"""Reading plain data (of JSON or TOML) into typed values; a wrong one is named by its path.

TOML already knows dates and times, JSON writes them as text: both are read.
Every reader raises PolicyInvalid.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar

from domain.errors import PolicyFault, PolicyInvalid

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Reader = Callable[[object, str], T]


def integer(value: object, path: str) -> int:
    """A whole number; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise PolicyInvalid(path, PolicyFault.WRONG_TYPE)
    return value


def boolean(value: object, path: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise PolicyInvalid(path, PolicyFault.WRONG_TYPE)
    return value


def text(value: object, path: str) -> str:
    """Text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise PolicyInvalid(path, PolicyFault.WRONG_TYPE)
    return value


def clock_time(value: object, path: str) -> time:
    """A time of day: `18:00`."""
    return value if isinstance(value, time) else _iso(time.fromisoformat, value, path)


def day(value: object, path: str) -> date:
    """A day: `2026-11-20`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _iso(date.fromisoformat, value, path)


def choice(kind: type[E]) -> Reader[E]:
    """A reader of one of the values of an enumeration."""

    def read(value: object, path: str) -> E:
        try:
            return kind(text(value, path))
        except ValueError:
            raise PolicyInvalid(path, PolicyFault.NOT_A_CHOICE) from None

    return read


def several(read_one: Reader[T]) -> Reader[tuple[T, ...]]:
    """A reader of a list."""

    def read(value: object, path: str) -> tuple[T, ...]:
        if not isinstance(value, (list, tuple)):
            raise PolicyInvalid(path, PolicyFault.WRONG_TYPE)
        return tuple(read_one(each, f"{path}[{index}]") for index, each in enumerate(value))

    return read


def table(value: object, path: str, *, needs: set[str], knows: set[str]) -> Mapping[str, object]:
    """A table that has every field it needs, and none that nobody knows."""
    if not isinstance(value, Mapping):
        raise PolicyInvalid(path, PolicyFault.WRONG_TYPE)
    for field in sorted(needs - value.keys()):
        raise PolicyInvalid(join(path, field), PolicyFault.MISSING)
    for field in value:
        if field not in needs | knows:
            raise PolicyInvalid(join(path, str(field)), PolicyFault.UNKNOWN_FIELD)
    return value


def join(path: str, field: str) -> str:
    """The path of a field inside."""
    return f"{path}.{field}" if path else field


def _iso(read: Callable[[str], T], value: object, path: str) -> T:
    if not isinstance(value, str):
        raise PolicyInvalid(path, PolicyFault.WRONG_TYPE)
    try:
        return read(value)
    except ValueError:
        raise PolicyInvalid(path, PolicyFault.OUT_OF_RANGE) from None
