"""The live feed: each page is told what happens within its reach, once, in order, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientConnectionResetError, ClientPayloadError
from aiohttp.test_utils import make_mocked_request
from aiohttp_sse import EventSourceResponse
from sqlalchemy import update

from bot.web.console.live import listener, stream
from storage import audit
from storage.centre import presence
from storage.database import Database
from storage.staff_sessions import IDLE
from storage.tables import conversation, delivery, help_request, staff
from storage.transaction import Transaction
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.live_page import LivePage, live_page
from tests.integration.made_up_chats import add_chat, add_line, add_operator, waits
from tests.integration.rows import add_territory


class Centre:
    """Two regions with an operator each, and a chat in each."""

    def __init__(self, desk: Desk, own: int, other: int) -> None:
        self.desk = desk
        self.database = desk.database
        self.own, self.other = own, other
        self.chat = self.foreign = 0

    async def says(self, chat: int, text: str, **values: Any) -> int:
        """Something is said."""
        return await self.database.write(lambda tx: add_line(tx, chat, text, **values))


@pytest.fixture
async def centre(database: Database) -> AsyncIterator[Centre]:
    async with running_desk(database) as desk:
        own, other = await database.write(lambda tx: (add_territory(tx, "own"), add_territory(tx, "other")))
        centre = Centre(desk, own, other)
        await desk.hires("saule", "operator", territories=[own])
        await desk.hires("aigul", "operator", territories=[other])
        centre.chat = await database.write(lambda tx: add_chat(tx, own))
        centre.foreign = await database.write(lambda tx: add_chat(tx, other))
        yield centre


@pytest.fixture
async def page(centre: Centre) -> AsyncIterator[LivePage]:
    """The inbox of the first operator, open."""
    async with centre.desk.browser("saule") as browser, live_page(browser) as page:
        yield page


async def test_what_is_said_is_told_to_those_whose_territory_it_is_and_to_nobody_else(centre: Centre) -> None:
    async with AsyncExitStack() as stack:
        own, other = [
            await stack.enter_async_context(
                live_page(await stack.enter_async_context(centre.desk.browser(login)))
            )
            for login in ("saule", "aigul")
        ]
        await centre.says(centre.chat, "ours")
        await centre.says(centre.foreign, "theirs")
        seen = await own.sees(centre.chat, "ours")
        await other.sees(centre.foreign, "theirs")
        await centre.says(centre.chat, "the end")
        await own.sees(centre.chat, "the end")

    assert (seen["by"], seen["channel"], seen["waits"]) == ("parent", "telegram", None)
    assert own.rows == {str(centre.chat)}
    assert other.rows == {str(centre.foreign)}


async def test_a_chat_without_a_territory_is_told_to_everybody(centre: Centre, page: LivePage) -> None:
    chat = await centre.database.write(lambda tx: add_chat(tx, None, "whose am I"))

    assert (await page.sees(chat, "whose am I"))["territory"] is None


async def test_the_last_that_is_told_of_a_chat_is_the_last_that_was_said(
    centre: Centre, page: LivePage
) -> None:
    for number in range(50):
        await centre.says(centre.chat, f"line {number}")

    await page.sees(centre.chat, "line 49")

    texts = [int(row["text"].split()[1]) for event in page.heard for row in event.data["rows"]]
    assert texts == sorted(set(texts))


async def test_that_somebody_waits_and_is_taken_and_is_answered_is_told(
    centre: Centre, page: LivePage
) -> None:
    request = await centre.database.write(lambda tx: waits(tx, centre.chat))
    began = (await page.hears("inbox")).data
    me = await centre.database.write(lambda tx: add_operator(tx, "taker"))
    await _request(centre, request, assigned_to=me, state="assigned")
    taken = (await page.hears("inbox")).data
    await _request(centre, request, waits_since=None)
    answered = (await page.hears("inbox")).data

    told = [(each["waiting"], each["rows"][0]["assigned"]) for each in (began, taken, answered)]
    assert told == [(1, None), (1, "taker"), (0, "taker")]
    assert [bool(each["rows"][0]["waits"]) for each in (began, taken, answered)] == [True, True, False]


async def test_that_somebody_drives_looks_or_types_is_told(centre: Centre, page: LivePage) -> None:
    driver = await centre.database.write(lambda tx: add_operator(tx, "driver"))
    until = {"driven_by": driver, "driven_until": None}
    await centre.database.write(
        lambda tx: tx.conn.execute(
            update(conversation)
            .where(conversation.c.id == centre.chat)
            .values(until | {"driven_until": tx.now + timedelta(minutes=10)})
        )
    )
    driven = (await page.hears("inbox")).data["rows"][0]
    at = centre.desk.real
    await centre.database.write(lambda tx: presence.here(tx, centre.chat, driver, at, typing=True))
    looked = (await page.hears("inbox")).data["rows"][0]
    centre.desk.later(seconds=30)
    left = (await page.hears("inbox")).data["rows"][0]

    assert (driven["drives"], driven["looks"]) == ("driver", [])
    assert (looked["drives"], looked["looks"]) == ("driver", [{"login": "driver", "types": True}])
    assert left["looks"] == []


async def test_what_staff_have_done_with_a_chat_is_told(centre: Centre, page: LivePage) -> None:
    def act(tx: Transaction) -> None:
        about = f"conversation:{centre.chat}"
        audit.append(tx, at=tx.now, actor="staff:1", what="labelled", about=about, data={}, from_where=None)

    await centre.database.write(act)

    assert (await page.hears("inbox")).data["rows"][0]["id"] == str(centre.chat)


async def test_a_message_that_does_not_arrive_is_told(centre: Centre, page: LivePage) -> None:
    message = await centre.says(centre.chat, "news", by="bot", state="pending")
    waiting = await page.sees(centre.chat, "news")
    await centre.database.write(
        lambda tx: tx.conn.execute(
            update(delivery).where(delivery.c.message_id == message).values(state="given_up")
        )
    )
    failed = await page.sees(centre.chat, "news")

    assert (waiting["failed"], failed["failed"]) == (False, True)


async def test_an_open_chat_is_told_that_it_has_news_what_became_of_them_and_who_looks(
    centre: Centre,
) -> None:
    async with centre.desk.browser("saule") as browser, live_page(browser, f"chat={centre.chat}") as page:
        first = [(await page.hears("chat")).data, (await page.hears("presence")).data]
        message = await centre.says(centre.chat, "a question", by="bot", state="sent")
        await page.hears("chat")
        await centre.database.write(
            lambda tx: tx.conn.execute(
                update(delivery).where(delivery.c.message_id == message).values(state="read")
            )
        )
        await page.hears("chat")
        await centre.says(centre.foreign, "not here")
        me = await centre.database.write(lambda tx: add_operator(tx, "looker"))
        at = centre.desk.real
        await centre.database.write(lambda tx: presence.here(tx, centre.chat, me, at))
        looks = (await page.hears("presence")).data

    chat = str(centre.chat)
    assert first == [{"id": chat}, {"id": chat, "present": []}]
    assert looks == {"id": chat, "present": [{"login": "looker", "types": False}]}
    assert {event.data["id"] for event in page.heard} == {chat}


async def test_what_was_missed_is_told_to_whoever_comes_again(centre: Centre) -> None:
    async with centre.desk.browser("saule") as browser:
        async with live_page(browser) as page:
            await centre.says(centre.chat, "heard")
            await page.sees(centre.chat, "heard")
            last = page.heard[-1].id
        await centre.says(centre.chat, "missed")
        await centre.says(centre.foreign, "not ours")

        async with live_page(browser, last=last) as page:
            await page.sees(centre.chat, "missed")

    assert page.rows == {str(centre.chat)}


async def test_what_happens_between_drawing_a_page_and_its_listening_is_told(centre: Centre) -> None:
    async with centre.desk.browser("saule") as browser:
        drawn = await browser.opens("chats")
        mark = drawn.html.partition('"mark":"')[2].partition('"')[0]
        await centre.says(centre.chat, "meanwhile")

        async with live_page(browser, f"inbox=1&after={mark}") as page:
            await page.sees(centre.chat, "meanwhile")


async def test_whoever_has_missed_too_much_is_to_draw_the_page_anew(centre: Centre) -> None:
    def much(tx: Transaction) -> None:
        for _ in range(301):
            add_line(tx, centre.chat, "and on")

    async with centre.desk.browser("saule") as browser:
        async with live_page(browser) as page:
            await centre.says(centre.chat, "heard")
            await page.sees(centre.chat, "heard")
        await centre.database.write(much)

        async with live_page(browser, last=page.heard[-1].id) as page:
            await page.hears("reload")
            await page.ends()


async def test_a_page_that_is_too_far_behind_is_let_go_and_comes_again(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "MOST_KEPT", 1)
    second = await centre.database.write(lambda tx: add_chat(tx, centre.own))
    async with centre.desk.browser("saule") as browser:
        async with live_page(browser) as page:
            await centre.database.write(
                lambda tx: [add_line(tx, each, "at once") for each in (centre.chat, second)]
            )
            with pytest.raises(ClientPayloadError):
                await page.ends()

        async with live_page(browser) as again:
            await centre.says(centre.chat, "once")
            await again.sees(centre.chat, "once")


async def test_whoever_may_follow_chats_no_more_hears_nothing_more(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LOOKED_AGAIN_SECONDS", 0)
    async with centre.desk.browser("saule") as browser, live_page(browser) as page:
        other_role = update(staff).where(staff.c.login == "saule").values(role="department")
        await centre.database.write(lambda tx: tx.conn.execute(other_role))
        await page.hears("over")
        await page.ends()


async def test_who_has_signed_out_hears_nothing_more(centre: Centre) -> None:
    async with centre.desk.browser("saule") as browser:
        form = (await browser.opens("")).form("sign-out")
        async with live_page(browser) as page:
            await browser.sends(form)
            await centre.says(centre.chat, "a secret")
            await page.hears("over")
            await page.ends()

    assert page.rows == set()


async def test_a_session_that_comes_to_its_end_by_time_hears_nothing_more_from_that_second_on(
    centre: Centre,
) -> None:
    async with centre.desk.browser("saule") as browser, live_page(browser) as page:
        centre.desk.real += IDLE - timedelta(seconds=1)
        await centre.says(centre.chat, "in the last second")
        await page.sees(centre.chat, "in the last second")
        centre.desk.later(seconds=1)
        await page.hears("over")
        await page.ends()


async def test_a_session_that_is_ended_from_another_browser_hears_nothing_more_and_the_other_does(
    centre: Centre,
) -> None:
    async with (
        centre.desk.browser("saule") as left_open,
        centre.desk.browser("saule") as at_home,
        live_page(left_open) as page,
        live_page(at_home) as other,
    ):
        await at_home.sends((await at_home.opens("account")).form("sessions/end-others"))
        await centre.says(centre.chat, "a secret")
        await page.hears("over")
        await page.ends()
        await other.sees(centre.chat, "a secret")

    assert page.rows == set()


async def test_the_pages_are_let_go_when_the_process_ends(sqlite: Database) -> None:
    async with AsyncExitStack() as stack:
        async with running_desk(sqlite) as desk:
            await desk.hires("saule", "operator")
            browser = await stack.enter_async_context(desk.browser("saule"))
            page = await stack.enter_async_context(live_page(browser))
            ending = asyncio.create_task(page.ends())

        await ending


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("chat=", 400), ("chat=-1", 400), ("chat=99999999999999999999", 400), ("chat=12345", 404)],
)
async def test_what_is_not_there_is_not_listened_to(centre: Centre, query: str, status: int) -> None:
    async with centre.desk.browser("saule") as browser:
        assert (await browser.opens(f"live?{query}")).status == status
        assert (await browser.opens(f"live?chat={centre.foreign}")).status == 404


async def test_a_page_that_leaves_before_its_line_begins_is_gone_and_no_failure_of_ours() -> None:
    request = make_mocked_request("GET", "/console/live")
    request.protocol.transport = None

    with pytest.raises(ClientConnectionResetError):
        await stream.begin(EventSourceResponse(send_timeout=1), request)


async def test_a_page_may_connect_to_us_alone(centre: Centre) -> None:
    async with centre.desk.browser("saule") as browser, live_page(browser) as page:
        policy = page.answer.headers["Content-Security-Policy"]

    assert "connect-src 'self';" in policy


async def _request(centre: Centre, row_id: int, **values: object) -> None:
    await centre.database.write(
        lambda tx: tx.conn.execute(update(help_request).where(help_request.c.id == row_id).values(**values))
    )
