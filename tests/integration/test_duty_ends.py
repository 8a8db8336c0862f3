"""An operator's duty ends with signing out, and with the last session, however that came to its end."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.centre import line as deeds
from bot.clock import real_now
from bot.department.officer import Officer
from bot.tidying import forget_old_sessions
from storage import staff_sessions
from storage.centre import duty
from storage.database import Database
from tests.fakes.console_site import Desk, running_desk


@pytest.fixture
async def desk(sqlite: Database) -> AsyncIterator[Desk]:
    async with running_desk(sqlite) as running:
        yield running


async def begins(desk: Desk, staff_id: int) -> None:
    await desk.database.write(lambda tx: deeds.on_duty(tx, Officer(staff_id, "operator"), True))


async def is_on_duty(desk: Desk, staff_id: int) -> bool:
    """Whether it is written down so, and whether a question would be given."""
    since = await desk.database.read(lambda tx: duty.on_duty_since(tx, staff_id))
    given = await desk.database.read(lambda tx: duty.on_duty(tx, None, desk.real))
    assert (since is not None) == (staff_id in {each.staff_id for each in given})
    return since is not None


async def test_who_signs_out_is_off_duty(desk: Desk) -> None:
    staff_id = await desk.hires("aigul", "operator")
    async with desk.browser("aigul") as browser:
        await begins(desk, staff_id)
        assert await is_on_duty(desk, staff_id)

        await browser.sends((await browser.opens("")).form("sign-out"))

    assert not await is_on_duty(desk, staff_id)


async def test_the_signing_out_of_a_colleague_ends_nobody_elses_duty(desk: Desk) -> None:
    staff_id = await desk.hires("aigul", "operator")
    await desk.hires("berik", "operator")
    async with desk.browser("aigul"), desk.browser("berik") as berik:
        await begins(desk, staff_id)

        await berik.sends((await berik.opens("")).form("sign-out"))

    assert await is_on_duty(desk, staff_id)


async def test_a_new_session_after_the_old_ones_end_begins_off_duty(desk: Desk) -> None:
    staff_id = await desk.hires("aigul", "operator")
    async with desk.browser("aigul"):
        await begins(desk, staff_id)
    desk.real += staff_sessions.IDLE - timedelta(seconds=1)
    async with desk.browser("aigul"):
        assert await is_on_duty(desk, staff_id)
    desk.real += staff_sessions.IDLE

    async with desk.browser("aigul"):
        assert not await is_on_duty(desk, staff_id)


async def test_tidying_up_ends_the_duty_of_whoever_is_signed_in_nowhere(desk: Desk) -> None:
    # The tidying goes by the machine's own clock.
    desk.real = real_now() - staff_sessions.LONGEST
    staff_id = await desk.hires("aigul", "operator")
    async with desk.browser("aigul"):
        await begins(desk, staff_id)

    await forget_old_sessions(desk.database)

    assert await desk.database.read(lambda tx: duty.on_duty_since(tx, staff_id)) is None
