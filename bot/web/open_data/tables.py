"""Rows as CSV and as JSON."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

import orjson

from bot.exports.plain import plain
from bot.texts import Texts
from bot.web.open_data.columns import Column, Row

BOM = b"\xef\xbb\xbf"
"""Without it Excel takes Kazakh letters for Latin ones."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Csv:
    """One way to write rows down, piece by piece.

    For programs: commas, names of ours, ISO dates. `for_excel`, as people here have it: semicolons,
    headings and values in their language.
    """

    def __init__(self, columns: Sequence[Column], t: Texts, *, for_excel: bool) -> None:
        self._columns = columns
        self._t = t
        self._for_excel = for_excel

    def head(self) -> bytes:
        """What the file begins with."""
        if self._for_excel:
            return BOM + self._lines([[column.heading(self._t) for column in self._columns]])
        return BOM + self._lines([[column.name for column in self._columns]])

    def lines(self, rows: Iterable[Row]) -> bytes:
        """The lines of some rows."""
        return self._lines([self._cell(column, row) for column in self._columns] for row in rows)

    def _cell(self, column: Column, row: Row) -> Any:
        value = row[column.name]
        if self._for_excel and not isinstance(value, int):
            value = column.text(self._t, value)
        return guarded(_flat(plain(value)))

    def _lines(self, lines: Iterable[Sequence[Any]]) -> bytes:
        written = StringIO()
        csv.writer(written, delimiter=";" if self._for_excel else ",").writerows(lines)
        return written.getvalue().encode()


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def guarded(value: Any) -> Any:
    """A text that a spreadsheet would reckon with is told to be one by an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def in_json(head: dict[str, Any], rows: Sequence[Row]) -> bytes:
    """The whole answer."""
    return orjson.dumps(plain({**head, "rows": list(rows)}))


def told(rows: Sequence[Row]) -> bytes:
    """What rows tell, to be compared with what others tell."""
    return orjson.dumps(plain(list(rows)))
