"""The link at a letter's foot: looked at by programs, pressed by people, good at one address only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.channels.mail.links import PATH, LetterLinks
from bot.uploads.kept_files import KeptFiles
from domain.notice import Deed
from storage import mailboxes, people, profiles
from storage.database import Database
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from tests.fakes.web_site import SECRET_KEY, running_site
from tests.integration.inboxes import noted
from tests.integration.test_falling_back import MAILBOX, family

LINKS = LetterLinks(SECRET_KEY, "")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@asynccontextmanager
async def browser(database: Database) -> AsyncIterator[aiohttp.ClientSession]:
    files = KeptFiles(database, SealedFiles(FileStore("file:///nowhere"), database.vault))
    async with (
        running_site(files=files) as site,
        aiohttp.ClientSession(site.url, headers={"Accept": "text/html"}) as session,
    ):
        yield session


async def reader(database: Database, *channels: str) -> int:
    """A parent who chose letters."""
    made = await database.write(lambda tx: family(tx, *channels, mailbox=MAILBOX, way="email"))
    return made.parent_id


async def way_of(database: Database, parent_id: int) -> str:
    return await database.read(lambda tx: people.notices_of(tx, parent_id).way)


async def presses(database: Database, link: str) -> tuple[int, str]:
    async with browser(database) as session, session.post(link, data=ONE_CLICK) as answer:
        return answer.status, await answer.text()


async def test_one_click_brings_the_news_back_to_the_messenger(database: Database) -> None:
    parent_id = await reader(database, "telegram")
    link = LINKS.to(parent_id, MAILBOX, "en")

    answers = [await presses(database, link) for _ in range(2)]

    assert [status for status, _ in answers] == [200, 200]
    assert "No more letters come." in answers[0][1]
    assert await way_of(database, parent_id) == "messenger"
    [(_, deed)] = await noted(database, parent_id)
    assert deed is Deed.NOTICES_CHANGED
    assert (await database.read(lambda tx: mailboxes.of_each(tx, [parent_id])))[parent_id].ended


async def test_who_has_no_messenger_is_told_by_sms(sqlite: Database) -> None:
    parent_id = await reader(sqlite)

    await presses(sqlite, LINKS.to(parent_id, MAILBOX, "en"))

    assert await way_of(sqlite, parent_id) == "sms"


async def test_looking_at_the_link_changes_nothing(sqlite: Database) -> None:
    parent_id = await reader(sqlite, "telegram")

    async with browser(sqlite) as session, session.get(LINKS.to(parent_id, MAILBOX, "ru")) as answer:
        html = await answer.text()

    assert answer.status == 200
    assert '<form method="post">' in html
    assert '<html lang="ru">' in html
    assert await way_of(sqlite, parent_id) == "email"


async def test_letters_that_are_chosen_again_come_again(sqlite: Database) -> None:
    parent_id = await reader(sqlite, "telegram")
    await presses(sqlite, LINKS.to(parent_id, MAILBOX, "en"))

    await sqlite.write(lambda tx: profiles.set_notices(tx, parent_id, way="email", language="ru"))

    assert not (await sqlite.read(lambda tx: mailboxes.of_each(tx, [parent_id])))[parent_id].ended


@pytest.mark.parametrize("which", ["forged", "former address", "nobody's", "nonsense"])
async def test_a_link_that_is_not_the_parents_ends_nothing(sqlite: Database, which: str) -> None:
    parent_id = await reader(sqlite, "telegram")
    links = {
        "forged": LetterLinks("another secret of others", "").to(parent_id, MAILBOX, "en"),
        "former address": LINKS.to(parent_id, "former@pochta.example", "en"),
        "nobody's": LINKS.to(1, MAILBOX, "en"),
        "nonsense": f"{PATH}/x?lang=en",
    }

    status, html = await presses(sqlite, links[which])

    assert status == 404
    assert "This link ends no letters" in html
    assert await way_of(sqlite, parent_id) == "email"
