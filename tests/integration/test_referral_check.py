"""The page behind a referral's QR code: valid or not, to the second, and nothing of the child's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot.papers.referral_links import PATH, ReferralLinks
from bot.texts import LANGUAGES, texts_in
from bot.uploads.kept_files import KeptFiles
from bot.web.flood import VISITS_OF_AN_ADDRESS
from domain.referral import ReferralEnd
from storage.database import Database
from storage.files import FileStore
from storage.referral_checks import check
from storage.sealed_files import SealedFiles
from tests.fakes.clock import START, SetClock
from tests.fakes.web_site import SECRET_KEY, running_site
from tests.integration.open_city import GROUP, MARKED, OpenCity, Referred

SECOND = timedelta(seconds=1)
LINKS = ReferralLinks(SECRET_KEY, "")


@asynccontextmanager
async def browser(database: Database) -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody with a camera in front of the paper."""
    files = KeptFiles(database, SealedFiles(FileStore("file:///nowhere"), database.vault))
    async with (
        running_site(files=files) as site,
        aiohttp.ClientSession(site.url, headers={"Accept": "text/html"}) as session,
    ):
        yield session


async def seen(database: Database, link: str, language: str = "en") -> tuple[int, str]:
    """Status and page that a link leads to."""
    async with browser(database) as session, session.get(link, params={"lang": language}) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        return answer.status, await answer.text()


async def referred(database: Database, **how: object) -> Referred:
    """A referral in the city."""
    return await database.write(lambda tx: OpenCity(tx).refer(**how))  # type: ignore[arg-type]


async def test_a_valid_referral_is_told_with_its_kindergarten_and_group(sqlite: Database) -> None:
    given = await referred(sqlite)

    status, html = await seen(sqlite, LINKS.to(given.number))

    assert status == 200
    assert "The referral is valid" in html
    assert f"№&nbsp;{given.number}" in html
    assert "27.11.2026" not in html  # issued on Thursday the 19th: the fifth working day is the 26th
    assert "26.11.2026" in html
    assert "Құлыншақ" in html
    assert GROUP in html


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_of_the_child_stands_there_in_any_language(sqlite: Database, language: str) -> None:
    given = await referred(sqlite)

    _, html = await seen(sqlite, LINKS.to(given.number), language)

    assert texts_in(language)("The referral is valid") in html
    assert [each for each in (*MARKED, "14.05.2022", "2022") if each in html] == []


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (ReferralEnd.ENROLLED, "The referral has been used"),
        (ReferralEnd.DECLINED, "The referral is not valid any more"),
        (ReferralEnd.REFUSED_AT_DESK, "The referral is not valid any more"),
        (ReferralEnd.REVOKED, "The referral is not valid any more"),
        (ReferralEnd.EXPIRED, "The referral has expired"),
    ],
)
async def test_a_referral_that_is_over_is_told_to_be(sqlite: Database, end: ReferralEnd, words: str) -> None:
    given = await referred(sqlite, end=end, ended_at=START)

    status, html = await seen(sqlite, LINKS.to(given.number))

    assert (status, words in html, "The referral is valid" in html) == (200, True, False)


@pytest.mark.parametrize(
    ("moment", "end"),
    [(-SECOND, None), (timedelta(0), ReferralEnd.EXPIRED), (SECOND, ReferralEnd.EXPIRED)],
    ids=["23:59:59 of the last day", "00:00", "00:00:01"],
)
async def test_it_expires_at_midnight_though_no_job_ran(
    database: Database, clock: SetClock, moment: timedelta, end: ReferralEnd | None
) -> None:
    given = await referred(database)
    clock.at = given.given.ends_at + moment

    found = await database.read(lambda tx: check(tx, given.number))

    assert found is not None
    assert (found.end, found.ended_at) == (end, None if end is None else given.given.ends_at)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_forged_link_and_one_of_no_referral_lead_to_the_same_page(
    sqlite: Database, language: str
) -> None:
    given = await referred(sqlite)
    good = LINKS.token(given.number)
    stranger = ReferralLinks("another secret of the tests", "")
    links = {
        "cut": good[:-1],
        "longer": good + "A",
        "changed": good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        "other key": stranger.token(given.number),
        "no such referral": LINKS.token(given.number ^ 1),
        "junk": "x" * 2000,
        "number": str(given.number),
    }

    pages = {}
    for name, token in links.items():
        status, html = await seen(sqlite, f"{PATH}/{token}", language)
        pages[name] = (status, html.replace(token, "…"))

    first = pages["cut"]
    assert texts_in(language)("There is no such referral") in first[1]
    assert pages == dict.fromkeys(pages, (404, first[1]))


async def test_the_page_leads_to_itself_in_the_other_languages(sqlite: Database) -> None:
    given = await referred(sqlite)
    link = LINKS.to(given.number)

    _, html = await seen(sqlite, link)

    assert [code for code in LANGUAGES if f'href="{link}?lang={code}"' in html] == list(LANGUAGES)


async def test_what_stands_in_the_address_is_never_taken_for_markup(sqlite: Database) -> None:
    status, html = await seen(sqlite, PATH + "/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")

    assert status == 404
    assert "<script>" not in html


async def test_whoever_tries_tokens_in_haste_has_to_wait(sqlite: Database) -> None:
    async with browser(sqlite) as session:
        statuses = []
        for _ in range(VISITS_OF_AN_ADDRESS.times + 1):
            async with session.get(PATH + "/x") as answer:
                statuses.append(answer.status)

    assert statuses == [404] * VISITS_OF_AN_ADDRESS.times + [429]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_its_last_day_goes_into_a_calendar_with_two_alarms_and_nothing_of_the_child(
    sqlite: Database, language: str
) -> None:
    given = await referred(sqlite)
    link = LINKS.calendar(given.number, language)

    async with browser(sqlite) as session, session.get(link) as answer:
        assert answer.content_type == "text/calendar"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="referral-{given.number}.ics"'
        raw = await answer.read()

    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert "DTSTART;VALUE=DATE:20261126" in lines
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-PT5H", "TRIGGER:PT8H"]
    summary = texts_in(language)("Last day of referral № {number}", number=given.number)
    assert f"SUMMARY:{summary}" in lines
    assert not [each for each in MARKED if each in raw.decode()]


async def test_the_calendar_of_a_referral_that_is_over_calls_the_event_off(
    sqlite: Database, clock: SetClock
) -> None:
    given = await referred(sqlite)
    clock.at = START + timedelta(days=30)

    async with browser(sqlite) as session, session.get(LINKS.calendar(given.number, "en")) as answer:
        lines = (await answer.text()).split("\r\n")

    assert "STATUS:CANCELLED" in lines
    assert not [line for line in lines if line.startswith("TRIGGER")]


async def test_a_forged_calendar_is_not_there(sqlite: Database) -> None:
    async with browser(sqlite) as session, session.get(f"{PATH}/forged.ics") as answer:
        assert answer.status == 404
