"""Looking at a stranger's file in a process of its own: whatever it does there, the service lives."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from bot.uploads.frames import Garbled, question, read_answer
from bot.uploads.verdict import Fit, Purpose, Unfit

AT_ONCE = 2
PATIENCE_SECONDS = 20.0
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes: fifteen pages of nothing but noise are less."""

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "bot.uploads.child")
# All that Python itself may need to start; above all, no settings of ours.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME")
_CHUNK = 64 * 1024
log = structlog.get_logger("uploads")


class Sandbox:
    """Looks at files, at most `AT_ONCE` at the same time.

    `command` is the process, `patience_seconds` how long it may take.
    """

    def __init__(self, command: Sequence[str] = _COMMAND, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._command = command
        self._patience = patience_seconds
        self._room = asyncio.Semaphore(AT_ONCE)

    async def look(self, content: bytes, name: str, purpose: Purpose) -> Fit:
        """The file drawn anew. Raises Unfit; a file that kills or hangs the process is `broken`."""
        async with self._room:
            try:
                async with asyncio.timeout(self._patience):
                    return read_answer(await self._ask(question(content, name, purpose)))
            except TimeoutError:
                log.warning("a look took too long", bytes=len(content))
                raise Unfit("broken") from None
            except Garbled:
                log.warning("a look came to nothing", bytes=len(content))
                raise Unfit("broken") from None

    async def _ask(self, asked: bytes) -> bytes:
        """What the process writes until it ends."""
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env=environment
        )
        telling = asyncio.create_task(_tell(process, asked))
        try:
            told = await _hear(process)
            await process.wait()
            return told
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            if process.returncode is None:
                await _ended(process)


async def _tell(process: Process, asked: bytes) -> None:
    """Hand the question over; a process that ends before it has read it all has said what it will say."""
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(asked)
        await process.stdin.drain()
    process.stdin.close()


async def _hear(process: Process) -> bytes:
    """Its answer. Raises Garbled for one without end."""
    assert process.stdout is not None
    told = bytearray()
    while some := await process.stdout.read(_CHUNK):
        told += some
        if len(told) > LARGEST_ANSWER:
            raise Garbled
    return bytes(told)


async def _ended(process: Process) -> None:
    """Kill it. What it had still to say is read away: nobody learns of its end before that."""
    assert process.stdout is not None
    with suppress(ProcessLookupError):
        process.kill()
    while await process.stdout.read(_CHUNK):
        continue
    await process.wait()
