"""The audit as CSV, a few hundred entries at a time, so that a year of it takes no more memory than a day."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import StringIO

import orjson
import structlog
from aiohttp import web

from bot.web.console.centre.audit_query import AuditQuery
from bot.web.console.guard import HEADERS
from bot.web.console.visit import Visit
from storage import audit_reading
from storage.errors import StorageError
from storage.transaction import Transaction

PIECE = 500
HEADINGS = ("entry", "at", "actor", "login", "what", "about", "from", "data")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
Row = Sequence[object]

log = structlog.get_logger("console")


async def stream(visit: Visit, query: AuditQuery) -> web.StreamResponse:
    """All the entries that the query names, the newest first."""
    response = web.StreamResponse(headers=HEADERS)
    response.content_type, response.charset = "text/csv", "utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="kezek-audit.csv"'
    await response.prepare(visit.request)
    try:
        await _write(visit, query, response)
    except (ConnectionError, TimeoutError, StorageError) as fault:
        # What is not whole must not look whole: the connection is cut.
        log.info("the audit was not taken out whole", fault=type(fault).__name__)
        if visit.request.transport is not None:
            visit.request.transport.abort()
    return response


async def _write(visit: Visit, query: AuditQuery, response: web.StreamResponse) -> None:
    # A mark at the beginning, by which spreadsheets know the letters.
    await response.write("\ufeff".encode() + _lines([HEADINGS]))
    rows = await visit.read(partial(_rows, visit, query))
    while rows:
        await response.write(_lines(rows))
        before = int(str(rows[-1][0]))
        rows = await visit.read(partial(_rows, visit, replace(query, before=before)))
    await response.write_eof()


def _rows(visit: Visit, query: AuditQuery, tx: Transaction) -> list[Row]:
    entries = audit_reading.page(tx, query.wanted(tx, visit.reach(tx)), PIECE)
    logins = audit_reading.names_of(tx, {each.actor for each in entries})
    return [
        (
            each.id,
            each.at.isoformat(),
            each.actor,
            logins.get(each.actor, ""),
            each.what,
            each.about or "",
            each.from_where or "",
            orjson.dumps(dict(each.data)).decode(),
        )
        for each in entries
    ]


def _lines(rows: Sequence[Row]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([[_harmless(str(each)) for each in row] for row in rows])
    return text.getvalue().encode()


def _harmless(value: str) -> str:
    """Nothing that a spreadsheet would reckon with."""
    return f"'{value}" if value.startswith(_FORMULAS) else value
