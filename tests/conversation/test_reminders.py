"""A referral is taken and the clock moved day by day: what the family reads, at its minute, and can tap."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.ports.sms import SentSms
from domain.local_time import instant_at
from domain.notice import Told
from storage import profiles
from storage.tables import message
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import told
from tests.conversation.person import Person
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.test_clock_news import looks
from tests.conversation.test_referrals import is_referred, sends_a_page

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


LONGER = (
    (instant_at(date(2026, 12, 2), time(10)), Told.REFERRAL_ENDS_SOON),
    (instant_at(date(2026, 12, 3), time(19)), Told.REFERRAL_ENDS_SOON),
    (instant_at(date(2026, 12, 4), time(8)), Told.REFERRAL_ENDS_TODAY),
    (instant_at(date(2026, 12, 4), time(16)), Told.REFERRAL_ENDS_TODAY),
)
MAILBOX = "saken@pochta.example"


def words_of(kind: Told) -> str:
    """The sentence of the catalogue that a reminder begins with."""
    return SOON if kind is Told.REFERRAL_ENDS_SOON else TODAY


async def sent_at(house: House, channel: str, text: str) -> list[datetime]:
    """The minutes in which messages with this text went out by a channel."""
    if channel in {"sms", "email"}:
        sent = house.sms.sent if channel == "sms" else house.mail.sent
        at = [each.at for each in sent if text in each.text]
    else:
        found = select(message.c.at).where(
            message.c.text.contains(text), message.c.direction == "out", message.c.channel == channel
        )
        at = list(await house.database.read(lambda tx: tx.conn.execute(found).scalars().all()))
    return [each.replace(second=0, microsecond=0) for each in at]


async def is_told_by(house: House, way: str, spoken: str) -> None:
    """The parent chose so."""
    me = house.world.parent_of(ALDABEKOVS)

    def work(tx: Transaction) -> None:
        profiles.set_contact(tx, me, "email", MAILBOX, confirmed_at=tx.now)
        profiles.set_notices(tx, me, way=way, language=spoken)

    await house.write(work)


@pytest.mark.parametrize(
    ("channel", "way", "spoken"),
    [("webchat", "messenger", "kk"), ("sms", "sms", "ru"), ("email", "email", "en")],
)
async def test_every_reminder_arrives_at_its_minute_as_chosen_and_anew_after_an_extension(
    house: House, channel: str, way: str, spoken: str
) -> None:
    person, issued = await is_referred(house, "webchat", spoken)
    await is_told_by(house, way, spoken)

    async def goes_up(ladder: Sequence[tuple[datetime, Told]], day: str) -> None:
        for at, kind in ladder:
            words = person.t(words_of(kind), referral=issued.number, day=day)
            before = await sent_at(house, channel, words)
            house.clock.move_to(at - SECOND)
            await looks(house)
            house.clock.move_to(at)
            await looks(house)
            await person.waits(lambda: house.delivery.idle, "the reminder to be sent")
            assert await sent_at(house, channel, words) == [*before, at]

    await goes_up(LADDER, "27.11.2026")
    await is_extended_by(person, issued.id, 7)
    await goes_up(LONGER, "04.12.2026")

    reminders = [each for each in await told(house, ALDABEKOVS) if each is not Told.REFERRAL_EXTENDED]
    assert reminders[-8:] == [kind for _, kind in (*LADDER, *LONGER)]


async def is_extended_by(person: Person, referral_id: int, days: int) -> None:
    """With the button of a reminder, wherever that came."""
    await person.presses(f"extend:{referral_id}")
    await person.says(str(days))
    await sends_a_page(person)
    await person.taps("That's all")
    await person.taps("Confirm")


@pytest.mark.parametrize("spoken", ["kk", "ru", "en"])
async def test_under_a_reminder_there_is_what_can_be_done_about_it(house: House, spoken: str) -> None:
    person, issued = await is_referred(house, "webchat", spoken)

    for at, kind in LADDER[1:3]:
        house.clock.move_to(at)
        await looks(house)
        await person.hears(words_of(kind), referral=issued.number, day="27.11.2026")
        assert {person.t("Extend it"), person.t("On the map")} <= set(person.labels)


async def test_a_blocked_bot_moves_the_reminders_of_the_last_day_to_sms(house: House, language: str) -> None:
    person, issued = await is_referred(house, "telegram", language)
    assert isinstance(person, TelegramParent)
    await is_told_by(house, "messenger", language)
    words = person.t(TODAY, referral=issued.number, day="27.11.2026")
    person.messenger.blocks()

    for so_many, (at, _) in enumerate(LADDER[2:], start=1):
        house.clock.move_to(at)
        await looks(house)
        await person.waits(lambda so_many=so_many: len(by_sms(house, words)) == so_many, "the reminder")  # type: ignore[misc]
        assert await sent_at(house, "sms", words) == [each for each, _ in LADDER[2:]][:so_many]

    assert {each.to for each in by_sms(house, words)} == {ALDABEKOVS.phones[0].e164}


def by_sms(house: House, words: str) -> list[SentSms]:
    """The SMS that say this."""
    return [each for each in house.sms.sent if words in each.text]


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
