"""/open-data/ as browsers, spreadsheets and programs meet it."""

import csv
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import aiohttp
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.texts import LANGUAGES, texts_in
from bot.uploads.kept_files import KeptFiles
from bot.web.flood import VISITS_OF_AN_ADDRESS, MemoryFlood
from bot.web.open_data import files
from bot.web.open_data.query import DAYS
from bot.web.open_data.sets import SETS
from domain.referral import ReferralEnd
from storage.database import Database
from storage.errors import StorageUnavailable
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.fakes.web_site import Site, running_site
from tests.integration.open_city import MARKED, OpenCity

DAY = timedelta(days=1)
BROWSER = {"Accept": "text/html,application/xhtml+xml"}
NAMES = [each.name for each in SETS]
ENDINGS = ["html", "csv", "json"]


class Unlimited(MemoryFlood):
    """As if everybody came from an address of their own."""

    async def wait(self, key: str, rate: object) -> None:
        return None


@pytest.fixture
async def site(sqlite: Database) -> AsyncIterator[Site]:
    """A site over a city in which something happened."""
    await sqlite.write(a_city)
    async with site_over(sqlite, flood=Unlimited()) as running:
        yield running


@pytest.fixture
async def browser(site: Site) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(site.url) as session:
        yield session


def site_over(database: Database, **parts: Any) -> Any:
    """A site over a database."""
    kept = KeptFiles(database, SealedFiles(FileStore("file:///nowhere"), database.vault))
    return running_site(files=kept, texts=texts_in, **parts)


def a_city(tx: Transaction) -> None:
    """Two referrals, three lists of which one is not out yet, a queue."""
    city = OpenCity(tx)
    _, seats = city.publish(START - DAY, seats=3)
    city.refer(START - timedelta(hours=2), seat_id=seats[0])
    city.refer(START - timedelta(days=10), end=ReferralEnd.ENROLLED, ended_at=START)
    city.publish(START + timedelta(hours=3), group_id=city.group("Жарияланбаған"))
    city.queue("general", 2023, (1, 20, 300))


async def table(browser: aiohttp.ClientSession, path: str) -> list[list[str]]:
    """A CSV file, read as a program reads it."""
    async with browser.get(path) as answer:
        assert (answer.status, answer.content_type, answer.charset) == (200, "text/csv", "utf-8")
        text = (await answer.read()).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";" if "excel" in path else ","))


async def rows(browser: aiohttp.ClientSession, path: str) -> list[dict[str, Any]]:
    """The rows of a JSON answer."""
    async with browser.get(path) as answer:
        assert (answer.status, answer.content_type) == (200, "application/json")
        found: list[dict[str, Any]] = orjson.loads(await answer.read())["rows"]
        return found


@pytest.mark.parametrize("name", NAMES)
async def test_all_three_forms_tell_the_same(browser: aiohttp.ClientSession, name: str) -> None:
    head, *lines = await table(browser, f"/open-data/{name}.csv")
    found = await rows(browser, f"/open-data/{name}.json")
    async with browser.get(f"/open-data/{name}.html", params={"lang": "en"}) as answer:
        html = await answer.text()

    assert [set(row) for row in found] == [set(head)] * len(found)
    assert len(lines) == len(found) == html.split("<tbody>")[-1].count("<tr>")
    assert len(found) > 0
    for line, row in zip(lines, found, strict=True):
        for name_, cell in zip(head, line, strict=True):
            told = row[name_]
            flat = " ".join(map(str, told)) if isinstance(told, list) else "" if told is None else str(told)
            assert cell == flat


