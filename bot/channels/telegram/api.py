"""Calls to the Bot API, as cheap as they can be: JSON out, only what is needed of the answer in."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from bot.channels.kept_connections import KeptConnections, NoWholeAnswer
from bot.channels.telegram.errors import NoAnswer, Refused, TooLarge

PUBLIC_SERVER = "https://api.telegram.org"
_DOWNLOAD = aiohttp.ClientTimeout(total=20)
_CHUNK = 64 * 1024


class TelegramApi:
    """One bot at one Bot API server. Make it in a running event loop, close it at the end.

    `wait_seconds` is how long an answer may take.
    """

    def __init__(self, token: str, server: str = PUBLIC_SERVER, wait_seconds: float = 10) -> None:
        self._methods = f"/bot{token}/"
        self._files = f"{server.rstrip('/')}/file/bot{token}"
        self._wait_seconds = wait_seconds
        self._connections = KeptConnections(server)
        self._downloads = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=_DOWNLOAD)

    async def call(self, method: str, params: object, wait_seconds: float | None = None) -> Any:
        """The result of a method. Raises Refused or NoAnswer. `wait_seconds`: other than usual."""
        wait = self._wait_seconds if wait_seconds is None else wait_seconds
        try:
            body = await self._connections.post(self._methods + method, orjson.dumps(params), wait)
        except NoWholeAnswer as fault:
            raise NoAnswer(fault.reason) from None
        return _result(body)

    async def download(self, path: str, limit: int) -> bytes:
        """A file by the path that getFile told. Raises Refused, NoAnswer, TooLarge above `limit` bytes."""
        url = URL(f"{self._files}/{quote(path)}", encoded=True)
        try:
            async with self._downloads.get(url, allow_redirects=False) as response:
                if response.status != 200:
                    raise Refused(response.status, "file not given")
                return await _read(response.content, limit)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            # The cause is dropped: its text may hold the address, and with it the token.
            raise NoAnswer(type(fault).__name__) from None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._connections.close()
        await self._downloads.close()


async def _read(content: aiohttp.StreamReader, limit: int) -> bytes:
    """The whole of it, given up as soon as it is too much: a size that was told before may be wrong."""
    read = bytearray()
    async for some in content.iter_chunked(_CHUNK):
        read += some
        if len(read) > limit:
            raise TooLarge
    return bytes(read)


def _result(body: bytes) -> Any:
    try:
        answer = orjson.loads(body)
        if answer["ok"] is True:
            return answer["result"]
        code, description = int(answer["error_code"]), str(answer.get("description", ""))
        retry_after = (answer.get("parameters") or {}).get("retry_after")
        raise Refused(code, description, timedelta(seconds=retry_after) if retry_after else None)
    except (orjson.JSONDecodeError, LookupError, TypeError, ValueError, AttributeError):
        raise NoAnswer("garbage") from None
