"""The demo's front page, its clock, and what would have been sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import DemoClock
from bot.web.demo_guide import DemoGuide, GuideLink, GuideRow, GuideSection
from bot.web.parts import DemoParts
from tests.fakes.web_site import Visitor, running_site

AT = datetime(2019, 6, 26, 10, 19, tzinfo=UTC)


def guide(language: str) -> DemoGuide:
    """What the page tells in a language."""
    rows = (GuideRow("910314300127", "a father <b>", ("+7 701 000 00 01",)),)
    return DemoGuide(
        f"Turkistan in {language}", (GuideLink("Chat", "/chat/"),), (GuideSection("Parents", rows),)
    )


class Demo:
    """A demo that remembers how often it was asked to settle."""

    def __init__(self) -> None:
        self.clock = DemoClock(AT)
        self.settled = 0
        self.sent: list[dict[str, object]] = [{"to": "+77010000001", "text": "code"}]
        self.letters: list[dict[str, object]] = []

    async def settle(self) -> None:
        """Everything that has fallen due is done."""
        self.settled += 1

    @asynccontextmanager
    async def site(self) -> AsyncIterator[Visitor]:
        """Somebody who visits the demo."""
        parts = DemoParts(self.clock, self.settle, lambda: self.sent, lambda: self.letters, guide)
        async with running_site(demo=parts) as site, site.visitor() as visitor:
            yield visitor


async def test_the_front_page_shows_where_one_is_what_to_try_and_the_time() -> None:
    async with Demo().site() as visitor, visitor.http.get(f"{visitor.url}/?lang=ru") as answer:
        html = await answer.text()

    assert answer.status == 200
    assert "Turkistan in ru" in html
    assert 'data-copy="910314300127"' in html
    assert "a father &lt;b&gt;" in html
    assert "26.06.2019 16:19" in html


async def test_the_clock_is_read_in_local_time_and_in_utc() -> None:
    async with Demo().site() as visitor, visitor.http.get(f"{visitor.url}/demo/clock") as answer:
        shown = await answer.json()

    assert shown["at"].startswith("2019-06-26T16:19:0")
    assert shown["at"].endswith("+06:00")
    assert shown["utc"].startswith("2019-06-26T10:19:0")


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ('{"at": "2019-06-26T18:00"}', "2019-06-26T18:00"),
        ('{"at": "2019-06-26T18:00:00Z"}', "2019-06-27T00:00"),
        ('{"at": "2026-11-20T16:20"}', "2026-11-20T16:20"),
        ('{"advance": "PT10M"}', "2019-06-26T16:29"),
        ('{"advance": "P1DT2H"}', "2019-06-27T18:19"),
        ('{"advance": "P1W"}', "2019-07-03T16:19"),
        ('{"advance": "PT0S"}', "2019-06-26T16:19"),
    ],
)
async def test_the_clock_is_moved_and_answers_once_everything_has_caught_up(body: str, at: str) -> None:
    demo = Demo()

    async with demo.site() as visitor, visitor.http.post(f"{visitor.url}/demo/clock", data=body) as answer:
        shown = await answer.json()

    assert (answer.status, shown["at"][:16], demo.settled) == (200, at, 1)


@pytest.mark.parametrize("body", ['{"at": "2019-06-26T16:18"}', '{"advance": "-PT1S"}'])
async def test_the_clock_does_not_go_back(body: str) -> None:
    demo = Demo()

    async with demo.site() as visitor, visitor.http.post(f"{visitor.url}/demo/clock", data=body) as answer:
        assert answer.status == 409

    assert demo.settled == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "not json",
        '{"at": "tomorrow"}',
        '{"at": 1561540740}',
        '{"at": "9999-12-31T23:59"}',
        '{"at": "0001-01-01T00:00"}',
        '{"advance": "P"}',
        '{"advance": "PT"}',
        '{"advance": "P1DT"}',
        '{"advance": "ten minutes"}',
        '{"advance": "P9999W"}',
        '{"advance": "-ten"}',
        '{"at": "2019-06-27T00:00", "advance": "PT1M"}',
    ],
)
async def test_nonsense_does_not_move_the_clock(body: str) -> None:
    demo = Demo()

    async with demo.site() as visitor, visitor.http.post(f"{visitor.url}/demo/clock", data=body) as answer:
        assert answer.status == 400

    assert (demo.settled, f"{demo.clock.read():%H:%M}") == (0, "10:19")


async def test_what_would_have_been_sent_can_be_read() -> None:
    async with (
        Demo().site() as visitor,
        visitor.http.get(f"{visitor.url}/demo/sms") as sms,
        visitor.http.get(f"{visitor.url}/demo/mail") as mail,
    ):
        assert await sms.json() == [{"to": "+77010000001", "text": "code"}]
        assert await mail.json() == []


async def test_a_browser_is_shown_a_page_of_what_would_have_been_sent() -> None:
    demo, wanted = Demo(), {"Accept": "text/html,*/*;q=0.8"}
    demo.sent = [
        {"to": "+77010000001", "text": "<b> 123456."},
        {"to": "+77010000002", "text": "later 1234567"},
    ]
    demo.letters = [{"to": "a@b.kz", "subject": "<i>News", "text": "x", "attachments": ["referral-1.pdf"]}]
    async with demo.site() as visitor:
        async with visitor.http.get(f"{visitor.url}/demo/sms?lang=en", headers=wanted) as answer:
            sms = await answer.text()
        async with visitor.http.get(f"{visitor.url}/demo/mail?lang=en", headers=wanted) as answer:
            mail = await answer.text()

    assert sms.index("+77010000002") < sms.index("+77010000001")
    assert 'data-copy="123456"' in sms
    assert sms.count("data-copy=") == 1
    assert "&lt;b&gt; 123456." in sms
    for shown in ("a@b.kz", "&lt;i&gt;News", "referral-1.pdf"):
        assert shown in mail


@pytest.mark.parametrize("path", ["/", "/demo/clock", "/demo/sms", "/demo/mail"])
async def test_a_service_that_is_no_demo_has_none_of_it(path: str) -> None:
    async with (
        running_site() as site,
        site.visitor() as visitor,
        visitor.http.get(site.url + path) as answer,
    ):
        assert answer.status == 404


async def test_the_page_of_somebody_else_does_not_move_the_clock() -> None:
    demo = Demo()
    elsewhere = {"Origin": "https://elsewhere.example"}
    async with demo.site() as visitor:
        address = f"{visitor.url}/demo/clock"
        async with visitor.http.post(address, data='{"advance": "PT1H"}', headers=elsewhere) as answer:
            status = answer.status

    assert status == 403
    assert demo.clock.read() < AT + timedelta(hours=1)