async def test_the_json_says_what_it_is(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/open-data/referrals.json", params={"lang": "ru"}) as answer:
        told = orjson.loads(await answer.read())

    head = {name: value for name, value in told.items() if name not in ("rows", "licence")}
    assert head == {
        "format": "kezek-open-data-referrals",
        "version": 1,
        "as_of": "2026-11-20T15:00:00+05:00",
        "time_zone": "Asia/Almaty",
        "territory": None,
        "from": "2026-10-21",
        "to": "2026-11-20",
        "next": None,
    }
    assert "Кезек" in told["licence"]
    assert [(row["status"], row["issued_on"], row["ended_on"]) for row in told["rows"]] == [
        ("valid", "2026-11-20", None),
        ("enrolled", "2026-11-10", "2026-11-20"),
    ]


@pytest.mark.parametrize("name", NAMES)
async def test_nobody_is_named_anywhere(sqlite: Database, name: str) -> None:
    number = (await sqlite.write(lambda tx: OpenCity(tx).refer(number=7_654_321))).number
    applications = await sqlite.read(
        lambda tx: [str(each) for (each,) in tx.conn.exec_driver_sql("SELECT number FROM application")]
    )
    paths = [f"/open-data/{name}.{each}" for each in ("html", "csv", "csv?excel=1", "json")]
    async with site_over(sqlite) as site, aiohttp.ClientSession(site.url) as session:
        told = "".join([await text_of(session, path) for path in paths])

    assert "city" in told
    assert [each for each in (*MARKED, str(number), *applications) if each in told] == []
    assert "T15:00:00." not in told


async def text_of(session: aiohttp.ClientSession, path: str) -> str:
    """What stands there."""
    async with session.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_what_is_not_published_is_nowhere(browser: aiohttp.ClientSession) -> None:
    for ending in ENDINGS:
        async with browser.get(f"/open-data/seats.{ending}?to=2026-12-31") as answer:
            assert "Жарияланбаған" not in await answer.text()


async def test_a_referral_and_a_list_turn_at_their_very_second(sqlite: Database, clock: SetClock) -> None:
    city = await sqlite.write(lambda tx: OpenCity(tx).refer(START - DAY))
    path = "/open-data/referrals.json"
    statuses = []

    for clock.at in (city.given.ends_at - timedelta(seconds=1), city.given.ends_at):
        # Each moment is looked at by a site of its own: what is kept lasts until the minute is over.
        async with (
            site_over(sqlite) as site,
            aiohttp.ClientSession(site.url) as session,
            session.get(path) as answer,
        ):
            kept_for = answer.headers["Cache-Control"]
            [row] = orjson.loads(await answer.read())["rows"]
        statuses.append((row["status"], kept_for))

    assert statuses == [("valid", "public, max-age=1"), ("expired", "public, max-age=60")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_page_speaks_the_language_it_is_asked_for(
    browser: aiohttp.ClientSession, language: str
) -> None:
    t = texts_in(language)

    for data in SETS:
        html = await text_of(browser, f"/open-data/{data.name}.html?lang={language}")

        assert f'<html lang="{language}">' in html
        assert f"<h1>{data.title(t)}</h1>" in html
        assert all(f">{each.heading(t)}</th>" in html for each in data.columns if not each.for_programs)


async def test_the_overview_leads_to_everything(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/open-data", headers=BROWSER, params={"lang": "ru"}) as answer:
        html = await answer.text()
        assert answer.url.path == "/open-data/"

    for name in NAMES:
        for ending in ENDINGS:
            assert f'href="/open-data/{name}.{ending}?lang=ru"' in html


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("*/*", "application/json"),
    ],
)
async def test_without_an_ending_it_is_what_the_client_takes(
    browser: aiohttp.ClientSession, accept: str, content_type: str
) -> None:
    async with browser.get("/open-data/queue", headers={"Accept": accept}) as answer:
        assert (answer.status, answer.content_type) == (200, content_type)
        assert answer.headers["Vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize("ending", ENDINGS)
async def test_who_has_it_already_is_told_so(browser: aiohttp.ClientSession, ending: str) -> None:
    path = f"/open-data/seats.{ending}"
    async with browser.get(path) as answer:
        tag, modified = answer.headers["ETag"], answer.headers["Last-Modified"]
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert tag.startswith('W/"')

    for known, status in (
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": '"other", ' + tag}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Thu, 19 Nov 2026 10:00:00 GMT"}, 200),
    ):
        async with browser.get(path, headers=known) as answer:
            assert (answer.status, bool(await answer.read())) == (status, status == 200)


