"""The bytes of an upload: read as they come, never more of them than we take."""

import asyncio

from aiohttp import ClientError, web

from bot.uploads.verdict import LARGEST
from bot.web.webchat_refusals import NotTaken, Refusal

AT_ONCE = 16
"""Uploads on their way at the same time: each is held in memory until it is whole."""

LONGEST_SECONDS = 300.0
_TRY_AGAIN_SECONDS = 10.0
_CHUNK = 64 * 1024


class UploadBodies:
    """Reads the bodies of uploads."""

    def __init__(self) -> None:
        self._on_their_way = 0

    async def read(self, request: web.Request) -> bytes:
        """The whole body. Raises NotTaken for one that is too large, and when too many come at once."""
        if (request.content_length or 0) > LARGEST:
            raise NotTaken(Refusal.TOO_LARGE)
        if self._on_their_way >= AT_ONCE:
            raise NotTaken(Refusal.TOO_FAST, _TRY_AGAIN_SECONDS)
        self._on_their_way += 1
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                return await _read(request)
        except (ClientError, ConnectionError, TimeoutError, web.RequestPayloadError):
            # Mostly nobody is there any more to be told; the page sends it again by itself.
            raise NotTaken(Refusal.UNAVAILABLE) from None
        finally:
            self._on_their_way -= 1


async def _read(request: web.Request) -> bytes:
    read = bytearray()
    async for some in request.content.iter_chunked(_CHUNK):
        read += some
        if len(read) > LARGEST:
            raise NotTaken(Refusal.TOO_LARGE)
    return bytes(read)
