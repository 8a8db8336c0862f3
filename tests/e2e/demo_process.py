"""`kezek demo` as a process of its own, and what is known of its made-up people."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import aiohttp

from bot.demo.country import city_policy
from bot.demo.entries import Entry
from bot.demo.families import Family
from bot.demo.newcomers import Newcomers
from bot.demo.plan import DemoPlan, make_plan
from domain.local_time import ZONE, local
from domain.phone import Phone
from tests.e2e.service_process import PATIENCE_SECONDS, ROOT, free_port

FRIDAY_AFTERNOON = "2026-11-20T16:20"
WORKED_CASE = "2019-06-26T16:19"


@dataclass(frozen=True)
class Demo:
    """A running demo. `family` and `newcomers` tell who is who in one of its stories."""

    url: str
    starts_at: str

    @cached_property
    def plan(self) -> DemoPlan:
        """What it was made of."""
        at = self.instant(self.starts_at)
        return make_plan(at, city_policy(at))

    def family(self, story: str) -> tuple[Family, tuple[Entry, ...]]:
        """The people of a story, and their applications."""
        found = next(family for family in self.plan.families if family.story.key == story)
        return found, self.plan.of_family[story]

    def newcomers(self, story: str) -> Newcomers:
        """People who have not applied yet."""
        return self.plan.newcomers[story]

    @staticmethod
    def instant(moment: str) -> datetime:
        """A local time as an instant."""
        return datetime.fromisoformat(moment).replace(tzinfo=ZONE)

    async def password_of(self, login: str) -> str:
        """What somebody of the staff signs in with, as the front page tells."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/") as response:
            copied = re.findall(r'data-copy="([^"]+)"', await response.text())
        password: str = copied[copied.index(login) + 1]
        return password

    async def is_at(self, moment: str) -> None:
        """Move the demo's clock to a local time."""
        await self._moves({"at": moment})

    async def advances(self, span: str) -> None:
        """Move the demo's clock on by an ISO 8601 span."""
        await self._moves({"advance": span})

    async def _moves(self, body: dict[str, str]) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/demo/clock", json=body) as response,
        ):
            assert response.status == 200, await response.text()

    async def code_for(self, phone: Phone, *, after: int = 0) -> str:
        """The newest code that came to a phone, after so many other texts; waits for it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (codes := _codes_in((await self.sms_to(phone))[after:])):
                await asyncio.sleep(0.05)
        return codes[-1]

    async def code_mailed_to(self, address: str) -> str:
        """The same of a letter."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (codes := _codes_in([text for _, text in await self.letters_to(address)])):
                await asyncio.sleep(0.05)
        return codes[-1]

    async def sms_to(self, phone: Phone) -> list[str]:
        """The texts that have come to a phone so far, the newest last."""
        return [text for _, text in await self.sms_with_minutes(phone)]

    async def sms_with_minutes(self, phone: Phone) -> list[tuple[str, str]]:
        """The same, each with its local minute."""
        return await self._sent("sms", phone.e164)

    async def letters_to(self, address: str) -> list[tuple[str, str]]:
        """The letters that have come to an address so far, each with its local minute."""
        return await self._sent("mail", address)

    async def _sent(self, what: str, to: str) -> list[tuple[str, str]]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/demo/{what}") as response:
            return [
                (f"{local(datetime.fromisoformat(each['at'])):%Y-%m-%dT%H:%M}", each["text"])
                for each in await response.json()
                if each["to"] == to
            ]


def _codes_in(texts: Sequence[str]) -> list[str]:
    """Six digits that stand alone: a notice has other numbers."""
    return [code for text in texts for code in re.findall(r"(?<![\d\w])\d{6}(?!\d)", text)]


@asynccontextmanager
async def running_demo(
    starts_at: str = FRIDAY_AFTERNOON, *arguments: str, **environment: str
) -> AsyncIterator[Demo]:
    """A demo with further arguments of its command; stopped at the end, which has to be clean."""
    port = free_port()
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("KEZEK_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--at", starts_at, "--port", str(port), *arguments,
        cwd=ROOT, env=inherited | environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        first_line = await process.stdout.readline()
        if not first_line:
            _, err = await process.communicate()
            raise AssertionError(f"the demo ended: {err.decode()}")
    assert first_line.startswith(b"Kezek demo"), first_line
    try:
        yield Demo(f"http://localhost:{port}", starts_at)
    finally:
        process.terminate()
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, err = await process.communicate()
    assert (process.returncode, err.decode()) == (0, ""), f"{process.returncode}: {err.decode()}"
