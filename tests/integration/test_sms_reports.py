"""What an SMS gateway reports of the messages it took: in any order, twice, of nothing it knows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.uploads.kept_files import KeptFiles
from bot.web.sms_reports import MOST, PATH
from storage import phones
from storage.database import Database
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.tables import delivery
from storage.transaction import Transaction
from tests.fakes.web_site import running_site
from tests.integration.test_falling_back import FIRST, MAILBOX, SECOND, Row, family, told, went

TOKEN = {"Authorization": "Bearer the gateway's token"}
ARRIVED, FAILED = {"id": "gw-7", "state": "delivered"}, {"id": "gw-7", "state": "failed", "error": "absent"}


@asynccontextmanager
async def gateway(database: Database) -> AsyncIterator[aiohttp.ClientSession]:
    """The gateway, which knows the token."""
    files = KeptFiles(database, SealedFiles(FileStore("file:///nowhere"), database.vault))
    async with (
        running_site(files=files, sms_token="the gateway's token") as site,
        aiohttp.ClientSession(site.url, headers=TOKEN) as session,
    ):
        yield session


async def an_sms(database: Database) -> int:
    """One was taken by the gateway; whose it is."""

    def happens(tx: Transaction) -> int:
        whom = family(tx, "telegram", way="sms", mailbox=MAILBOX)
        told(tx, whom)
        taken = update(delivery).where(delivery.c.channel == "sms")
        tx.conn.execute(taken.values(state="sent", sent_at=tx.now, external_id="gw-7"))
        return whom.parent_id

    return await database.write(happens)


async def reported(database: Database, *bodies: Any, **how: Any) -> list[int]:
    """What is answered to each."""
    async with gateway(database) as session:
        answers = []
        for body in bodies:
            async with session.post(PATH, json=body, **how) as answer:
                answers.append(answer.status)
        return answers


async def states(database: Database) -> list[Row]:
    asked = select(delivery.c.state, delivery.c.error).where(delivery.c.channel == "sms")
    asked = asked.order_by(delivery.c.message_id)
    return await database.read(lambda tx: [tuple(row) for row in tx.conn.execute(asked)])


async def test_what_arrived_is_written_down_once(database: Database) -> None:
    await an_sms(database)

    assert await reported(database, ARRIVED, ARRIVED) == [200, 200]

    assert await states(database) == [("delivered", None)]


async def test_what_failed_goes_by_the_next_way_once_and_the_number_is_asked_about(
    database: Database,
) -> None:
    parent_id = await an_sms(database)

    assert await reported(database, FAILED, FAILED) == [200, 200]

    assert await states(database) == [("failed", "absent")]
    assert await database.write(went) == [
        ("hold_gone", "sms", "failed"),
        ("hold_gone", "telegram", "pending"),
        ("number_lost", "telegram", "pending"),
    ]
    assert await database.read(lambda tx: phones.first_reached(tx, [parent_id])) == {}


async def test_reports_in_the_wrong_order_take_nothing_back(database: Database) -> None:
    await an_sms(database)

    assert await reported(database, ARRIVED, FAILED) == [200, 200]

    assert await states(database) == [("delivered", None)]
    assert await database.write(went) == [("hold_gone", "sms", "delivered")]


async def test_a_number_that_was_dead_and_gets_an_sms_is_alive(database: Database) -> None:
    parent_id = await an_sms(database)
    await database.write(lambda tx: phones.found_dead(tx, FIRST))

    await reported(database, ARRIVED)

    assert await database.read(lambda tx: phones.first_reached(tx, [parent_id])) == {parent_id: FIRST}


async def test_of_a_list_the_known_are_taken_and_the_others_named(sqlite: Database) -> None:
    await an_sms(sqlite)

    both = [{"id": "gw-8", "state": "failed"}, ARRIVED]
    async with gateway(sqlite) as session, session.post(PATH, json=both) as answer:
        said = await answer.json()

    assert (answer.status, said) == (404, {"unknown": ["gw-8"]})
    assert await states(sqlite) == [("delivered", None)]


async def another_sms_of_that_name(database: Database) -> None:
    """The gateway took one more, and called it as it had called the first."""

    def happens(tx: Transaction) -> None:
        told(tx, family(tx, "webchat", way="sms", numbers=(SECOND,)))
        taken = update(delivery).where(delivery.c.channel == "sms", delivery.c.state == "pending")
        tx.conn.execute(taken.values(state="sent", sent_at=tx.now, external_id="gw-7"))

    await database.write(happens)


@pytest.mark.parametrize("report", [ARRIVED, FAILED], ids=["arrived", "failed"])
async def test_of_two_that_wait_under_one_name_it_is_not_guessed_which_is_meant(
    database: Database, report: dict[str, str]
) -> None:
    parent_id = await an_sms(database)
    await another_sms_of_that_name(database)

    assert await reported(database, report) == [200]

    assert await states(database) == [("sent", None)] * 2
    assert len(await database.write(went)) == 2
    assert await database.read(lambda tx: phones.first_reached(tx, [parent_id])) == {parent_id: FIRST}


async def test_a_name_that_was_used_before_means_the_message_that_waits_for_a_report(
    database: Database,
) -> None:
    await an_sms(database)
    await reported(database, ARRIVED)
    await another_sms_of_that_name(database)

    assert await reported(database, FAILED, FAILED) == [200, 200]

    assert [state for state, _ in await states(database)] == ["delivered", "failed"]
    kinds = [(kind, channel) for kind, channel, _ in await database.write(went)]
    assert kinds == [
        ("hold_gone", "sms"),
        ("hold_gone", "sms"),
        ("hold_gone", "webchat"),
        ("number_lost", "webchat"),
    ]


async def test_other_states_are_passed_over(sqlite: Database) -> None:
    await an_sms(sqlite)

    assert (
        await reported(sqlite, {"id": "gw-7", "state": "queued"}, {"id": "gw-8", "state": "sent"})
        == [200] * 2
    )

    assert await states(sqlite) == [("sent", None)]


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer other", "the gateway's token", "Bearer \xff"])
async def test_nobody_reports_without_the_token(sqlite: Database, token: str) -> None:
    await an_sms(sqlite)

    assert await reported(sqlite, FAILED, headers={"Authorization": token}) == [401]

    assert await states(sqlite) == [("sent", None)]


@pytest.mark.parametrize(
    "body", ["x", 7, None, {}, {"id": "gw-7"}, {"id": 7, "state": "failed"}, {"id": "", "state": "failed"},
             [ARRIVED, 7], [ARRIVED] * (MOST + 1)],
    ids=lambda body: str(body)[:20],
)  # fmt: skip
async def test_what_is_no_report_changes_nothing(sqlite: Database, body: Any) -> None:
    await an_sms(sqlite)

    assert await reported(sqlite, body) == [400]

    assert await states(sqlite) == [("sent", None)]


async def test_a_service_without_a_gateway_takes_no_reports() -> None:
    async with (
        running_site() as site,
        aiohttp.ClientSession(site.url, headers=TOKEN) as session,
        session.post(PATH, json=FAILED) as answer,
    ):
        assert answer.status == 404
