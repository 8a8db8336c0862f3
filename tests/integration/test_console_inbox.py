"""The inbox's page: what it shows of the operator's conversations, and of nobody else's."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import update
from yarl import URL

from bot.web.console import guard
from bot.web.console.cookies import SESSION
from bot.web.flood import Rate
from storage.centre import presence
from storage.database import Database
from storage.tables import conversation, label
from storage.transaction import Transaction
from tests.fakes.console_site import Desk, running_desk
from tests.fakes.staff_browser import SeenPage, staff_browser
from tests.integration.made_up_chats import add_chat, add_line, waits
from tests.integration.rows import add, add_territory


class Centre:
    """A console, two cities, and an operator of the first."""

    def __init__(self, desk: Desk, own: int, other: int, operator: int) -> None:
        self.desk, self.own, self.other, self.operator = desk, own, other, operator

    async def chat(self, text: str, territory: int | None = None, **values: object) -> int:
        """A conversation of the operator's city, or of another."""
        where = self.own if territory is None else territory
        return await self.desk.database.write(lambda tx: add_chat(tx, where, text, **values))  # type: ignore[arg-type]

    async def opens(self, query: str = "") -> SeenPage:
        """The inbox as the operator sees it."""
        async with self.desk.browser("saule") as browser:
            return await browser.opens(f"chats{query}")


@pytest.fixture
async def centre(database: Database) -> AsyncIterator[Centre]:
    async with running_desk(database) as desk:
        own, other = await database.write(lambda tx: (add_territory(tx, "own"), add_territory(tx, "other")))
        operator = await desk.hires("saule", "operator", territories=[own])
        yield Centre(desk, own, other, operator)


async def test_an_operator_sees_the_conversations_of_their_own_territories_and_those_of_none(
    centre: Centre,
) -> None:
    await centre.chat("ours", channel="webchat", language="ru")
    await centre.chat("theirs", centre.other)
    await centre.desk.database.write(lambda tx: add_chat(tx, None, "nobody's yet", language=None))

    page = await centre.opens()

    assert page.status == 200
    assert all(words in page.text for words in ("Web chat RU", "own en · not signed in", "ours"))
    assert all(words in page.text for words in ("no language", "no territory", "nobody's yet"))
    assert "theirs" not in page.text


async def test_whoever_waits_stands_on_top_and_looks_alarming_after_three_minutes(centre: Centre) -> None:
    def work(tx: Transaction) -> None:
        for text, minutes in (("late", 3), ("not yet", 2.99)):
            waits(tx, add_chat(tx, centre.own, text), minutes=minutes)
        add_chat(tx, centre.own, "content")

    await centre.desk.database.write(work)

    page = await centre.opens()

    rows = [row for row in page.html.split("<tr ")[1:] if 'data-id="' in row and "data-part" in row]
    looks = [row.partition('"')[2].partition('"')[0] for row in rows]
    order = [next(text for text in ("late", "not yet", "content", "") if f">{text}<" in row) for row in rows]
    assert list(zip(order, looks, strict=True)) == [
        ("late", "chat waits late"),
        ("not yet", "chat waits"),
        ("content", "chat"),
        ("", "chat"),  # the empty one, for the script
    ]
    assert "3 min" in page.text
    assert "Waiting for a person 2" in page.text


async def test_a_line_has_its_own_time_though_the_list_goes_by_the_parents(centre: Centre) -> None:
    def work(tx: Transaction) -> None:
        asked, answered = tx.now - timedelta(minutes=9), tx.now - timedelta(minutes=2)
        add_chat(tx, centre.own, "asked later", at=tx.now - timedelta(minutes=8))
        chat = add_chat(tx, centre.own, "a question", at=asked)
        add_line(tx, chat, "an answer", by="operator", at=answered)
        was_there = update(conversation).where(conversation.c.id == chat)
        tx.conn.execute(was_there.values(last_message_at=asked))

    await centre.desk.database.write(work)

    page = await centre.opens()

    assert "asked later 14:52" in page.text
    assert "Operator: an answer 14:58" in page.text
    assert page.text.index("asked later") < page.text.index("an answer")


