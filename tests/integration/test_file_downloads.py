"""Fetching a file by its link: a page first, the file at the press of a button, never shown in place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import time_machine

from bot.clock import real_now
from bot.texts import texts_in
from bot.uploads.kept_files import KeptFiles
from bot.uploads.links import GOOD_FOR, FileLinks
from bot.web.flood import VISITS_OF_AN_ADDRESS
from storage import file_rows
from storage.database import Database
from storage.file_rows import NewFile
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from tests.fakes.web_site import running_site

FILE_ID = 7_000_000_000_000_000_007
CONTENT = b"<script>what somebody sent</script>" * 40
OVER = "This link is no longer good"


@pytest.fixture
def kept(sqlite: Database, tmp_path: Path) -> KeptFiles:
    """Files in a database and a folder."""
    return KeptFiles(sqlite, SealedFiles(FileStore((tmp_path / "files").as_uri()), sqlite.vault))


async def keep(kept: KeptFiles, content_type: str = "application/pdf", size: int = len(CONTENT)) -> NewFile:
    """A file that somebody sent."""
    sealed = await kept.sealed.put(FILE_ID, CONTENT)
    new = NewFile(
        FILE_ID, "document", "Айгүл.pdf", content_type, size, b"\1" * 32, sealed.stored_as, sealed.key_id
    )
    await kept.database.write(lambda tx: file_rows.add(tx, new))
    return new


@asynccontextmanager
async def browser(kept: KeptFiles, **parts: Any) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who follows links of this site."""
    async with (
        running_site(files=kept, texts=texts_in, **parts) as site,
        aiohttp.ClientSession(site.url, headers={"Accept": "text/html"}) as session,
    ):
        yield session


def link(language: str = "en", file_id: int = FILE_ID) -> str:
    """The path of a link."""
    return FileLinks("a secret key of the tests", "").to(file_id, language)


async def test_a_link_shows_what_it_is_for_and_fetches_nothing(kept: KeptFiles) -> None:
    await keep(kept)

    async with browser(kept) as session, session.get(link()) as answer:
        html = await answer.text()

    assert (answer.status, answer.content_type) == (200, "text/html")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "A PDF document, 1 KB" in html
    assert "Айгүл" not in html
    assert "what somebody sent" not in html


async def test_the_button_fetches_the_file_to_be_saved_and_never_to_be_shown(kept: KeptFiles) -> None:
    await keep(kept)

    async with browser(kept) as session, session.post(link()) as answer:
        content = await answer.read()

    assert (answer.status, content) == (200, CONTENT)
    shown = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    assert {name: answer.headers[name] for name in (*shown, "Content-Security-Policy")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="kezek-000007.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox",
    }


@pytest.mark.parametrize(
    ("content_type", "sent_as", "ending", "words"),
    [
        ("image/jpeg", "image/jpeg", "jpg", "A picture"),
        ("application/zip", "application/zip", "zip", "A file"),
        ("text/html", "application/octet-stream", "bin", "A file"),
    ],
)
async def test_a_file_is_sent_as_what_it_is_or_as_something_unknown(
    kept: KeptFiles, content_type: str, sent_as: str, ending: str, words: str
) -> None:
    await keep(kept, content_type)

    async with browser(kept) as session:
        async with session.get(link()) as page:
            html = await page.text()
        async with session.post(link()) as answer:
            await answer.read()

    assert words in html
    assert answer.content_type == sent_as
    assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (1024 * 1024 - 1, "1024 KB"), (1024 * 1024, "1 MB"), (5_600_000, "5 MB")],
)
async def test_a_size_is_told_in_round_numbers(kept: KeptFiles, size: int, words: str) -> None:
    await keep(kept, size=size)

    async with browser(kept) as session, session.get(link()) as answer:
        assert f"A PDF document, {words}" in await answer.text()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_page_speaks_the_language_of_the_link(kept: KeptFiles, language: str) -> None:
    await keep(kept)

    async with browser(kept) as session, session.get(link(language)) as answer:
        html = await answer.text()

    assert f'<html lang="{language}">' in html
    assert texts_in(language)("Save it") in html


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_link_that_is_over_is_told_in_kind_words(kept: KeptFiles, method: str) -> None:
    await keep(kept)
    with time_machine.travel(real_now() - GOOD_FOR):
        old = link()

    async with browser(kept) as session, session.request(method, old) as answer:
        html = await answer.text()

    assert (answer.status, OVER in html) == (404, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "path", ["/files/x", "/files/" + "A" * 64, link(file_id=1)], ids=["short", "forged", "gone"]
)
async def test_a_link_to_nothing_is_told_in_the_same_words(kept: KeptFiles, method: str, path: str) -> None:
    await keep(kept)

    async with browser(kept) as session, session.request(method, path, params={"lang": "en"}) as answer:
        html = await answer.text()

    assert (answer.status, OVER in html) == (404, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_deleted_file_is_not_given(kept: KeptFiles, method: str) -> None:
    await keep(kept)
    await kept.database.write(lambda tx: file_rows.mark_deleted(tx, FILE_ID))

    async with browser(kept) as session, session.request(method, link()) as answer:
        html = await answer.text()

    assert (answer.status, OVER in html) == (404, True)


async def test_a_file_whose_content_is_gone_is_told_and_noted(kept: KeptFiles) -> None:
    new = await keep(kept)
    await kept.sealed.delete(new.stored_as)

    async with browser(kept) as session, session.post(link()) as answer:
        assert answer.status == 404


async def test_a_file_that_was_sealed_anew_in_that_moment_is_given(kept: KeptFiles) -> None:
    new = await keep(kept)
    found = await kept.find(FILE_ID)
    assert found is not None
    await kept.sealed.store.put("files/61/elsewhere", await kept.sealed.store.get(new.stored_as))
    await kept.database.write(
        lambda tx: tx.conn.exec_driver_sql("UPDATE file SET stored_as = 'files/61/elsewhere'")
    )
    await kept.sealed.delete(new.stored_as)

    assert await kept.content(found) == CONTENT


async def test_a_store_that_is_down_is_told_as_something_that_passes(kept: KeptFiles, tmp_path: Path) -> None:
    await keep(kept)
    no_folder = tmp_path / "a file"
    no_folder.touch()
    broken = KeptFiles(kept.database, SealedFiles(FileStore(no_folder.as_uri()), kept.sealed.vault))

    async with browser(broken) as session, session.post(link()) as answer:
        assert answer.status == 503


async def test_whoever_tries_links_in_haste_has_to_wait(kept: KeptFiles) -> None:
    async with browser(kept) as session:
        statuses = []
        for _ in range(VISITS_OF_AN_ADDRESS.times + 1):
            async with session.get("/files/x") as answer:
                statuses.append(answer.status)

    assert statuses == [404] * VISITS_OF_AN_ADDRESS.times + [429]
