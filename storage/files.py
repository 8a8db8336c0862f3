"""The file store: blobs in a folder or in S3, written whole, under names that we make.

FilesError
├── FilesUnavailable   the folder or the server can't be reached, or refuses us
└── FileGone           nothing is kept under that name

What is put here is sealed before (see sealed_files.py): the store itself knows no keys.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from storage.errors import StorageError
from storage.file_place import Bucket, place_of

if TYPE_CHECKING:
    from obstore.store import S3Config

PROBE = "spool/probe-"
"""What a probe's name begins with. One that was broken off is tidied up with the spool."""

# As obstore reads them; the first one that is set counts.
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT", "AWS_ENDPOINT_URL")
_NO_BUCKET = "NoSuchBucket"


class FilesError(StorageError):
    """The root of this tree."""


class FilesUnavailable(FilesError):
    """The folder or the server can't be reached, or refuses us; `reason` is the class of the cause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FileGone(FilesError):
    """Nothing is kept under this name (any more)."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Blob:
    """What the store knows of a blob. `written_at` is told by the store's own clock."""

    name: str
    written_at: datetime
    size: int


class FileStore:
    """The blobs under one address. Nothing is opened before it is first used.

    Every method raises FilesUnavailable.
    """

    def __init__(self, url: str) -> None:
        """Raises FilesUrlInvalid. S3's credentials, region and endpoint come from `AWS_…` variables."""
        self._place = place_of(url)

    async def put(self, name: str, content: bytes) -> None:
        """Keep `content` under a name, in place of what was there; durable when this returns."""
        with _translated(name, missing_is_down=True):
            # In one piece: what is left of a broken upload in pieces stays in a bucket unseen.
            await obstore.put_async(self._store, name, content, use_multipart=False)
            if isinstance(self._place, Path):
                await asyncio.to_thread(_flush, self._place / name)

    async def get(self, name: str) -> bytes:
        """What is kept under a name. Raises FileGone."""
        with _translated(name):
            found = await obstore.get_async(self._store, name)
            return bytes(await found.bytes_async())

    async def delete(self, name: str) -> None:
        """Forget what is under a name; nothing there is as good."""
        try:
            with _translated(name):
                await obstore.delete_async(self._store, name)
        except FileGone:
            return

    async def blobs(self, folder: str) -> AsyncIterator[Blob]:
        """What is kept under names that begin with `folder/`, in no order."""
        with _translated(folder, missing_is_down=True):
            async for some in obstore.list(self._store, folder):
                for each in some:
                    yield Blob(each["path"], each["last_modified"], each["size"])

    async def probe(self) -> None:
        """Write, read and delete something. Raises FileGone when what was written can't be read."""
        name, content = f"{PROBE}{secrets.token_hex(8)}", secrets.token_bytes(64)
        await self.put(name, content)
        try:
            if await self.get(name) != content:
                raise FileGone(name)
        finally:
            await self.delete(name)

    @cached_property
    def _store(self) -> ObjectStore:
        if isinstance(self._place, Path):
            return LocalStore(self._place, mkdir=True)
        return _bucket(self._place)


def _bucket(bucket: Bucket) -> S3Store:
    endpoint = next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), "")
    plain = endpoint.startswith("http://")
    # Without TLS it is a server of the operator's own: those seldom have a host name for each bucket.
    config: S3Config = {"virtual_hosted_style_request": False} if plain else {}
    return S3Store(
        bucket.name,
        prefix=bucket.prefix,
        config=config,
        client_options={
            "allow_http": plain,
            "connect_timeout": timedelta(seconds=5),
            "timeout": timedelta(seconds=20),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
    )


@contextmanager
def _translated(name: str, *, missing_is_down: bool = False) -> Iterator[None]:
    """Errors of the store as ours. Their text is dropped: it quotes addresses and answers."""
    try:
        yield
    except FileNotFoundError as error:
        if missing_is_down or _NO_BUCKET in str(error):
            raise FilesUnavailable(type(error).__name__) from None
        raise FileGone(name) from None
    except (BaseError, OSError) as error:
        raise FilesUnavailable(type(error).__name__) from None


def _flush(file: Path) -> None:
    """Bring a file and its name to the disk: the local store leaves that to the system."""
    for path in (file, file.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
