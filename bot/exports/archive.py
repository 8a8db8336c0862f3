"""The ZIP of an export, in parts that fit into memory: nothing of it ever lies on a disk in clear.

A part is put together in memory, sealed in one piece and stored; then the next is begun. An export needs some
three times the size of a part, however much was sent: with 200 MB of documents a process grew by 100 MB.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from domain.local_time import local

PART_BYTES = 24 * 1024 * 1024
"""A part is closed before it grows beyond that; a single file may be larger."""

MOST_PARTS = 7
"""Each is a button on one screen: of more than so much, larger ones are made."""

_OWNER_ONLY = 0o600 << 16
Write = Callable[[bytes], Awaitable[None]]


class Part:
    """One ZIP. Whatever takes time is done in a thread."""

    def __init__(self, made_at: datetime) -> None:
        self._buffer = BytesIO()
        self._zip = ZipFile(self._buffer, "w")
        self._date = local(made_at).timetuple()[:6]

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._buffer.tell()

    async def add(self, path: str, content: bytes, *, packed: bool = True) -> None:
        """A whole file. Pictures and PDFs are packed already: not again."""
        info = self._info(path, ZIP_DEFLATED if packed else ZIP_STORED)
        await asyncio.to_thread(self._zip.writestr, info, content)

    @asynccontextmanager
    async def entry(self, path: str) -> AsyncIterator[Write]:
        """A file that is written piece by piece; nothing else can be added meanwhile."""
        with self._zip.open(self._info(path, ZIP_DEFLATED), "w") as entry:

            async def write(piece: bytes) -> None:
                await asyncio.to_thread(entry.write, piece)

            yield write

    def finished(self) -> bytes:
        """The whole ZIP; nothing can be added any more."""
        self._zip.close()
        return self._buffer.getvalue()

    def dropped(self) -> None:
        """It comes to nothing, or is finished already."""
        self._zip.close()

    def _info(self, path: str, compression: int) -> ZipInfo:
        info = ZipInfo(path, self._date)
        info.compress_type = compression
        info.external_attr = _OWNER_ONLY
        return info


def part_bytes(total: int) -> int:
    """How large a part may be, so that there are not too many of them."""
    return max(PART_BYTES, -(-total // (MOST_PARTS - 1)))
