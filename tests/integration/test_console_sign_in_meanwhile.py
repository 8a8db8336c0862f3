"""A login that changes while somebody signs in with its old password: nobody is in by that one after it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.util import await_only

from bot.ports.password_errand import COMPARE, PasswordErrand
from bot.web.console import sign_in_tries
from storage import open_sessions, staff_logins
from storage.database import Database
from storage.tables import audit, staff_session
from storage.transaction import Transaction
from tests.fakes.console_site import running_desk
from tests.fakes.staff_browser import PASSWORD
from tests.integration.test_console_staff import Office

FOR_A_LOCK = 0.3
"""Seconds after which a transaction that has not ended is taken to wait for a lock."""


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """A console, on either database."""
    async with running_desk(database) as desk:
        yield await Office.opened(desk)


async def begin_anew(office: Office) -> None:
    """Another password, and all sessions end."""
    staff_id, now = office.ids["berik"], office.desk.real

    def work(tx: Transaction) -> None:
        assert staff_logins.give_password(tx, staff_id, "another", now, now)
        open_sessions.end_all(tx, staff_id)

    await office.desk.database.write(work)


async def sessions(office: Office) -> int:
    return len(
        await office.desk.database.read(lambda tx: tx.conn.execute(select(staff_session.c.id_hash)).all())
    )


@pytest.mark.parametrize("has_second_step", [False, True])
async def test_a_password_that_changes_when_it_was_compared_leads_nowhere(
    office: Office, monkeypatch: pytest.MonkeyPatch, has_second_step: bool
) -> None:
    if has_second_step:
        await office.gives_second_step("berik")
    run = PasswordErrand.run

    async def compared(errand: PasswordErrand, request: dict[str, Any]) -> dict[str, Any]:
        answer = await run(errand, request)
        assert request["do"] == COMPARE
        await begin_anew(office)
        return answer

    monkeypatch.setattr(PasswordErrand, "run", compared)
    async with office.desk.browser() as browser:
        page = await browser.signs_in("berik", PASSWORD)

    assert (page.status, await sessions(office)) == (403, 0)


@pytest.mark.postgresql
async def test_whoever_is_just_being_let_in_is_out_again_when_the_change_is_made(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgive = sign_in_tries.forgive
    changing: list[asyncio.Task[None]] = []
    async with running_desk(postgres) as desk:
        office = await Office.opened(desk)

        def meanwhile(*args: Any) -> None:
            changing.append(asyncio.create_task(begin_anew(office)))
            await_only(asyncio.wait(changing, timeout=FOR_A_LOCK))
            forgive(*args)

        monkeypatch.setattr(sign_in_tries, "forgive", meanwhile)
        async with desk.browser() as browser:
            await browser.signs_in("berik", PASSWORD)
            await changing[0]

        assert await sessions(office) == 0


async def test_a_one_time_password_that_is_over_is_a_wrong_one_for_the_lock_and_its_entry_too(
    office: Office,
) -> None:
    await office.change("berik", failed_tries=9, password_once_until=office.desk.real)
    async with office.desk.browser() as browser:
        page = await browser.signs_in("berik", PASSWORD)
    asked = select(audit.c.what)

    assert page.status == 403
    assert await office.desk.database.read(lambda tx: tx.conn.execute(asked).scalars().all()) == [
        "sign_in_locked"
    ]
