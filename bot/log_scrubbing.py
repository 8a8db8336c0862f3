"""What must never stand in a log is taken out, whoever wrote the line.

Three nets, because each has holes: fields whose name says that they are personal or secret are
masked whole; whatever looks like an IIN, a phone or a token is masked wherever it stands; an
exception is told by its type and its place, not by its message, which may quote what a person wrote.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from structlog.typing import EventDict, WrappedLogger

MASK = "•••"
PERSONAL = frozenset({
    "iin", "document", "phone", "number", "birth_date", "address", "email", "photo",
    "name", "surname", "patronymic", "full_name", "parent_name", "child_name", "username", "login",
    "text", "message_text", "body", "title", "caption", "label", "payload", "query", "answer",
    "code", "otp", "password", "token", "secret", "key", "api_key", "authorization", "cookie", "session",
    "chat", "chat_id", "ip", "remote", "url",
})  # fmt: skip
"""Names of fields whose value is masked whole. An address of the web may hold a token: `url` too."""

_SEPARATOR = r"[\s\-().]*"
_PATTERNS = (
    # A Telegram token first: its digits would pass for a phone.
    re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{20,}"),
    re.compile(r"(?i)\bbearer\s+\S+"),
    re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"),
    # An IIN has 12 digits, a phone 10 to 11; spaces and dashes may stand between them.
    re.compile(rf"(?<!\d)\+?\d(?:{_SEPARATOR}\d){{9,14}}(?!\d)"),
)
_ROOT = Path(__file__).resolve().parent.parent


def scrub(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The line without anything personal or secret. `at`, `level` and `logger` are ours."""
    return {
        key: value if key in {"at", "level", "logger"} else _clean(key, value) for key, value in event.items()
    }


def bare_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """`exc_info` as the chain of types and the places where it passed through."""
    given = event.pop("exc_info", None)
    event.pop("exception", None)
    event.pop("stack_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = " < ".join(_chain(error))
        event["where"] = list(_places(error.__traceback__))[-12:]
    return event


def _clean(key: str, value: object) -> object:
    if key.lower() in PERSONAL:
        return MASK
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {str(name): _clean(str(name), inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(key, inner) for inner in value]
    if isinstance(value, (bool, float, type(None))):
        return value
    if isinstance(value, int):
        # Ids of ours have 18 digits or more, or few; what has ten to fifteen may be a number of a person.
        return MASK if 10 <= len(str(abs(value))) <= 15 else value
    return masked(str(value))


def masked(text: str) -> str:
    """The text with everything that looks like an IIN, a phone or a token masked."""
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text


def _chain(error: BaseException) -> Iterator[str]:
    seen: BaseException | None = error
    while seen is not None:
        yield f"{type(seen).__name__}{_reason(seen)}"
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _reason(error: BaseException) -> str:
    """The system's own words (disk full, connection refused) say nothing about a person."""
    return f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""


def _places(traceback: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(traceback):
        file = Path(frame.f_code.co_filename)
        shown = file.relative_to(_ROOT) if file.is_relative_to(_ROOT) else Path(*file.parts[-2:])
        yield f"{shown}:{line} {frame.f_code.co_name}"
