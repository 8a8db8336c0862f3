"""The help of a family on the telephone ends: by hand, by time, with the session; then nothing opens."""

from datetime import timedelta

import pytest

from bot.assisting_ends import end_what_is_over
from bot.clock import real_now
from bot.conversation.incoming import Address, Incoming, Press
from domain.assisting import CHANNEL, LASTS
from storage.staff_sessions import IDLE
from storage.tables import application, contact, message
from tests.conversation.assisting_plays import FIRST, applies, audited, becomes_the_father, father, rows
from tests.conversation.house import House
from tests.conversation.operator_plays import hires, operator


async def test_after_the_end_nothing_opens_and_no_form_does_anything(house: House) -> None:
    await hires(house, "aigul", [house.world.town])
    async with operator(house) as helping:
        await helping.begins()
        await applies(helping)
        form = helping.form_of("Confirm")
        await helping.finishes()
        opened = await helping.browser.opens(f"assist/{helping.number}")
        sent = await helping.browser.sends(form)

    assert (opened.status, sent.status) == (404, 404)
    assert await rows(house, application.c.id, parent_id=await father(house)) == []
    [account] = await rows(house, contact.c.parent_id, contact.c.address, channel=CHANNEL)
    assert account.parent_id is None
    assert account.address.startswith("over.")


@pytest.mark.parametrize(("seconds", "open_still"), [(-1, True), (0, False), (1, False)])
async def test_it_is_over_after_thirty_minutes(house: House, seconds: int, open_still: bool) -> None:
    await hires(house, "aigul")
    house.clock.stand_at(house.clock.read().replace(microsecond=0))
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await becomes_the_father(helping)
        house.clock.stand_at(house.clock.read() + LASTS + timedelta(seconds=seconds))
        seen = await helping.browser.opens(f"assist/{helping.number}")
        sent = await helping.browser.sends(helping.form_of("Cancel"))
        ended = await end_what_is_over(house.database)

    assert (seen.path == f"/console/assist/{helping.number}") is open_still
    assert (sent.path == f"/console/assist/{helping.number}") is open_still
    assert ended == (0 if open_still else 1)
    [account] = await rows(house, contact.c.parent_id, channel=CHANNEL)
    assert (account.parent_id is not None) is open_still


async def test_it_ends_with_the_session_of_the_operator(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await becomes_the_father(helping)
        before = await end_what_is_over(house.database)
        await helping.browser.sends(helping.page.form("sign-out"))
        ended = await end_what_is_over(house.database)

    [account] = await rows(house, contact.c.parent_id, channel=CHANNEL)
    assert (before, ended, account.parent_id) == (0, 1, None)
    assert (await audited(house))[-1] == ("assist_finished", "system")


async def test_an_idle_session_ends_it_too(house: House) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        now = real_now()
        ended = [
            await end_what_is_over(house.database, now + IDLE - timedelta(minutes=1)),
            await end_what_is_over(house.database, now + IDLE + timedelta(seconds=1)),
        ]

    assert ended == [0, 1]


@pytest.mark.parametrize("ended", ["by_hand", "by_time"])
async def test_a_turn_that_comes_too_late_finds_a_stranger(house: House, ended: str) -> None:
    await hires(house, "aigul")
    async with operator(house) as helping:
        await helping.begins()
        await helping.agrees_with(FIRST)
        await becomes_the_father(helping)
        [account] = await rows(house, contact.c.address, channel=CHANNEL)
        if ended == "by_hand":
            await helping.finishes()
        else:
            house.later(seconds=LASTS.total_seconds())
        late = Incoming(Address(CHANNEL, account.address), "late", Press("my"))
        taken = await house.witness.take(late)

    [answer] = await rows(house, message.c.text, answers=taken.incoming_id)
    assert "Hello! This is Kezek" in answer.text or "This help is over." in answer.text
    open_still = [each.parent_id for each in await rows(house, contact.c.parent_id, channel=CHANNEL)]
    assert open_still == ([None, None] if ended == "by_hand" else [await father(house)])