async def test_a_spreadsheet_finds_kazakh_letters_and_semicolons(browser: aiohttp.ClientSession) -> None:
    async with browser.get("/open-data/seats.csv", params={"excel": "1", "lang": "kk"}) as answer:
        body = await answer.read()
        assert answer.headers["Content-Disposition"] == 'attachment; filename="kezek-seats.csv"'

    assert body.startswith(b"\xef\xbb\xbf")
    head, first, *_ = csv.reader(StringIO(body.decode("utf-8-sig")), delimiter=";")
    assert head[:4] == ["Аумақ коды", "Аумақ", "Балабақша", "Топ"]
    assert first[2:5] == ['"Құлыншақ" балабақшасы', "Ботақан", "Қазақ тілі"]
    assert first[head.index("Жарияланды")] == "19.11.2026\N{NO-BREAK SPACE}15:00"


@pytest.mark.parametrize("excel", ["", "?excel=1"])
@pytest.mark.parametrize("odd", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1"])
async def test_a_name_is_never_taken_for_a_formula(sqlite: Database, odd: str, excel: str) -> None:
    await sqlite.write(lambda tx: OpenCity(tx, kindergarten_name=odd).refer(START - DAY))

    async with (
        site_over(sqlite) as site,
        aiohttp.ClientSession(site.url) as session,
        session.get(f"/open-data/referrals.csv{excel}") as answer,
    ):
        text = (await answer.read()).decode("utf-8-sig")

    lines = list(csv.reader(StringIO(text, newline=""), delimiter=";" if excel else ","))
    assert lines[1][2] == f"'{odd}"


@pytest.mark.parametrize("name", ["seats", "referrals"])
async def test_long_protocols_are_read_on_page_by_page(sqlite: Database, name: str) -> None:
    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        for n in range(55):
            city.refer(START - n * timedelta(hours=7), seat_id=city.publish(START - n * DAY / 2)[1][0])

    await sqlite.write(work)
    async with site_over(sqlite) as site, aiohttp.ClientSession(site.url) as session:
        link, seen = f"/open-data/{name}.html?lang=en&from=2026-10-01", []
        while link:
            async with session.get(link) as answer:
                html = await answer.text()
            seen.append(html.split("<tbody>")[1].count("<tr>"))
            link = html.partition('" rel="next"')[0].rpartition('href="')[2] if 'rel="next"' in html else ""
            link = link.replace("&amp;", "&")

    assert seen == [50, 5]


async def test_a_program_follows_next_to_the_end(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.open_data.source.ROWS_OF_JSON", 2)

    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        for n in range(5):
            city.refer(START - n * DAY)

    await sqlite.write(work)
    async with site_over(sqlite) as site, aiohttp.ClientSession(site.url) as session:
        path: str | None = "/open-data/referrals.json?from=2026-11-01"
        days: list[str] = []
        while path:
            async with session.get(path) as answer:
                told = orjson.loads(await answer.read())
            days += [row["issued_on"] for row in told["rows"]]
            path = told["next"]

    assert days == [f"2026-11-{day}" for day in (20, 19, 18, 17, 16)]


async def test_a_long_file_is_written_while_it_is_read_and_is_whole(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ROWS_AT_ONCE", 7)
    monkeypatch.setattr(files, "KEPT_BYTES", 1000)

    def work(tx: Transaction) -> None:
        city = OpenCity(tx)
        for n in range(40):
            city.refer(START - n * timedelta(hours=5))

    await sqlite.write(work)
    async with (
        site_over(sqlite) as site,
        aiohttp.ClientSession(site.url) as session,
        session.get("/open-data/referrals.csv") as answer,
    ):
        text = (await answer.read()).decode("utf-8-sig")
        assert answer.headers["Transfer-Encoding"] == "chunked"
        assert answer.headers["Cache-Control"] == "no-store"

    lines = text.splitlines()
    assert (len(lines), lines[0].partition(",")[0]) == (41, "territory")
    assert text.count("territory_name") == 1


async def test_a_fault_in_the_middle_of_a_file_does_not_make_it_look_whole(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(files, "KEPT_BYTES", 100)
    await sqlite.write(a_city)
    async with site_over(sqlite) as site, aiohttp.ClientSession(site.url) as session:
        reads = iter(range(100))
        read = sqlite.read

        async def breaks(work: Any) -> Any:
            if next(reads) > 2:
                raise StorageUnavailable("a test")
            return await read(work)

        monkeypatch.setattr(sqlite, "read", breaks)
        with pytest.raises(aiohttp.ClientError):
            async with session.get("/open-data/seats.csv?from=2026-01-01") as answer:
                await answer.read()


BAD = [
    "from=x",
    "from=2026-02-30",
    "from=1999-12-31",
    "to=2100-01-01",
    "from=2026-11-02&to=2026-11-01",
    f"from=2020-01-01&to={(datetime(2020, 1, 1) + timedelta(days=DAYS)).date()}",  # noqa: DTZ001  a day
    "territory=nowhere",
    "territory=%00",
    "territory=" + "x" * 65,
    "after=x",
    "after=99999999.1",
    "after=00010101.1",
    "after=99991231.1",
    "after=20261301.1",
    "after=" + "9" * 18,
    "after=1.1&after=1.1",
    "from=2026-11-01&from=2026-11-01",
    "excel=2",
]


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [("html", "text/html"), ("csv", "text/plain"), ("json", "application/json")],
)
async def test_what_cannot_be_asked_is_refused_in_words(
    browser: aiohttp.ClientSession, ending: str, content_type: str
) -> None:
    for bad in BAD:
        async with browser.get(f"/open-data/referrals.{ending}?{bad}&lang=ru", headers=BROWSER) as answer:
            text = await answer.text()

        assert (answer.status, answer.content_type) == (400, content_type), bad
        assert answer.headers["Cache-Control"] == "no-store"
        assert any(letter in text for letter in "аеио")


async def test_an_unknown_name_is_refused_to_programs_and_passed_over_for_people(
    browser: aiohttp.ClientSession,
) -> None:
    statuses = {}
    for ending in ENDINGS:
        async with browser.get(f"/open-data/queue.{ending}?fbclid=1") as answer:
            statuses[ending] = answer.status

    assert statuses == {"html": 200, "csv": 400, "json": 400}


async def test_no_query_string_breaks_anything(browser: aiohttp.ClientSession) -> None:
    names = st.sampled_from(["territory", "from", "to", "after", "lang", "excel", "x"])
    odd = st.text(max_size=30) | st.from_regex(r"\d{1,25}(\.\d{1,25})?", fullmatch=True)
    odd |= st.dates().map(str) | st.sampled_from(["city", "2026-11-20", "1", "kk", "-1", "1e9", "١٢"])
    queries = st.lists(st.tuples(names, odd), max_size=4)
    drawn: list[tuple[str, str, list[tuple[str, str]]]] = []

    @settings(max_examples=150, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(NAMES), st.sampled_from(ENDINGS), queries)
    def draw(name: str, ending: str, query: list[tuple[str, str]]) -> None:
        drawn.append((name, ending, query))

    draw()
    for name, ending, query in drawn:
        async with browser.get(f"/open-data/{name}.{ending}", params=query) as answer:
            assert answer.status in (200, 400), (name, ending, query)


async def test_markup_in_a_query_stays_text(browser: aiohttp.ClientSession) -> None:
    odd = '"><script>alert(1)</script>'
    for name in ("territory", "from", "after", "lang", "x"):
        async with browser.get("/open-data/seats.html", params={name: odd}) as answer:
            assert "<script>alert" not in await answer.text()


async def test_whoever_asks_in_haste_has_to_wait(sqlite: Database) -> None:
    async with site_over(sqlite) as site, aiohttp.ClientSession(site.url) as session:
        statuses = set()
        for _ in range(VISITS_OF_AN_ADDRESS.times):
            async with session.get("/open-data/queue.json") as answer:
                statuses.add(answer.status)
        async with session.get("/open-data/queue.json") as answer:
            last = answer.status

    assert (statuses, last) == ({200}, 429)
