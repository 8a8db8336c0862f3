"""Programs in processes of their own, kept to one core where there are two."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from benchmarks.broken import BenchBroken
from tests.processes import listens, wait_until

LONGEST_START, LONGEST_STOP = 120.0, 20.0
"""Seconds a program may take until it listens, and to end once it is asked to."""

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = {_CORES[0]}
ALL_CORES = set(_CORES)
LOAD_CORE = {_CORES[1]} if len(_CORES) > 1 else {_CORES[0]}


@contextmanager
def kept_to(cores: set[int]) -> Iterator[None]:
    """This process, and whatever it starts meanwhile, stays on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def listening(
    command: Sequence[str],
    port: int,
    cores: set[int] = ALL_CORES,
    environment: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """A program that listens on `port` of this machine, until the end of the block; its process id.

    Raises BenchBroken when it ended before it listened.
    """
    with tempfile.TemporaryFile() as errors, kept_to(cores):
        program = subprocess.Popen(
            command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=errors
        )
        try:
            wait_until(lambda: listens(port) or program.poll() is not None, LONGEST_START)
            if program.poll() is not None:
                errors.seek(0)
                said = errors.read()[-2000:].decode(errors="replace")
                raise BenchBroken(f"{' '.join(command)} ended at once: {said}")
            yield program.pid
        finally:
            program.terminate()
            try:
                program.wait(LONGEST_STOP)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()


def python(*arguments: str) -> list[str]:
    """The command that runs this Python with these arguments."""
    return [sys.executable, *arguments]


def kezek(*arguments: str) -> list[str]:
    """The command `kezek`, of these very sources."""
    return python("-m", "bot", *arguments)
