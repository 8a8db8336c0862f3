"""The web chat's page as it comes from the server."""

import re
from io import BytesIO

import orjson
import pytest
from aiohttp import web

from bot.clock import DemoClock
from bot.web.demo_guide import DemoGuide
from bot.web.parts import DemoParts
from storage.errors import StorageUnavailable
from tests.fakes.web_site import running_site

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("path", ["/chat/", "/chat"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_page_says_in_which_language_it_is(language: str, path: str) -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}{path}?lang={language}") as answer,
    ):
        html = await answer.text()

    assert answer.status == 200
    assert f'<html lang="{language}">' in html
    assert f'data-language="{language}" title=' in html
    assert re.findall(r'data-language="(..)"[^>]*aria-pressed="true"', html) == [language]


@pytest.mark.parametrize(
    ("header", "language"),
    [("ru-KZ,ru;q=0.9,en;q=0.8", "ru"), ("de,en;q=0.5,ru;q=0.4", "en"), ("de", "kk"), ("ru;q=x", "kk")],
)
async def test_without_a_wish_the_page_is_in_the_browser_s_best_language(header: str, language: str) -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/chat/?lang=xx", headers={"Accept-Language": header}) as answer,
    ):
        assert f'<html lang="{language}">' in await answer.text()


async def test_the_page_has_nothing_inline_and_says_that_nothing_inline_may_run() -> None:
    async with (
        running_site(public_url="https://kezek.example") as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/chat/") as answer,
    ):
        html = await answer.text()

    scripts = re.findall(r"<script([^>]*)>", html)
    assert [s for s in scripts if "src=" not in s and 'type="application/json"' not in s] == []
    assert re.findall(r'\s(on\w+|style)="', html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self' wss://kezek.example; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_the_page_carries_its_texts_in_all_languages() -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/chat/") as answer,
    ):
        block = re.search(r'<script type="application/json" id="strings">(.*?)</script>', await answer.text())

    assert block is not None
    strings = orjson.loads(block[1])
    assert list(strings) == ["kk", "ru", "en"]
    assert strings["kk"]["months"][10] == "қараша"
    assert strings["ru"]["months"][10] == "ноября"


async def test_everything_the_page_names_is_there_and_may_be_kept_for_good() -> None:
    async with running_site() as site, site.visitor() as visitor:
        async with visitor.http.get(f"{site.url}/chat/") as answer:
            named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', await answer.text()))
        answers = {path: await visitor.http.get(site.url + path) for path in named}

    assert len(named) > 10
    assert {answer.status for answer in answers.values()} == {200}
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {
        "public, max-age=31536000, immutable"
    }


async def test_a_page_of_another_version_still_gets_its_files_but_may_not_keep_them() -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/static/0123456789ab/chat.css") as answer,
    ):
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "name", ["nothing.js", "../server.py", "..%2Fserver.py", "chat/%2e%2e/%2e%2e/parts.py"]
)
async def test_only_what_is_in_the_folder_is_served(name: str) -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/static/x/{name}") as answer,
    ):
        assert answer.status == 404


async def fails(_: web.Request) -> web.Response:
    """A page with a slip in it."""
    raise RuntimeError("IIN 171009600123")


async def test_a_fault_is_told_in_words_and_without_a_trace() -> None:
    async with (
        running_site(routes=[web.get("/fails", fails)]) as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/fails", headers=HTML) as answer,
        visitor.http.get(f"{site.url}/fails") as for_machines,
    ):
        page = await answer.text()

        assert answer.status == 500
        assert "Something went wrong on our side. Please try again." in page
        assert "Traceback" not in page
        assert "171009600123" not in page
        assert (for_machines.status, await for_machines.json()) == (500, {"error": 500})


async def storage_gone(_: web.Request) -> web.Response:
    """A page whose database doesn't answer."""
    raise StorageUnavailable("gone")


async def test_a_database_that_does_not_answer_is_a_503_to_be_tried_again() -> None:
    async with (
        running_site(routes=[web.get("/gone", storage_gone)]) as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/gone") as answer,
    ):
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")


async def test_a_page_that_is_not_there_is_told_in_words() -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(f"{site.url}/nowhere", headers=HTML) as answer,
    ):
        assert answer.status == 404
        assert "There is no such page here." in await answer.text()


async def test_a_body_of_more_than_a_mebibyte_is_refused() -> None:
    demo = DemoParts(DemoClock(), settled, list, list, lambda _: DemoGuide("Nowhere"))

    async with (
        running_site(demo=demo) as site,
        site.visitor() as visitor,
        visitor.http.post(f"{site.url}/demo/clock", data=BytesIO(b"x" * (1024 * 1024 + 1))) as answer,
    ):
        assert answer.status == 413


async def settled() -> None:
    """Nothing has fallen due."""
