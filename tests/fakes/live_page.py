"""An open page's line to the live feed, without a browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import ClientResponse

from tests.fakes.staff_browser import StaffBrowser

PATIENCE_SECONDS = 20


@dataclass
class Event:
    """What was told: its name, its id, its data."""

    name: str
    data: Any
    id: str = ""


@dataclass
class LivePage:
    """Hears events one after the other."""

    answer: ClientResponse
    heard: list[Event] = field(default_factory=list)

    async def hears(self, name: str) -> Event:
        """The next event of a name; what came before it is kept in `heard`."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                event = await self._event()
                self.heard.append(event)
                if event.name == name:
                    return event

    async def sees(self, chat_id: int, text: str) -> dict[str, Any]:
        """Wait until the row of a conversation ends with this line; the row."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                for row in (await self.hears("inbox")).data["rows"]:
                    if row["id"] == str(chat_id) and row["text"] == text:
                        return dict(row)

    async def ends(self) -> None:
        """Wait for the end."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.answer.content.read()

    @property
    def rows(self) -> set[str]:
        """The ids of all conversations that were told of."""
        return {row["id"] for event in self.heard if event.name == "inbox" for row in event.data["rows"]}

    async def _event(self) -> Event:
        fields: dict[str, str] = {}
        while line := (await self.answer.content.readline()).decode():
            name, _, value = line.rstrip("\r\n").partition(": ")
            if name == "" and "event" in fields:
                return Event(fields["event"], orjson.loads(fields["data"]), fields.get("id", ""))
            fields[name] = value
        raise EOFError


@asynccontextmanager
async def live_page(
    browser: StaffBrowser, query: str = "inbox=1", last: str | None = None
) -> AsyncIterator[LivePage]:
    """A page that listens; `last`: the event that it has heard before it was cut off."""
    headers = {"Last-Event-ID": last} if last else {}
    async with browser.http.get(f"{browser.url}/console/live?{query}", headers=headers) as answer:
        assert answer.status == 200, answer.status
        assert answer.content_type == "text/event-stream", answer.url
        # The first thing said is when to come again: from then on all is heard.
        await answer.content.readline()
        yield LivePage(answer)