async def test_who_is_on_it_stands_in_the_row(centre: Centre) -> None:
    def work(tx: Transaction) -> None:
        chat = add_chat(tx, centre.own, "a question")
        waits(tx, chat, assigned_to=centre.operator, waits_since=None, alarm_at=None)
        add(tx, label, conversation_id=chat, label="жолдама", at=tx.now)
        add_line(tx, chat, "an answer", by="operator", state="failed")
        presence.here(tx, chat, centre.operator, centre.desk.real, typing=True)

    await centre.desk.database.write(work)

    page = await centre.opens("?list=mine")

    assert "Operator: an answer" in page.text
    assert "assigned: saule" in page.text
    assert "viewing: saule (typing) not delivered жолдама" in page.text
    assert "Mine 1" in page.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"kazakh", "russian", "labelled", "undelivered"}),
        ("?language=ru", {"russian"}),
        ("?channel=webchat", {"labelled"}),
        (f"?label={quote('жолдама')}", {"labelled"}),
        ("?list=failed", {"undelivered"}),
        ("?list=waiting", {"kazakh"}),
        ("?list=mine", set()),
        ("?territory=OWN", {"kazakh", "russian", "labelled", "undelivered"}),
        (
            "?territory=OTHER&language=xx&channel=pigeon&list=all&from=yesterday",
            {"kazakh", "russian", "labelled", "undelivered"},
        ),
        ("?from=99999999999999999-9&label=%00", {"kazakh", "russian", "labelled", "undelivered"}),
        ("?from=1-99999999999999999999&territory=-1", {"kazakh", "russian", "labelled", "undelivered"}),
        ("?from=1-1", set()),
    ],
)
async def test_filters_show_what_fits_and_nonsense_counts_as_not_asked(
    centre: Centre, query: str, shown: set[str]
) -> None:
    def work(tx: Transaction) -> None:
        waits(tx, add_chat(tx, centre.own, "kazakh"))
        add_chat(tx, centre.own, "russian", language="ru")
        labelled = add_chat(tx, centre.own, "labelled", channel="webchat")
        add(tx, label, conversation_id=labelled, label="жолдама", at=tx.now)
        add_line(tx, add_chat(tx, centre.own, "before"), "undelivered", by="bot", state="given_up")
        add_chat(tx, centre.other, "foreign")

    await centre.desk.database.write(work)

    page = await centre.opens(query.replace("OWN", str(centre.own)).replace("OTHER", str(centre.other)))

    assert page.status == 200
    assert {
        text for text in ("kazakh", "russian", "labelled", "undelivered", "foreign") if text in page.text
    } == shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "There are no chats yet."),
        ("?list=waiting", "Nobody is waiting for a person."),
        ("?list=waiting&language=ru", "No chat matches this."),
        ("?list=failed&territory=OWN", "No chat matches this."),
        ("?from=1-1", "No chat matches this."),
    ],
)
async def test_an_empty_list_says_whether_that_is_all(centre: Centre, query: str, said: str) -> None:
    page = await centre.opens(query.replace("OWN", str(centre.own)))

    assert f'<p class="card" id="chats-empty">{said}</p>' in page.html


async def test_older_conversations_are_a_link_further(centre: Centre) -> None:
    for number in range(31):
        await centre.chat(f"line {number}.")

    first = await centre.opens()
    link = first.html.partition('class="more"')[2].partition('href="')[2].partition('"')[0]
    second = await centre.opens(link.replace("&amp;", "&").removeprefix("/console/chats"))

    seen = [{number for number in range(31) if f"line {number}." in page.text} for page in (first, second)]
    assert [len(each) for each in seen] == [30, 1]
    assert seen[0] | seen[1] == set(range(31))
    assert 'class="more"' not in second.html


