"""A referral is taken and the clock moved day by day: what the family reads, at its minute, and can tap."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from domain.local_time import instant_at
from domain.notice import Told
from storage.tables import message
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import told
from tests.conversation.test_clock_news import looks
from tests.conversation.test_referrals import is_referred

LAST_DAY = date(2026, 11, 27)
SECOND = timedelta(seconds=1)
LADDER = (
    (instant_at(date(2026, 11, 25), time(10)), Told.REFERRAL_ENDS_SOON),
    (instant_at(date(2026, 11, 26), time(19)), Told.REFERRAL_ENDS_SOON),
    (instant_at(LAST_DAY, time(8)), Told.REFERRAL_ENDS_TODAY),
    (instant_at(LAST_DAY, time(16)), Told.REFERRAL_ENDS_TODAY),
)
SOON = "Referral № {referral} ends soon. Its last day is {day}."
TODAY = "Today, {day}, is the last day of referral № {referral}."


async def sent_at(house: House, text: str) -> list[datetime]:
    """The minutes in which messages with this text went out."""
    found = select(message.c.at).where(message.c.text.contains(text), message.c.direction == "out")
    at = await house.database.read(lambda tx: tx.conn.execute(found).scalars().all())
    return [each.replace(second=0, microsecond=0) for each in at]


@pytest.mark.parametrize("spoken", ["kk", "ru", "en"])
async def test_every_reminder_arrives_in_the_web_chat_at_its_minute(house: House, spoken: str) -> None:
    person, issued = await is_referred(house, "webchat", spoken)
    facts = {"referral": issued.number, "day": "27.11.2026"}

    for at, kind in LADDER:
        house.clock.move_to(at - SECOND)
        await looks(house)
        house.clock.move_to(at)
        await looks(house)
        words = SOON if kind is Told.REFERRAL_ENDS_SOON else TODAY
        await person.hears(words, **facts)
        assert person.t("Extend it") in person.labels
        assert person.t("On the map") in person.labels
        assert at in await sent_at(house, person.t(words, **facts))

    assert (await told(house, ALDABEKOVS))[-4:] == [kind for _, kind in LADDER]


async def test_from_the_reminder_it_is_extended_and_the_reminders_stop(house: House) -> None:
    person, issued = await is_referred(house, "telegram")
    house.clock.move_to(LADDER[0][0])
    await looks(house)
    await person.hears(SOON, referral=issued.number, day="27.11.2026")

    await person.taps("Extend it")

    assert person.t("Extension") in person.sees


async def test_the_last_day_goes_into_the_calendar(house: House, language: str) -> None:
    person, issued = await is_referred(house, "webchat", language)

    await person.presses(f"calendar:{issued.id}")

    assert "27.11.2026" in person.sees
    assert person.t("Add to calendar") in person.labels
