"""Who looks at a chat and who types: how long it counts, and that it is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.tidying import forget_who_was_there
from storage.centre import presence
from storage.database import Database
from storage.tables import presence as presence_table
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.fakes.console_site import running_desk
from tests.integration.made_up_chats import add_chat, add_operator
from tests.integration.rows import add_territory

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("after", "there"), [(29, True), (30, False), (31, False)])
async def test_somebody_is_there_for_half_a_minute(database: Database, after: int, there: bool) -> None:
    def work(tx: Transaction) -> list[bool]:
        chat, me = add_chat(tx, None), add_operator(tx)
        presence.here(tx, chat, me, START)
        at = START + after * SECOND
        return [bool(presence.of(tx, [chat], at)), bool(presence.everywhere(tx, at))]

    assert await database.write(work) == [there, there]


@pytest.mark.parametrize(("after", "types"), [(7, True), (8, False), (9, False)])
async def test_somebody_types_for_eight_seconds(database: Database, after: int, types: bool) -> None:
    def work(tx: Transaction) -> list[bool]:
        chat, me = add_chat(tx, None), add_operator(tx)
        presence.here(tx, chat, me, START - SECOND)
        presence.here(tx, chat, me, START, typing=True)
        return [each.types for each in presence.of(tx, [chat], START + after * SECOND)]

    assert await database.write(work) == [types]


async def test_whoever_says_so_without_typing_has_stopped_it(database: Database) -> None:
    def work(tx: Transaction) -> list[bool]:
        chat, me = add_chat(tx, None), add_operator(tx)
        presence.here(tx, chat, me, START, typing=True)
        presence.here(tx, chat, me, START + SECOND)
        return [each.types for each in presence.of(tx, [chat], START + SECOND)]

    assert await database.write(work) == [False]


async def test_who_is_gone_is_forgotten(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, list[str]]:
        chat = add_chat(tx, None)
        presence.here(tx, chat, add_operator(tx, "gone"), START - timedelta(seconds=30))
        presence.here(tx, chat, add_operator(tx, "there"), START - timedelta(seconds=29))
        return presence.forget_gone(tx, START), [each.login for each in presence.everywhere(tx, START)]

    assert await database.write(work) == (1, ["there"])


async def test_tidying_forgets_by_the_machines_clock(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(3):
            presence.here(tx, add_chat(tx, None), add_operator(tx, str(number)), START)

    await database.write(work)

    gone = await forget_who_was_there(database)

    left = await database.read(
        lambda tx: tx.conn.execute(select(func.count()).select_from(presence_table)).scalar_one()
    )
    assert (gone, left) == (3, 0)


async def test_an_open_page_says_who_looks_and_who_types(sqlite: Database) -> None:
    async with running_desk(sqlite) as desk:
        city, other = await sqlite.write(lambda tx: (add_territory(tx), add_territory(tx, "other")))
        await desk.hires("saule", "operator", territories=[city])
        chat, foreign = await sqlite.write(lambda tx: (add_chat(tx, city), add_chat(tx, other)))

        async with desk.browser("saule") as browser:
            form = {"csrf": (await browser.opens("")).form("sign-out").fields["csrf"], "typing": "1"}
            taken = await browser.posts(f"/console/chats/{chat}/here", form)
            out_of_reach = await browser.posts(f"/console/chats/{foreign}/here", form)
            forged = await browser.posts(f"/console/chats/{chat}/here", {"typing": "1"})

        there = await sqlite.read(lambda tx: presence.everywhere(tx, desk.real))

    assert [page.status for page in (taken, out_of_reach, forged)] == [204, 404, 403]
    assert [(each.conversation_id, each.login, each.types) for each in there] == [(chat, "saule", True)]
