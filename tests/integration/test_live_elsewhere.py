"""The live feed of a process that others write beside: woken by them through Redis, or looking by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from bot.clock import real_now
from bot.settings import Settings
from bot.together import Together
from bot.web.console.live.feed import Feed
from bot.web.console.live.listener import Listener
from storage import shutting_out, staff_sessions
from storage.database import Database
from storage.tables import message
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.made_up_chats import add_chat, add_line, add_operator
from tests.integration.rows import add_territory

NEVER = timedelta(hours=1)
OFTEN = timedelta(milliseconds=20)
PATIENCE_SECONDS = 20


@asynccontextmanager
async def running(feed: Feed) -> AsyncIterator[None]:
    reading = asyncio.create_task(feed.run())
    yield
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)


async def told(page: Listener) -> bytes:
    """What a page is told next."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await page.wait()
    return page.take()


async def open_page(database: Database, chat: int) -> Listener:
    """A chat that somebody of the staff has open."""

    def work(tx: Transaction) -> Listener:
        staff_id = add_operator(tx, f"operator-{chat}")
        token = staff_sessions.start(tx, staff_id, real_now(), None)
        return Listener(frozenset(), staff_id, staff_sessions.hash_of(token), chat)

    return await database.write(work)


@pytest.mark.postgresql
async def test_what_another_process_has_written_is_found_at_the_next_look(
    postgres: Database, other: Database
) -> None:
    chat = await other.write(lambda tx: add_chat(tx, add_territory(tx)))
    feed, page = Feed(postgres, poll=OFTEN), await open_page(other, chat)

    async with running(feed), feed.listening(page, None):
        await told(page)  # how things stand
        await other.write(lambda tx: add_line(tx, chat, "news"))

        assert str(chat).encode() in await told(page)


@pytest.mark.postgresql
async def test_a_page_is_over_at_the_next_look_when_another_process_has_shut_its_owner_out(
    postgres: Database, other: Database
) -> None:
    chat = await other.write(lambda tx: add_chat(tx, add_territory(tx)))
    page, beside = await open_page(other, chat), await open_page(other, chat + 1)
    feed = Feed(postgres, poll=OFTEN)

    async with running(feed), feed.listening(page, None), feed.listening(beside, None):
        await told(page)
        await other.write(lambda tx: shutting_out.shut_out(tx, page.staff_id, tx.now))
        await told(page)

    assert (page.is_over, beside.is_over) == (True, False)


@pytest.mark.postgresql
@pytest.mark.redis
async def test_what_another_process_has_written_is_told_through_redis_to_one_that_would_not_have_looked(
    postgres: Database, other: Database, redis_url: str
) -> None:
    chat = await other.write(lambda tx: add_chat(tx, add_territory(tx)))
    settings = Settings(redis_url=SecretStr(redis_url))
    page, stop = await open_page(other, chat), asyncio.Event()
    reads, writes = Together(settings, postgres), Together(settings, other)
    reads.feed = Feed(postgres, poll=NEVER)

    async with AsyncExitStack() as stack:
        for each in (reads, writes):
            each.start(stack, stop, lambda: None)
        await stack.enter_async_context(reads.feed.listening(page, None))
        await told(page)
        async with asyncio.timeout(PATIENCE_SECONDS):
            # Until both hear, what is told is told to nobody.
            while not page.has_news:
                await other.write(lambda tx: add_line(tx, chat, "news"))
                await asyncio.sleep(0.1)

        assert str(chat).encode() in page.take()
    assert not stop.is_set()


@pytest.mark.postgresql
async def test_a_message_that_becomes_visible_after_a_younger_one_is_told(
    postgres: Database, other: Database, postgresql_url: str
) -> None:
    slow, quick = await other.write(lambda tx: (add_chat(tx, None), add_chat(tx, None)))
    feed, pages = Feed(postgres, poll=OFTEN), [await open_page(other, chat) for chat in (slow, quick)]
    row = {"direction": "in", "at": START, "channel": "telegram", "kind": "text", "text": "older"}
    engine = create_async_engine(postgresql_url)

    async with running(feed), AsyncExitStack() as stack, engine.connect() as held:
        for page in pages:
            await stack.enter_async_context(feed.listening(page, None))
            await told(page)
        await held.execute(insert(message), row | {"conversation_id": slow})
        await other.write(lambda tx: add_line(tx, quick, "younger"))
        younger = await told(pages[1])
        told_before = pages[0].has_news
        await held.commit()
        older = await told(pages[0])
    await engine.dispose()

    assert str(quick).encode() in younger
    assert not told_before
    assert str(slow).encode() in older
