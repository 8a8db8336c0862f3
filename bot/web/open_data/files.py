"""CSV: small files are kept like pages; long ones are written while they are read, however long they are."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from bot.web.flood import Flood, Rate
from bot.web.open_data.cache import Cache, answer
from bot.web.open_data.pieces import Asked
from bot.web.open_data.query import Query
from bot.web.open_data.responses import TYPES, kept, saved_as
from bot.web.open_data.sets import DataSet
from bot.web.open_data.source import Source
from bot.web.open_data.tables import Csv
from bot.web.visitor import network_address
from storage.errors import StorageError

DOWNLOADS_OF_AN_ADDRESS = Rate(60, timedelta(minutes=10))
AT_ONCE, AT_ONCE_OF_AN_ADDRESS = 8, 2
ROWS_AT_ONCE = 500
KEPT_BYTES = 256 * 1024
PATIENCE_SECONDS = 30.0
"""How long one piece may take to go out: nobody keeps a place in the row by reading slowly."""

LOG = structlog.get_logger("open data")
_RETRY = {"Retry-After": "30"}


class CsvFiles:
    """Makes the files."""

    def __init__(self, source: Source, cache: Cache, flood: Flood) -> None:
        self._source = source
        self._cache = cache
        self._flood = flood
        self._under_way: Counter[str] = Counter()

    async def file(self, request: web.Request, data: DataSet, query: Query) -> web.StreamResponse:
        """The file. Raises BadQuery, StorageError, HTTPException when too many are under way."""
        question, name = (data.name, "csv", query), f"kezek-{data.name}.csv"
        there = self._cache.find(question)
        if there is not None:
            return kept(request, "csv", there, self._cache.seconds_left(question), name)
        address = network_address(request)
        if await self._flood.wait(f"downloads {address}", DOWNLOADS_OF_AN_ADDRESS) is not None:
            raise web.HTTPTooManyRequests(headers=_RETRY)
        with self._place(address):
            asked = await self._source.asked(query)
            pieces = self._pieces(data, asked)
            begun, as_of, whole = await _begin(pieces)
            if whole:
                given = self._cache.keep(question, answer(begun, as_of, begun))
                return kept(request, "csv", given, self._cache.seconds_left(question), name)
            return await _stream(request, name, begun, pieces)

    @contextmanager
    def _place(self, address: str) -> Iterator[None]:
        if self._under_way.total() >= AT_ONCE:
            raise web.HTTPServiceUnavailable(headers=_RETRY)
        if self._under_way[address] >= AT_ONCE_OF_AN_ADDRESS:
            raise web.HTTPTooManyRequests(headers=_RETRY)
        self._under_way[address] += 1
        try:
            yield
        finally:
            self._under_way[address] -= 1
            self._under_way += Counter()  # forgets those at 0

    async def _pieces(self, data: DataSet, asked: Asked) -> AsyncIterator[tuple[bytes, datetime]]:
        """The file piece by piece, and as of when each was read."""
        table = Csv(data.columns, asked.t, for_excel=asked.query.excel)
        head = table.head()
        while True:
            piece = await self._source.piece(data, asked, ROWS_AT_ONCE)
            yield head + table.lines(piece.rows), piece.as_of
            if piece.next is None:
                return
            # Midnight may pass meanwhile: it stays the days that were asked for.
            since, until = piece.span or (None, None)
            asked = replace(asked, query=replace(asked.query, since=since, until=until, after=piece.next))
            head = b""


async def _begin(pieces: AsyncIterator[tuple[bytes, datetime]]) -> tuple[bytes, datetime, bool]:
    """What the file begins with, as of when that was read, and whether it is the whole."""
    first, as_of = await anext(pieces)
    begun = bytearray(first)
    async for piece, _ in pieces:
        begun += piece
        if len(begun) > KEPT_BYTES:
            return bytes(begun), as_of, False
    return bytes(begun), as_of, True


async def _stream(
    request: web.Request, name: str, begun: bytes, pieces: AsyncIterator[tuple[bytes, datetime]]
) -> web.StreamResponse:
    response = web.StreamResponse(headers={**saved_as(name), "Cache-Control": "no-store"})
    response.content_type, response.charset = TYPES["csv"], "utf-8"
    await response.prepare(request)
    try:
        await _written(response, begun)
        async for piece, _ in pieces:
            await _written(response, piece)
        await response.write_eof()
    except (ConnectionError, TimeoutError, StorageError) as fault:
        # What is not whole must not look whole: the connection is cut.
        LOG.info("a file was not given whole", fault=type(fault).__name__)
        if request.transport is not None:
            request.transport.abort()
    return response


async def _written(response: web.StreamResponse, piece: bytes) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await response.write(piece)
