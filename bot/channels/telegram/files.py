"""Fetching what somebody sent: getFile tells a path, the path is good for an hour."""

from typing import Any

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.errors import CallFailed, NoAnswer, Refused, TooLarge
from bot.conversation.errand import ErrandFailed
from bot.uploads.verdict import LARGEST, Unfit

_TOO_BIG = "file is too big"


class TelegramFiles:
    """Fetcher for the channel "telegram"."""

    def __init__(self, api: TelegramApi) -> None:
        self._api = api

    async def fetch(self, ref: str) -> bytes:
        """The bytes of a file. Raises Unfit, ErrandFailed."""
        try:
            path = await self._path(ref)
            return await self._api.download(path, LARGEST)
        except TooLarge:
            raise Unfit("too_large") from None
        except CallFailed:
            raise ErrandFailed from None

    async def _path(self, ref: str) -> str:
        try:
            told = await self._api.call("getFile", {"file_id": ref})
        except Refused as refusal:
            if refusal.code != 400:
                raise
            raise Unfit("too_large" if refusal.says(_TOO_BIG) else "gone") from None
        return _path_in(told)


def _path_in(told: Any) -> str:
    try:
        if (told.get("file_size") or 0) > LARGEST:
            raise TooLarge
        return str(told["file_path"])
    except (LookupError, TypeError, AttributeError):
        raise NoAnswer("garbage") from None
