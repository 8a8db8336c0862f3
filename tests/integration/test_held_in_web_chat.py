"""How long a seat is held still: told to the pages of the web chat by the server's clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.conversation.incoming import Incoming
from bot.conversation.payloads import encode
from bot.conversation.reply import Button, Held, Operation, Outgoing, Screen
from bot.web.stored_chat_log import StoredChatLog
from storage import conversations, messages
from storage.database import Database
from storage.messages import OutgoingDraft
from storage.tables import claim
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.fakes.web_conversation import words
from tests.fakes.web_site import Frame, Page, running_site
from tests.integration.rows import (
    add_application,
    add_bulletin,
    add_child,
    add_claim,
    add_parent,
    add_queue,
    add_seat,
    add_territory,
)

CHAT = "a-chat-of-22-characters"
CLAIM = 17
UNTIL = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
HELD = Screen("A seat is held", rows=((Button("Let it go", "letgo"),),), held=Held(CLAIM, UNTIL, ("letgo",)))


def a_seat(incoming: Incoming) -> Sequence[Screen]:
    """A seat that is held, for whoever asks for one."""
    return [HELD if words(incoming) == "take" else Screen("It is let go")]


async def learns(page: Page, left: int | None) -> None:
    """Wait until the page is told that so much is left of the seat."""
    while (await page.hears("left"))["of"] != {str(CLAIM): left}:
        pass


def shown_with(frame: Frame) -> list[object]:
    """What is left of the seat of each screen that came, where it holds one."""
    return [item["held"]["left"] for item in frame["items"] if "held" in item]


async def test_a_page_is_told_with_the_screen_and_again_at_each_sign_of_life() -> None:
    async with running_site(a_seat) as site, site.page() as page:
        site.conversation.left = {CLAIM: timedelta(seconds=600)}
        await page.says("take")
        assert (await page.sees("A seat is held"))["held"]["left"] == 600_000
        await learns(page, 600_000)
        site.conversation.left = {CLAIM: timedelta(seconds=580)}

        await page.sends(t="ping")

        await learns(page, 580_000)


async def test_every_page_learns_at_once_that_it_was_let_go_in_one_of_them() -> None:
    async with running_site(a_seat) as site, site.visitor() as visitor:
        await visitor.is_recognised()
        one, other = await visitor.opens_page(), await visitor.opens_page()
        for page in (one, other):
            await page.greets()
        site.conversation.left = {CLAIM: timedelta(minutes=9)}
        await one.says("take")
        for page in (one, other):
            await learns(page, 540_000)
        site.conversation.left = {CLAIM: None}

        await one.says("let it go")

        for page in (one, other):
            await learns(page, None)


async def test_a_clock_that_is_moved_is_followed_and_what_is_over_is_told_once() -> None:
    async with running_site(a_seat) as site, site.page() as page:
        site.conversation.left = {CLAIM: timedelta(minutes=9)}
        await page.says("take")
        await learns(page, 540_000)
        site.conversation.left = {CLAIM: timedelta()}

        site.parts.hub.wake_all()

        await learns(page, 0)
        await page.sends(t="ping")
        await page.sends(t="ping")
        await page.hears("pong")
        await page.hears("pong")
        assert [frame["of"] for frame in page.heard if frame["t"] == "left"].count({str(CLAIM): 0}) == 1


async def test_a_page_that_is_loaded_again_counts_on_from_what_is_left() -> None:
    async with running_site(a_seat) as site, site.visitor() as visitor:
        await visitor.is_recognised()
        page = await visitor.opens_page()
        await page.greets()
        site.conversation.left = {CLAIM: timedelta(minutes=9)}
        await page.says("take")
        await page.hears("taken")
        await page.leaves()
        site.conversation.left = {CLAIM: timedelta(minutes=4)}

        again = await visitor.opens_page()
        frame = await again.greets()
        await again.sends(t="ping")

        assert shown_with(frame) == [240_000]
        await learns(again, 240_000)


async def held_in(database: Database) -> int:
    """A seat is held for ten minutes, and its screen stands in the chat; its claim."""

    def work(tx: Transaction) -> int:
        where = add_territory(tx)
        child_id = add_child(tx)
        application_id = add_application(tx, child_id, add_parent(tx), add_queue(tx, where), where)
        seat_id = add_seat(tx, add_bulletin(tx, where), 1)
        until = START + TEN_MINUTES
        claim_id = add_claim(tx, seat_id, application_id, child_id, held_until=until)
        screen = Screen("Held", held=Held(claim_id, until, ("letgo",)))
        conversation_id = conversations.enter(tx, "webchat", CHAT).conversation_id
        payload = encode(Outgoing(Operation.SEND, screen))
        drafts = [
            OutgoingDraft("send", "screen", "Held", payload),
            OutgoingDraft("send", "screen", "x", payload),
        ]
        messages.log_outgoing(tx, conversation_id, "webchat", drafts, START)
        return claim_id

    made: int = await database.write(work)
    return made


@pytest.mark.parametrize(
    ("after", "still"),
    [
        (timedelta(), TEN_MINUTES),
        (TEN_MINUTES - timedelta(milliseconds=1), timedelta(milliseconds=1)),
        (TEN_MINUTES, timedelta()),
        (timedelta(days=9), timedelta()),
    ],
)
async def test_the_log_tells_by_the_row_and_the_clock_of_the_service(
    database: Database, clock: SetClock, after: timedelta, still: timedelta
) -> None:
    claim_id = await held_in(database)
    log = StoredChatLog(database)
    clock.advance(after)

    said = (await log.newest(CHAT, 30)).said

    assert [each.left for each in said] == [still, still]
    assert await log.left_of({claim_id}) == {claim_id: still}


@pytest.mark.parametrize("end", ["let_go", "recalled", "withdrawn"])
async def test_of_a_hold_that_ended_otherwise_nothing_is_left_to_count(database: Database, end: str) -> None:
    claim_id = await held_in(database)
    ended = update(claim).values(state=end, ended_at=START + timedelta(minutes=1))
    await database.write(lambda tx: tx.conn.execute(ended))

    assert await StoredChatLog(database).left_of({claim_id}) == {claim_id: None}


async def test_nothing_is_counted_for_a_seat_that_is_not_known(database: Database) -> None:
    assert await StoredChatLog(database).left_of({CLAIM}) == {CLAIM: None}
