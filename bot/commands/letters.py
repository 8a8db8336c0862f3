"""`kezek letters`: messages that did not arrive, and sending them again."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from bot.clock import real_now
from bot.opened import opened
from bot.settings import Settings, settings_to_serve
from domain.local_time import local
from storage import letters
from storage.letters import Heap


def show(days: int) -> None:
    """Print a line for each reason. Raises WrongSettings, StorageError."""
    heaps = asyncio.run(_heaps(settings_to_serve(), _since(days)))
    if not heaps:
        print("Every message has arrived.")
    for heap in heaps:
        when = f"{local(heap.first_at):%Y-%m-%d %H:%M} – {local(heap.last_at):%Y-%m-%d %H:%M}"
        print(f"{heap.number:>7}  {heap.channel:<9} {heap.state.replace('_', ' '):<9} {when}  {heap.reason}")


def again(days: int, channel: str | None, reason: str | None) -> None:
    """Have them sent again, and print how many. Raises WrongSettings, StorageError."""
    number = asyncio.run(_again(settings_to_serve(), _since(days), channel, reason))
    print(f"Sent again: {number}.")


def _since(days: int) -> datetime:
    return real_now() - timedelta(days=days)


async def _heaps(settings: Settings, since: datetime) -> list[Heap]:
    async with opened(settings) as database:
        return await database.read(partial(letters.heaps, since=since))


async def _again(settings: Settings, since: datetime, channel: str | None, reason: str | None) -> int:
    number = 0
    async with opened(settings) as database:
        some = partial(letters.send_again, now_real=real_now(), since=since, channel=channel, reason=reason)
        while sent := await database.write(some):
            number += sent
    return number
