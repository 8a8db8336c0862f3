"""`kezek demo` as a process of its own, and what is known of its made-up people."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.demo.country import city_policy
from bot.demo.entries import Entry
from bot.demo.families import Family
from bot.demo.plan import make_plan
from domain.local_time import ZONE
from tests.e2e.service_process import PATIENCE_SECONDS, ROOT, free_port

STARTS_AT = "2026-11-20T16:20"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo. `family` tells who is who in one of its stories."""

    url: str

    def family(self, story: str) -> tuple[Family, tuple[Entry, ...]]:
        """The people of a story, and their applications."""
        at = datetime.fromisoformat(STARTS_AT).replace(tzinfo=ZONE)
        plan = make_plan(at, city_policy(at))
        found = next(family for family in plan.families if family.story.key == story)
        return found, plan.of_family[story]

    async def code_for(self, phone: str) -> str:
        """The newest code that came to a phone; waits for it."""
        async with asyncio.timeout(PATIENCE_SECONDS), aiohttp.ClientSession() as session:
            while True:
                async with session.get(f"{self.url}/demo/sms") as response:
                    sent: list[str] = [each["text"] for each in await response.json() if each["to"] == phone]
                if sent:
                    return next(word.strip(".") for word in sent[-1].split() if word.strip(".").isdigit())
                await asyncio.sleep(0.05)


@asynccontextmanager
async def running_demo(**environment: str) -> AsyncIterator[Demo]:
    """A demo that starts on a Friday afternoon; stopped at the end, which has to be clean."""
    port = free_port()
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("KEZEK_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--at", STARTS_AT, "--port", str(port),
        cwd=ROOT, env=inherited | environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        first_line = await process.stdout.readline()
    assert first_line.startswith(b"Kezek demo"), first_line
    try:
        yield Demo(f"http://localhost:{port}")
    finally:
        process.terminate()
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (0, "")
