"""The errand of kind "file": fetch what was sent, look at it, seal it, keep it.

Done twice it leaves one blob: its name follows from the file's id. What becomes of a blob whose answer
no turn ever took is tidied up later.
"""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, Protocol

from bot.conversation.errand import ErrandFailed
from bot.uploads.request import FileRequest
from bot.uploads.verdict import Fit, Purpose, Unfit
from storage.files import FileGone, FilesUnavailable
from storage.sealed_files import SealedFiles


class Fetcher(Protocol):
    """Fetches what was sent through one channel."""

    async def fetch(self, ref: str) -> bytes:
        """The bytes, as they were sent.

        Raises Unfit ("too_large", "gone") for what waiting won't mend, ErrandFailed for what it may.
        """


class LooksAtFiles(Protocol):
    """The look, wherever it happens."""

    async def look(self, content: bytes, name: str, purpose: Purpose) -> Fit:
        """The file drawn anew. Raises Unfit."""


class FileErrand:
    """The runner. `fetchers` by channel; one may come later."""

    # An errand's lease is 30 seconds: after that another worker would begin the same.
    patience = timedelta(seconds=28)

    def __init__(self, fetchers: Mapping[str, Fetcher], sandbox: LooksAtFiles, files: SealedFiles) -> None:
        self._fetchers = fetchers
        self._sandbox = sandbox
        self._files = files

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Where the file is kept, or what is wrong with it. Raises ErrandFailed."""
        asked = FileRequest.from_data(request)
        told: dict[str, Any] = {"file_id": asked.file_id, "name": asked.name}
        try:
            content = await self._fetched(asked)
            fit = await self._sandbox.look(content, asked.name, asked.purpose)
        except Unfit as unfit:
            return {**told, "fault": unfit.fault}
        return {**told, "file": await self._kept(asked.file_id, fit)}

    async def _fetched(self, asked: FileRequest) -> bytes:
        fetcher = self._fetchers.get(asked.channel)
        if fetcher is None:
            raise ErrandFailed
        return await fetcher.fetch(asked.ref)

    async def _kept(self, file_id: int, fit: Fit) -> dict[str, Any]:
        try:
            sealed = await self._files.put(file_id, fit.content)
        except FilesUnavailable:
            raise ErrandFailed from None
        return {
            "stored_as": sealed.stored_as,
            "key_id": sealed.key_id,
            "content_type": fit.content_type,
            "size": len(fit.content),
            "sha256": sha256(fit.content).hexdigest(),
            "pages": fit.pages,
        }


class SpoolFetcher:
    """What came over HTTP lies in the spool already."""

    def __init__(self, files: SealedFiles) -> None:
        self._files = files

    async def fetch(self, ref: str) -> bytes:
        """As Fetcher says."""
        try:
            return await self._files.from_spool(ref)
        except FileGone:
            raise Unfit("gone") from None
        except FilesUnavailable:
            raise ErrandFailed from None
