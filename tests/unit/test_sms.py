"""Text messages of the demo are remembered as a phone would have shown them."""

from datetime import UTC, datetime

import pytest

from bot.conversation.port import Undeliverable
from bot.conversation.reply import Operation, Outgoing, Screen
from bot.ports.sms import REMEMBERED, NoSms, RememberedSms

NOW = datetime(2026, 11, 20, 11, 20, tzinfo=UTC)
PHONE = "+77015550101"


def message(text: str, title: str | None = None) -> Outgoing:
    """Something to be sent."""
    return Outgoing(Operation.SEND, Screen(text, title=title))


async def test_messages_are_listed_newest_last() -> None:
    sms = RememberedSms(lambda: NOW)

    await sms.send(PHONE, message("one"), 1)
    await sms.send(PHONE, message("two", title="Kezek"), 2)

    assert [sent.to_data() for sent in sms.sent] == [
        {"at": "2026-11-20T11:20:00+00:00", "to": PHONE, "text": "one"},
        {"at": "2026-11-20T11:20:00+00:00", "to": PHONE, "text": "Kezek\ntwo"},
    ]


async def test_a_message_delivered_twice_is_remembered_once() -> None:
    sms = RememberedSms(lambda: NOW)

    first = await sms.send(PHONE, message("one"), 1)
    second = await sms.send(PHONE, message("one"), 1)

    assert (first, second, len(sms.sent)) == ("1", "1", 1)


async def test_only_the_newest_are_kept() -> None:
    sms = RememberedSms(lambda: NOW)

    for key in range(REMEMBERED + 2):
        await sms.send(PHONE, message(str(key)), key)

    assert (len(sms.sent), sms.sent[0].text, sms.sent[-1].text) == (REMEMBERED, "2", str(REMEMBERED + 1))


async def test_an_sms_cannot_be_edited() -> None:
    with pytest.raises(Undeliverable):
        await RememberedSms(lambda: NOW).send(PHONE, Outgoing(Operation.EDIT, Screen("one"), target="1"), 1)


async def test_without_a_gateway_nothing_goes_and_no_number_is_at_fault() -> None:
    with pytest.raises(Undeliverable):
        await NoSms().send(PHONE, message("one"), 1)
