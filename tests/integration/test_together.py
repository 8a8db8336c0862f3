"""Several processes on one database: woken through a real Redis, or looking by themselves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from bot.conversation.reply import Operation, Outgoing, Screen
from bot.wakeups import News, Wakeups
from bot.web.hub import Hub
from bot.web.said_elsewhere import SaidElsewhere
from storage.database import Database
from tests.integration.delivering import PATIENCE_SECONDS, RememberingSender, delivering, say, until
from tests.processes import free_port
from tests.redis_server import redis_server

NEVER = timedelta(hours=1)


@asynccontextmanager
async def running(*workers: object) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(each) for each in workers]  # type: ignore[call-overload]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def hears_nothing() -> None:
    """Of what this process is not interested in."""


async def heard_by(wakeups: Wakeups, heard: asyncio.Event) -> None:
    """Return once it is known to hear: what is told before is told to nobody."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not heard.is_set():
            wakeups.tell(News.POSTED)
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), 0.05)


@pytest.mark.postgresql
@pytest.mark.redis
async def test_what_one_process_has_posted_is_sent_at_once_by_another_that_would_not_have_looked(
    postgres: Database, other: Database, redis_url: str
) -> None:
    sender, heard = RememberingSender(), asyncio.Event()

    async with delivering(other, sender, "other", poll=NEVER) as delivery:

        def look() -> None:
            heard.set()
            delivery.look()

        there = Wakeups(redis_url, {News.POSTED: look, News.SHOWN: hears_nothing})
        here = Wakeups(redis_url, {News.POSTED: hears_nothing})
        postgres.call_when_posted(lambda: here.tell(News.POSTED))
        async with running(there.run(), here.run()):
            await heard_by(here, heard)
            await until(lambda: delivery.idle)
            await postgres.write(lambda tx: say(tx, "7", ("news",), None))
            await until(lambda: bool(sender.shown))

    assert sender.shown == [("7", "news")]


@pytest.mark.postgresql
async def test_where_nobody_can_be_woken_what_was_posted_is_found_at_the_next_look(
    postgres: Database, other: Database
) -> None:
    sender = RememberingSender()
    here = Wakeups(f"redis://127.0.0.1:{free_port()}/0", {News.POSTED: hears_nothing})
    postgres.call_when_posted(lambda: here.tell(News.POSTED))

    async with running(here.run()), delivering(other, sender, "other"):
        await postgres.write(lambda tx: say(tx, "7", ("news",), None))
        await until(lambda: bool(sender.shown))

    assert sender.shown == [("7", "news")]


@pytest.mark.redis
async def test_a_redis_that_was_away_is_heard_again() -> None:
    port, heard = free_port(), asyncio.Event()
    url = f"redis://127.0.0.1:{port}/0"
    there = Wakeups(url, {News.POSTED: heard.set})
    here = Wakeups(url, {News.POSTED: hears_nothing})

    async with running(there.run(), here.run()):
        for _ in range(2):
            heard.clear()
            with redis_server(port):
                await heard_by(here, heard)

    assert heard.is_set()


@pytest.mark.redis
async def test_nobody_is_woken_by_what_it_has_told_itself(redis_url: str) -> None:
    own: list[int] = []
    others = asyncio.Event()
    here = Wakeups(redis_url, {News.POSTED: lambda: own.append(1)})
    there = Wakeups(redis_url, {News.POSTED: others.set})

    async with running(here.run(), there.run()):
        await until(lambda: bool(own))  # once, as it begins to hear
        await heard_by(here, others)

    assert own == [1]


@pytest.mark.postgresql
async def test_an_open_page_is_woken_by_what_another_process_has_written_into_its_chat(
    postgres: Database, other: Database
) -> None:
    hub = Hub()
    pages = SaidElsewhere(postgres, hub, timedelta(milliseconds=20))
    await other.write(lambda tx: say(tx, "page", ("before",), None, channel="webchat"))

    with hub.listening("page") as news, hub.listening("silent") as silent:
        async with running(pages.run()):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await news.wait()
                news.clear()
                await other.write(lambda tx: say(tx, "page", ("news",), None, channel="webchat"))
                await news.wait()

    assert not silent.is_set()


@pytest.mark.postgresql
async def test_a_page_is_not_woken_while_nothing_is_said(postgres: Database, other: Database) -> None:
    hub = Hub()
    pages = SaidElsewhere(postgres, hub, timedelta(milliseconds=1))
    await other.write(lambda tx: say(tx, "page", ("before",), None, channel="webchat"))

    with hub.listening("page") as news:
        async with running(pages.run()):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await news.wait()
            news.clear()
            await asyncio.sleep(0.05)  # many looks

    assert not news.is_set()


async def test_what_is_shown_to_a_web_chat_is_told_to_the_processes_that_may_have_its_pages() -> None:
    told: list[int] = []
    hub = Hub(lambda: told.append(1))

    await hub.send("page", Outgoing(Operation.SEND, Screen("hello")), 1)

    assert told == [1]
