"""The local Bot API server of a bench, and the load of a webhook by wrk."""

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.broken import BenchBroken
from benchmarks.programs import LOAD_CORE, kept_to, listening, python
from tests.processes import free_port

TOKEN = "700:BENCH-token_of_nobody"
SECRET = "bench_secret"
WEBHOOK_PATH = "/telegram/webhook"
FIRST_CHAT, CHATS = 5_000_001, 1_000
CONNECTIONS = 64

_SCRIPT = Path(__file__).with_name("updates.lua")


@dataclass(frozen=True, slots=True)
class Sent:
    """What the Bot API server was sent: messages, by chat too, and seconds from the first to the last."""

    messages: int
    by_chat: dict[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw. `acknowledged` updates got a 200, `refused` another answer, `broken` none.

    Latencies are in milliseconds and run until the webhook's answer.
    """

    acknowledged: int
    refused: int
    broken: int
    p50: float
    p99: float


class BotApi:
    """The counting Bot API server in its own process."""

    def __init__(self, url: str) -> None:
        self.url = url

    def reset(self) -> None:
        """Count anew."""
        with urllib.request.urlopen(f"{self.url}/reset", data=b""):
            return

    def called(self, method: str) -> int:
        """How often a method was called since the last reset."""
        calls: dict[str, int] = self._stats()["calls"]
        return calls.get(method, 0)

    def sent(self) -> Sent:
        """What came since the last reset."""
        told = self._stats()
        by_chat: dict[str, int] = told["sent"]
        return Sent(sum(by_chat.values()), by_chat, told["seconds"])

    def _stats(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}/stats") as answer:
            told: dict[str, Any] = orjson.loads(answer.read())
        return told

    def quiet(self, pause_seconds: float = 0.3) -> Sent:
        """What came, once nothing more comes."""
        before = self.sent()
        while True:
            time.sleep(pause_seconds)
            now = self.sent()
            if now.messages == before.messages:
                return now
            before = now


@contextmanager
def bot_api() -> Iterator[BotApi]:
    """A Bot API server on the load's core."""
    port = free_port()
    with listening(python("-m", "tests.fakes.bot_api", "--port", str(port)), port, LOAD_CORE):
        yield BotApi(f"http://127.0.0.1:{port}")


def post_updates(port: int, seconds: int, first_update: int) -> Load:
    """Send updates by 64 connections, each update with an id of its own and of the next chat.

    Raises BenchBroken where there is no wrk.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise BenchBroken("wrk is not installed; it is Debian's package wrk, and `make deps` installs it")
    command = [
        *(wrk, "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"),
        *("--timeout", "10s", "--script", str(_SCRIPT), f"http://127.0.0.1:{port}{WEBHOOK_PATH}"),
        *("--", str(first_update), str(FIRST_CHAT), str(CHATS), SECRET),
    ]
    with kept_to(LOAD_CORE):
        said = subprocess.run(command, check=True, capture_output=True).stdout
    return Load(**orjson.loads(said.splitlines()[-1]))


def post_presses(files: Mapping[int, Path], first_update: int) -> list[Load]:
    """Press what each file says at the port it stands for, by 64 connections in all, till all is answered."""
    connections = str(CONNECTIONS // len(files))
    running, first = [], first_update
    with kept_to(LOAD_CORE):
        for port, file in files.items():
            arguments = (str(port), str(file), str(first), connections)
            command = python("-m", "benchmarks.presser", *arguments)
            running.append(subprocess.Popen(command, stdout=subprocess.PIPE))
            first += len(file.read_text().splitlines())
    return [Load(**orjson.loads(each.communicate()[0])) for each in running]
