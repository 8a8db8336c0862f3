"""The export's machine-readable files: JSON with a version; its names are described in docs/export.md."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson

from domain.local_time import ZONE, local

FORMAT, VERSION = "kezek-export", 1
"""The version changes when a name goes or comes to mean something else, not when one is added."""


def head(made_at: datetime, language: str) -> dict[str, Any]:
    """What both files begin with."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at,
        "time_zone": str(ZONE),
        "language": language,
    }


def in_json(data: Any) -> bytes:
    """The data, indented: people look into such files, too."""
    return orjson.dumps(plain(data), option=orjson.OPT_INDENT_2)


def in_a_line(data: Mapping[str, Any]) -> bytes:
    """One record on one line."""
    return orjson.dumps(plain(data))


def plain(value: Any) -> Any:
    """Instants as ISO 8601 with the zone in which they are read in Kazakhstan, days without one."""
    match value:
        case datetime():
            return local(value).isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            # A column's name is no mere text to SQLAlchemy.
            return {str(name): plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case _:
            return value
