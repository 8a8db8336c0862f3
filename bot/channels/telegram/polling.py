"""Asking Telegram for updates, where no webhook can reach us."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from random import uniform
from typing import Any

import structlog

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.decode import ALLOWED_UPDATES, MalformedUpdate, decode, press_to_answer
from bot.channels.telegram.errors import CallFailed, NoAnswer, asked_pause
from bot.channels.telegram.not_saved import NotSavedNotice
from bot.channels.telegram.presses import answer_by_call
from bot.conversation.incoming import Incoming
from bot.conversation.port import TakesIncoming
from storage.errors import StorageError, StorageFull

HOLD_SECONDS = 25
LONGEST_PAUSE_SECONDS = 30.0
MOST_TRIES = 3
_BATCH = 100
_ANSWER_SECONDS = 10
log = structlog.get_logger("telegram")


class Polling:
    """The getUpdates loop: chats side by side, the messages of one chat in order.

    Telegram forgets an update when it is asked for later ones. That happens only when its turn is
    committed (or it is nothing for us, or it broke our code MOST_TRIES times and would break it for ever).
    """

    def __init__(
        self,
        api: TelegramApi,
        conversation: TakesIncoming,
        notice: NotSavedNotice,
        first_pause_seconds: float = 1.0,
    ) -> None:
        self._api = api
        self._conversation = conversation
        self._notice = notice
        self._first_pause = first_pause_seconds
        self._stopping = asyncio.Event()
        self._offset = 0
        self._answers: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Finish the turns under way, then let `run` return."""
        self._stopping.set()

    async def run(self) -> None:
        """Ask and take until stopped."""
        pause = self._first_pause
        while not self._stopping.is_set():
            try:
                updates = await self._unless_stopped(self._ask(HOLD_SECONDS, _BATCH))
            except CallFailed as fault:
                log.warning("no updates", fault=str(fault))
                await self._rest(asked_pause(fault) or pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
                continue
            pause = self._first_pause
            if updates:
                await self._take_all(updates)
        await self._acknowledge()

    async def _ask(self, hold_seconds: int, limit: int) -> list[Any]:
        params = {
            "offset": self._offset,
            "timeout": hold_seconds,
            "limit": limit,
            "allowed_updates": ALLOWED_UPDATES,
        }
        return _numbered(await self._api.call("getUpdates", params, hold_seconds + _ANSWER_SECONDS))

    async def _acknowledge(self) -> None:
        """Tell what was taken. If that fails it comes again, and has no second effect."""
        await asyncio.gather(*self._answers)
        if self._offset:
            try:
                await self._ask(0, 1)
            except CallFailed:
                log.info("last updates not acknowledged")

    async def _take_all(self, updates: list[Any]) -> None:
        chats: dict[str, list[tuple[int, Incoming]]] = defaultdict(list)
        for update in updates:
            self._answer_press(update)
            if (incoming := _decoded(update)) is not None:
                chats[incoming.address.chat].append((update["update_id"], incoming))
        left = await asyncio.gather(*(self._take_chat(waiting) for waiting in chats.values()))
        undone = [update_id for update_id in left if update_id is not None]
        self._offset = min(undone, default=updates[-1]["update_id"] + 1)

    async def _take_chat(self, waiting: list[tuple[int, Incoming]]) -> int | None:
        """Take one chat's messages in order. Returns the first that was not taken, because we stop."""
        for update_id, incoming in waiting:
            if not await self._take(incoming):
                return update_id
        return None

    async def _take(self, incoming: Incoming) -> bool:
        """Until it is committed; False when we stop before that."""
        pause, tries = self._first_pause, 0
        while True:
            try:
                await self._conversation.take(incoming)
            except StorageError as fault:
                log.warning("not kept", fault=type(fault).__name__)
                if isinstance(fault, StorageFull):
                    await self._notice.tell(incoming)
            except Exception:
                tries += 1
                log.error("a turn broke", update=incoming.external_id, tries=tries, exc_info=True)
                if tries >= MOST_TRIES:
                    return True
            else:
                return True
            await self._rest(pause)
            if self._stopping.is_set():
                return False
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _answer_press(self, update: Any) -> None:
        press_id = press_to_answer(update)
        if press_id is not None:
            task = asyncio.create_task(answer_by_call(self._api, press_id))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def _rest(self, seconds: float) -> None:
        """A pause that a stop cuts short."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds * uniform(0.75, 1.0))
        except TimeoutError:
            return

    async def _unless_stopped(self, work: Coroutine[Any, Any, list[Any]]) -> list[Any]:
        asked, stopped = asyncio.create_task(work), asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait((asked, stopped), return_when=asyncio.FIRST_COMPLETED)
            return asked.result() if asked.done() else []
        finally:
            asked.cancel()
            stopped.cancel()


def _numbered(result: Any) -> list[Any]:
    """The updates of an answer: what has no number could never be acknowledged. Raises NoAnswer."""
    if not isinstance(result, list):
        raise NoAnswer("garbage")
    updates = [each for each in result if isinstance(each, dict) and type(each.get("update_id")) is int]
    if result and not updates:
        raise NoAnswer("garbage")
    return updates


def _decoded(update: Any) -> Incoming | None:
    try:
        return decode(update)
    except MalformedUpdate:
        log.error("an update that is none")
        return None