async def test_markup_in_a_parents_text_is_shown_as_text(centre: Centre) -> None:
    await centre.chat("<b id=x>bold</b></script><script>alert(1)</script>")

    page = await centre.opens()

    assert "<b id=x>" not in page.html
    assert "<script>alert" not in page.html
    assert "<b id=x>bold</b>" in page.text


@pytest.mark.parametrize("role", ["operator", "admin"])
async def test_the_first_page_tells_how_many_wait_for_a_person(centre: Centre, role: str) -> None:
    await centre.desk.hires("other", role, territories=[centre.own])

    def work(tx: Transaction) -> None:
        for where in (centre.own, centre.own, centre.other):
            waits(tx, add_chat(tx, where))

    await centre.desk.database.write(work)

    async with centre.desk.browser("other") as browser:
        home = await browser.opens("")

    assert "Chats 2 waiting for a person" in home.text


async def test_more_than_ninety_nine_are_not_counted(centre: Centre) -> None:
    def work(tx: Transaction) -> None:
        for _ in range(101):
            waits(tx, add_chat(tx, centre.own))

    await centre.desk.database.write(work)

    page = await centre.opens()

    assert "Waiting for a person 99+" in page.text


async def test_many_at_one_address_may_work_and_each_is_counted_alone(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "VISITS_OF_AN_ADDRESS", Rate(5, timedelta(minutes=1)))
    monkeypatch.setattr(guard, "VISITS_OF_A_SESSION", Rate(2, timedelta(minutes=1)))
    async with running_desk(sqlite) as desk, AsyncExitStack() as stack:
        for login in ("saule", "aigul"):
            await desk.hires(login, "operator")
        # Each has asked for the form, sent it, and come to the inbox.
        browsers = [
            await stack.enter_async_context(desk.browser(login, then="chats")) for login in ("saule", "aigul")
        ]
        once_more = [(await each.opens("chats")).status for each in browsers]
        too_often = [(await each.opens("chats")).status for each in browsers]
        made_up = await stack.enter_async_context(staff_browser(desk.url))
        made_up.http.cookie_jar.update_cookies({SESSION: "made up"}, URL(f"{desk.url}/console/"))
        strangers = [(await made_up.opens("chats")).status for _ in range(2)]

    assert once_more == [200, 200]
    assert too_often == [429, 429]
    assert strangers[-1] == 429


async def test_an_operator_goes_on_duty_and_off_it(centre: Centre) -> None:
    async with centre.desk.browser("saule") as browser:
        off = await browser.opens("chats")
        on = await browser.sends(off.form("duty"))
        again = await browser.sends(off.form("duty"))  # the same form: it has had its effect
        ended = await browser.sends(on.form("duty"))

    said = [
        [words for words in ("You are on duty", "You are off duty") if words in page.text]
        for page in (off, on, again, ended)
    ]
    assert said == [[], ["You are on duty"], ["You are on duty"], ["You are off duty"]]


async def test_a_question_of_the_pool_is_taken_from_the_list_and_no_other_can_be(centre: Centre) -> None:
    def work(tx: Transaction) -> tuple[int, int]:
        free, given = add_chat(tx, centre.own), add_chat(tx, centre.own)
        waits(tx, free)
        waits(tx, given, assigned_to=centre.operator)
        return free, given

    free, given = await centre.desk.database.write(work)

    async with centre.desk.browser("saule") as browser:
        drawn = await browser.opens("chats")
        taken = await browser.sends(drawn.form(f"{free}/take"))
        now = await browser.opens("chats?list=mine")

    offered = drawn.html.partition(f"chats/{given}/take")[2].partition(">")[0]
    assert "hidden" in offered
    assert taken.path == f"/console/chats/{free}"
    assert "Mine 2" in now.text


async def test_an_admin_looks_and_takes_nothing(centre: Centre) -> None:
    await centre.desk.hires("boss", "admin")
    await centre.desk.database.write(lambda tx: waits(tx, add_chat(tx, centre.own)))

    async with centre.desk.browser("boss") as browser:
        page = await browser.opens("chats")

    assert (page.status, "/take" in page.html, "/duty" in page.html) == (200, False, False)
