"""Waiting for something to become true, with a time limit."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import time_machine

LIMIT_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.002


async def until(condition: Callable[[], object], what: str, seconds: float = LIMIT_SECONDS) -> None:
    """Return once the condition holds; AssertionError, naming `what` was waited for, when it never does."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)


def real_time_later(**span: float) -> time_machine.travel:
    """The machine's own clock is put forward: for leases and the patience of errands."""
    return time_machine.travel(datetime.now(UTC) + timedelta(**span), tick=True)
