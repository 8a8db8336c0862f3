"""What stands in a form that was sent, looked at before anything else is."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from aiohttp import BodyPartReader, web

from bot.uploads.verdict import LARGEST

_DIGITS = re.compile(r"[0-9]{1,9}")
_FORM = "application/x-www-form-urlencoded"
_FORM_WITH_FILE = "multipart/form-data"
_LONGEST_BESIDE = 256
"""Bytes of a field beside a file: marks and numbers of ours."""
_CHUNK = 64 * 1024
_BREAKS = "\r\n\t"


class FieldFault(Enum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"
    NO_DAY = "no_day"
    DAY_OUT_OF_RANGE = "day_out_of_range"
    NO_TEXT = "no_text"
    """Characters that nobody can type."""


class FieldWrong(Exception):
    """A field can't be taken as it is; `low` and `high` bound a number or a day, `high` a length."""

    def __init__(
        self, name: str, fault: FieldFault, low: int | date | None = None, high: int | date | None = None
    ) -> None:
        super().__init__(name, fault, low, high)
        self.name = name
        self.fault = fault
        self.low = low
        self.high = high


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file out of a form."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields by name; of two of one name the first. `file` is the one that came with them."""

    sent: Mapping[str, str]
    file: SentFile | None = None

    def raw(self, name: str) -> str:
        """As it was sent; "" when it was not."""
        return self.sent.get(name, "")

    def text(self, name: str, most: int, *, needed: bool = True) -> str:
        """Text of at most so many characters, trimmed. Raises FieldWrong."""
        value = self.raw(name).strip()
        if needed and not value:
            raise FieldWrong(name, FieldFault.MISSING)
        if len(value) > most:
            raise FieldWrong(name, FieldFault.TOO_LONG, high=most)
        if any(unicodedata.category(each)[0] == "C" and each not in _BREAKS for each in value):
            raise FieldWrong(name, FieldFault.NO_TEXT)
        return value

    def number(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`. Raises FieldWrong."""
        value = self.raw(name).strip()
        if not value:
            raise FieldWrong(name, FieldFault.MISSING)
        if not _DIGITS.fullmatch(value):
            raise FieldWrong(name, FieldFault.NO_NUMBER)
        if not low <= int(value) <= high:
            raise FieldWrong(name, FieldFault.OUT_OF_RANGE, low, high)
        return int(value)

    def day(self, name: str) -> date:
        """A day as browsers send it: `2026-11-20`. Raises FieldWrong."""
        value = self.raw(name).strip()
        if not value:
            raise FieldWrong(name, FieldFault.MISSING)
        try:
            return date.fromisoformat(value) if len(value) == len("2026-11-20") else _no_day(value)
        except ValueError:
            raise FieldWrong(name, FieldFault.NO_DAY) from None

    def instant(self, name: str) -> datetime | None:
        """An instant as our own pages write it, in UTC; None for what is none."""
        try:
            value = datetime.fromisoformat(self.raw(name))
            # At the ends of the calendar an instant of another zone is none of ours.
            return value.astimezone(UTC) if value.tzinfo is not None else None
        except (ValueError, OverflowError):
            return None


def require_day(name: str, day: date, first: date, last: date) -> None:
    """A day from `first` to `last`, both included. Raises FieldWrong."""
    if not first <= day <= last:
        raise FieldWrong(name, FieldFault.DAY_OUT_OF_RANGE, first, last)


def a_year_after(today: date) -> date:
    """The last day that may be named of what is planned."""
    return today + timedelta(days=366)


def _no_day(value: str) -> date:
    raise ValueError(value)


async def fields_of(request: web.Request) -> Fields:
    """The fields of a plain form. Raises HTTPUnsupportedMediaType, HTTPRequestEntityTooLarge."""
    if request.content_type != _FORM:
        raise web.HTTPUnsupportedMediaType
    sent: dict[str, str] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            sent.setdefault(name, value)
    return Fields(sent)


async def fields_with_file(request: web.Request) -> Fields:
    """The fields of a form that may have a file in it, read as they come and never more than we take.

    Raises HTTPUnsupportedMediaType, HTTPRequestEntityTooLarge, HTTPBadRequest.
    """
    if request.content_type != _FORM_WITH_FILE:
        raise web.HTTPUnsupportedMediaType
    try:
        return await _parts_of(request)
    except ValueError:
        # What calls itself parts has none, or they never end.
        raise web.HTTPBadRequest from None


async def _parts_of(request: web.Request) -> Fields:
    sent: dict[str, str] = {}
    file: SentFile | None = None
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise web.HTTPBadRequest
        if part.filename is None:
            text = (await _read(part, _LONGEST_BESIDE)).decode(errors="replace")
            sent.setdefault(part.name, text)
        elif file is None:
            kind = part.headers.get("Content-Type", "")
            file = SentFile(part.filename.replace("\0", ""), kind, await _read(part, LARGEST))
    return Fields(sent, file)


async def _read(part: BodyPartReader, most: int) -> bytes:
    read = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        read += chunk
        if len(read) > most:
            raise web.HTTPRequestEntityTooLarge(most, len(read))
    return bytes(read)
