"""A form that loses a race for locks once: what it has done is undone, and done again a moment later."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from bot.web.console import acting
from bot.web.console.visit import Visit
from storage.transaction import Transaction


class _Lost(Exception):
    pass


def lose_the_first_race(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], Awaitable[None]]) -> None:
    """The next form that does something: `meanwhile` comes between its two tries."""
    write = Visit.write

    async def lost(visit: Visit, work: Callable[[Transaction], Any]) -> Any:
        if not (isinstance(work, partial) and work.func is acting._once):
            return await write(visit, work)
        monkeypatch.setattr(Visit, "write", write)
        with suppress(_Lost):
            await write(visit, partial(_undone, work))
        await meanwhile()
        return await write(visit, work)

    monkeypatch.setattr(Visit, "write", lost)


def _undone(work: Callable[[Transaction], Any], tx: Transaction) -> None:
    work(tx)
    raise _Lost
