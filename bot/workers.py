"""What runs for as long as the service does: started with it, ended with it, never dead unnoticed."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import structlog

log = structlog.get_logger("workers")


def start(
    stack: AsyncExitStack, work: Coroutine[Any, Any, None], stop: asyncio.Event, patience_seconds: float = 0
) -> None:
    """Start a worker, to be ended with the stack; it gets `patience_seconds` to end by itself.

    One that breaks sets `stop`; what it broke with is raised when the stack is left.
    """
    task = asyncio.create_task(work)
    task.add_done_callback(partial(_stop_if_broken, stop=stop))
    stack.push_async_callback(_ended, task, patience_seconds)


def _stop_if_broken(task: asyncio.Task[None], stop: asyncio.Event) -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        log.critical("a worker broke", exc_info=fault)
        stop.set()


async def _ended(task: asyncio.Task[None], patience_seconds: float) -> None:
    await asyncio.wait((task,), timeout=patience_seconds)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return
