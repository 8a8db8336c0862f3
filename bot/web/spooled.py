"""A file that somebody sends: its bytes are safe before the turn that tells of them."""

from collections.abc import Callable

import structlog

from bot.conversation.incoming import Incoming
from bot.conversation.port import Taken
from bot.web.parts import WebParts
from storage.errors import StorageError
from storage.files import FilesUnavailable

LOG = structlog.get_logger()


async def take_with_file(parts: WebParts, content: bytes, incoming: Callable[[str], Incoming]) -> Taken:
    """Keep the bytes and play the turn that `incoming` makes of their name; where no turn asks for them,
    they go again. Raises StorageError, FilesUnavailable.
    """
    spooled = await parts.files.sealed.spool(content)
    taken: Taken | None = None
    try:
        taken = await parts.conversation.take(incoming(spooled))
    finally:
        if taken is None or taken.duplicate or not await _is_awaited(parts, spooled):
            await _forget(parts, spooled)
    return taken


async def _is_awaited(parts: WebParts, spooled: str) -> bool:
    """Somebody asked for it, and it was not looked at already."""
    try:
        return spooled in await parts.files.awaited()
    except StorageError:
        return True


async def _forget(parts: WebParts, spooled: str) -> None:
    try:
        await parts.files.sealed.delete(spooled)
    except FilesUnavailable:
        LOG.info("web_spool_left", why="tidied up later")
