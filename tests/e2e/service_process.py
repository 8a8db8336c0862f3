"""`kezek serve` as a process of its own, as an operator runs it."""

import asyncio
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServiceProcess:
    """The service with these settings (without their prefix); started, killed and started again."""

    def __init__(self, **settings: str) -> None:
        self.port = free_port()
        ours = {"http_port": str(self.port), "public_url": f"http://127.0.0.1:{self.port}", **settings}
        inherited = {name: text for name, text in os.environ.items() if not name.startswith("KEZEK_")}
        self._environment = inherited | {f"KEZEK_{name.upper()}": text for name, text in ours.items()}
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, *command: str) -> tuple[int, str, str]:
        """One command to its end: exit code, what it printed, what it said on standard error."""
        process = await self._spawn(*command)
        async with asyncio.timeout(PATIENCE_SECONDS):
            out, err = await process.communicate()
        return process.returncode or 0, out.decode(), err.decode()

    async def start(self) -> None:
        """Start to serve; returns when it is ready."""
        self._process = await self._spawn("serve")
        async with asyncio.timeout(PATIENCE_SECONDS), aiohttp.ClientSession() as session:
            while not await self._ready(session):
                if self._process.returncode is not None:
                    _, err = await self._process.communicate()
                    raise AssertionError(f"the service ended: {err.decode()}")
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """kill -9: no handler, no clean-up."""
        assert self._process is not None
        self._process.kill()
        await self._process.communicate()

    async def stop(self) -> tuple[int, str]:
        """Ask it to end; exit code and its log."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.terminate()
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, err = await self._process.communicate()
        return self._process.returncode or 0, err.decode()

    async def _ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self.port}/readyz") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def _spawn(self, *command: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *command,
            cwd=ROOT, env=self._environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
