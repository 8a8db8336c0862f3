"""When the disk is full nothing can be logged, and still nobody is left in silence."""

import time
from collections.abc import Awaitable, Callable

import structlog

from bot.conversation.incoming import Incoming

TellNotSaved = Callable[[Incoming], Awaitable[None]]
PAUSE_SECONDS = 60.0
_MOST_REMEMBERED = 10_000
log = structlog.get_logger("telegram")


class NotSavedNotice:
    """Tells a chat that its message could not be saved: best effort, at most once a minute (ours).

    `say` sends the words, past the log; whatever it raises is only noted.
    """

    def __init__(self, say: TellNotSaved, seconds: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._seconds = seconds
        self._told: dict[str, float] = {}

    async def tell(self, incoming: Incoming) -> None:
        """Say so, if it was not said just now."""
        chat, now = incoming.address.chat, self._seconds()
        if now - self._told.get(chat, -PAUSE_SECONDS) < PAUSE_SECONDS:
            return
        if len(self._told) >= _MOST_REMEMBERED:
            self._told.clear()
        self._told[chat] = now
        try:
            await self._say(incoming)
        except Exception as fault:  # noqa: BLE001  # a courtesy must not turn into a second fault
            log.warning("notice not sent", fault=type(fault).__name__)
