"""Uploads of the web chat: what is taken, what is not, and what is said then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientConnectionError

from bot.conversation.incoming import SharedFile
from bot.texts import texts_in
from bot.uploads.request import LONGEST_NAME
from bot.uploads.verdict import LARGEST
from bot.web import upload_body
from bot.web.flood import FILES_OF_A_CHAT, FILES_OF_AN_ADDRESS
from storage.errors import StorageBusy, StorageFull
from storage.files import FileStore
from storage.keyring import Keyring
from storage.sealed_files import SealedFiles
from storage.vault import Vault
from tests.fakes.web_site import Site, Visitor, running_site
from tests.processes import free_port
from tests.s3_server import S3Server, only_these

CONTENT = b"a picture" * 100


@asynccontextmanager
async def known_visitor(site: Site) -> AsyncIterator[Visitor]:
    """A browser with its cookie."""
    async with site.visitor() as visitor:
        await visitor.is_recognised()
        yield visitor


async def uploads(
    visitor: Visitor, content: Any = CONTENT, *, origin: str | None = None, **query: str
) -> tuple[int, dict[str, Any]]:
    """Send a file as the page does; the status and the JSON of the answer."""
    query = {"id": str(uuid4()), "name": "бет.jpg", "lang": "en", **query}
    headers = {"Origin": origin or visitor.url, "Content-Type": "image/jpeg"}
    address = f"{visitor.url}/chat/upload"
    async with visitor.http.post(address, params=query, data=content, headers=headers) as answer:
        return answer.status, await answer.json()


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    """A body whose length nobody tells."""
    for start in range(0, len(content), 100_000):
        yield content[start : start + 100_000]


async def spooled(site: Site) -> list[str]:
    """What lies in the spool."""
    return [blob.name async for blob in site.parts.files.sealed.store.blobs("spool")]


async def test_a_file_is_spooled_and_taken_as_a_message() -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        status, told = await uploads(visitor, id="a-name-of-the-page")

        (incoming,) = site.conversation.taken
        content = incoming.content
        assert isinstance(content, SharedFile)
        assert (content.kind, content.name, content.size) == ("photo", "бет.jpg", len(CONTENT))
        assert await site.parts.files.sealed.from_spool(content.ref) == CONTENT
        assert incoming.external_id == f"{incoming.address.chat}:a-name-of-the-page"
        taken = {"t": "taken", "id": "a-name-of-the-page", "message": "1", "duplicate": False}
        assert (status, told) == (200, taken)


async def test_a_file_that_comes_twice_is_taken_once_and_spooled_once() -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        await uploads(visitor, id="a-name-of-the-page")

        status, told = await uploads(visitor, id="a-name-of-the-page")

        assert (status, told["t"], told["duplicate"]) == (200, "taken", True)
        assert (len(site.conversation.taken), len(await spooled(site))) == (1, 1)


async def test_an_open_page_is_shown_the_file_and_the_reply() -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        page = await visitor.opens_page()
        await page.greets()

        await uploads(visitor)

        await page.sees("heard: 📎")
        await page.leaves()


@pytest.mark.parametrize("body", [BytesIO, in_pieces], ids=["whole", "in pieces"])
async def test_a_file_is_too_large_from_one_byte_more_on(body: Any) -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        fits, _ = await uploads(visitor, body(b"x" * LARGEST))
        status, told = await uploads(visitor, body(b"x" * (LARGEST + 1)))

        assert (fits, status, told["reason"]) == (200, 413, "too_large")
        assert (len(site.conversation.taken), len(await spooled(site))) == (1, 1)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_why_a_file_is_not_taken_is_said_in_the_language_of_the_page(language: str) -> None:
    async with running_site(texts=texts_in) as site, known_visitor(site) as visitor:
        _, told = await uploads(
            visitor, BytesIO(b"x" * (LARGEST + 1)), lang=language, id="a-name-of-the-page"
        )

        words = texts_in(language)("This file is too large: up to {size} MB can be taken.", size=10)
        refused = {"t": "refused", "id": "a-name-of-the-page", "reason": "too_large", "text": words}
        assert told == refused


async def test_a_stranger_is_asked_for_a_cookie_first() -> None:
    async with running_site() as site, site.visitor() as visitor:
        status, _ = await uploads(visitor)

        assert (status, site.conversation.taken, await spooled(site)) == (401, [], [])


async def test_the_page_of_another_site_can_not_send_files() -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        status, _ = await uploads(visitor, origin="https://elsewhere.example")

        assert (status, site.conversation.taken, await spooled(site)) == (403, [], [])


@pytest.mark.parametrize("name", ["", "short", "with spaces in it", "x" * 65])
async def test_a_message_without_a_proper_name_is_not_taken(name: str) -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        status, told = await uploads(visitor, id=name)

        assert (status, told["reason"], site.conversation.taken) == (400, "not_understood", [])


async def test_only_so_many_files_may_come_in_a_while() -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        statuses = [(await uploads(visitor))[0] for _ in range(FILES_OF_A_CHAT.times + 1)]
        page = await visitor.opens_page()
        await page.greets()
        await page.says("a text may still come")

        assert statuses == [200] * FILES_OF_A_CHAT.times + [429]
        await page.hears("taken")
        await page.leaves()


async def test_many_chats_of_one_address_share_what_it_may_send() -> None:
    async with running_site() as site:
        statuses: list[int] = []
        while len(statuses) <= FILES_OF_AN_ADDRESS.times:
            async with known_visitor(site) as visitor:
                statuses += [(await uploads(visitor, b"x"))[0] for _ in range(FILES_OF_A_CHAT.times)]

        first = FILES_OF_AN_ADDRESS.times
        assert (set(statuses[:first]), set(statuses[first:])) == ({200}, {429})


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(StorageFull(), "full"), (StorageBusy(), "unavailable"), (ZeroDivisionError(), "failed")],
)
async def test_a_file_without_a_turn_is_not_left_in_the_spool(fault: Exception, reason: str) -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        site.conversation.fault = fault

        status, told = await uploads(visitor)

        assert (status, told["reason"], await spooled(site)) == (503, reason, [])


async def test_a_file_store_that_is_down_is_told_and_no_turn_is_played() -> None:
    with only_these(S3Server(f"http://127.0.0.1:{free_port()}").environment):
        async with running_site() as site, known_visitor(site) as visitor:
            vault = Vault(Keyring.from_secret("a secret key of the tests"))
            object.__setattr__(site.parts.files, "sealed", SealedFiles(FileStore("s3://kezek"), vault))

            status, told = await uploads(visitor)

    assert (status, told["reason"], site.conversation.taken) == (503, "unavailable", [])


@pytest.mark.parametrize(("name", "kept"), [("a\0b.jpg", "ab.jpg"), ("x" * 300, "x" * LONGEST_NAME)])
async def test_a_name_is_cut_to_what_can_be_kept(name: str, kept: str) -> None:
    async with running_site() as site, known_visitor(site) as visitor:
        await uploads(visitor, name=name)

        content = site.conversation.taken[0].content
        assert isinstance(content, SharedFile)
        assert content.name == kept


async def test_an_upload_that_breaks_off_leaves_nothing_and_the_next_one_is_taken() -> None:
    async def breaks_off() -> AsyncIterator[bytes]:
        yield b"x" * 100_000
        raise ZeroDivisionError

    async with running_site() as site, known_visitor(site) as visitor:
        with pytest.raises(ClientConnectionError):
            await uploads(visitor, breaks_off())

        status, _ = await uploads(visitor)

        assert (status, len(site.conversation.taken), len(await spooled(site))) == (200, 1, 1)


async def test_only_so_many_are_taken_in_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_body, "AT_ONCE", 1)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x" * 100_000
        begun.set()
        await go_on.wait()

    async with running_site() as site, known_visitor(site) as visitor:
        first = asyncio.create_task(uploads(visitor, slow()))
        await begun.wait()

        second, told = await uploads(visitor)
        go_on.set()

        assert (second, told["reason"]) == (429, "too_fast")
        assert (await first)[0] == 200
        assert (await uploads(visitor))[0] == 200
