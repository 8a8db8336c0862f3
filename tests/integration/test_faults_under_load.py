"""Hundreds of messages through channels that keep failing: each arrives, in its order, under one name."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from bot.channels.mail.letter import Letters
from bot.channels.mail.links import LetterLinks
from bot.channels.mail.send import MailSender
from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp import Smtp
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.send import TelegramSender
from bot.conversation.port import Sender
from bot.conversation.reply import Letter, Outgoing
from bot.notifiers.delivery import Delivery
from bot.notifiers.gate import State
from bot.ports.http_sms import HttpSms
from storage.database import Database
from storage.tables import delivery as delivery_table
from storage.transaction import Transaction
from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_faults import Fault
from tests.fakes.mail_server import FakeMailServer, listening
from tests.fakes.sms_gateway import SmsGateway
from tests.integration.delivering import say

EACH_OF_TEN = (faults.SERVER_ERROR, faults.SILENCE, faults.HANG_UP, faults.GARBAGE, faults.ODD)
"""Each of these meets one call in ten."""
CHATS, OF_EACH = 40, 6
PHONES, SMS_OF_EACH = 30, 4
MAILBOXES, LETTERS_OF_EACH = 15, 3
DEAD = range(100, 120)
"""The calls that find the Bot API down."""
PATIENCE_SECONDS = 120
IN_ORDER = [f"{number}" for number in range(OF_EACH)]


class FalteringApi(BotApi):
    """Fails half of the time, in five ways, and once altogether."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def _next_fault(self, method: str) -> Fault | None:
        if len(self.calls) in DEAD:
            return faults.SERVER_ERROR
        drawn = self._chance.randrange(10)
        return EACH_OF_TEN[drawn] if drawn < len(EACH_OF_TEN) else None


class FalteringGateway(SmsGateway):
    """Now slow, now out of order before it takes a text, now after it."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    async def _take(self, request: web.Request) -> web.Response:
        drawn = self._chance.randrange(10)
        if drawn == 0:
            return web.Response(status=503)
        if drawn == 1:
            await asyncio.sleep(0.3)
        answer = await super()._take(request)
        return web.Response(status=500) if drawn == 2 else answer


@dataclass
class FalteringMail(FakeMailServer):
    """Asks to come later: for a mailbox, for a letter, for everything."""

    chance: random.Random = field(default_factory=random.Random)

    async def handle_RCPT(  # noqa: N802  the names are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.chance.randrange(10) == 0:
            return "450 4.2.1 try again"
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        drawn = self.chance.randrange(10)
        if drawn < 2:
            return ("451 4.3.0 try again", "421 4.3.2 closing")[drawn]
        return await super().handle_DATA(server, session, envelope)


class Named:
    """A sender that remembers under which key it was handed what."""

    def __init__(self, sender: Sender) -> None:
        self.channel = sender.channel
        self.handed: dict[int, set[tuple[str, str]]] = {}
        self._sender = sender

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        assert outgoing.screen is not None
        self.handed.setdefault(dedup_key, set()).add((chat, outgoing.screen.text))
        return await self._sender.send(chat, outgoing, dedup_key)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what takes hours with a real channel is over in seconds."""
    monkeypatch.setattr("bot.notifiers.sending._LONGEST_PAUSE", timedelta(milliseconds=50))
    monkeypatch.setattr("bot.notifiers.gate.FIRST_PAUSE", timedelta(milliseconds=40))
    monkeypatch.setattr("bot.notifiers.gate.LONGEST_PAUSE", timedelta(milliseconds=150))


@asynccontextmanager
async def telegram(api: BotApi) -> AsyncIterator[Named]:
    client = TelegramApi(TOKEN, api.url, wait_seconds=0.25)
    yield Named(TelegramSender(client))
    await client.close()


async def delivered(database: Database, *senders: Named) -> dict[str, set[State]]:
    """Deliver all that waits; in which states each channel was meanwhile, and at last alone."""
    worker = Delivery(
        database,
        {each.channel: each for each in senders},
        "one",
        lambda channel, outcome: None,
        at_once=8,
        poll=timedelta(milliseconds=20),
    )
    running = asyncio.create_task(worker.run())
    seen: dict[str, set[State]] = {each.channel: set() for each in senders}
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await unsent(database):
            for _ in range(20):
                await asyncio.sleep(0.005)
                for channel, lane in worker.lanes.items():
                    seen[channel].add(lane.gate.state)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await worker.drain()
    assert {lane.gate.state for lane in worker.lanes.values()} == {State.UP}
    return seen


async def unsent(database: Database) -> set[str]:
    """The states of what was not sent."""
    waits = select(delivery_table.c.state).where(delivery_table.c.state != "sent").limit(1)
    return set(await database.read(lambda tx: tx.conn.execute(waits).scalars().all()))


def in_order(came: list[tuple[str, str]]) -> dict[str, list[str]]:
    """What came to each, one after the other."""
    found: dict[str, list[str]] = {}
    for to, text in came:
        found.setdefault(to, []).append(text)
    return found


@pytest.mark.timeout(300)
async def test_through_a_bot_api_that_fails_half_of_the_time_each_arrives_once_and_in_order(
    database: Database,
) -> None:
    def write(tx: Transaction) -> None:
        for chat in range(CHATS):
            say(tx, f"{chat + 1}", tuple(IN_ORDER), None)

    await database.write(write)
    async with FalteringApi(random.Random(5)) as api, telegram(api) as sender:
        chats = [api.chat(chat + 1) for chat in range(CHATS)]

        seen = await delivered(database, sender)

    assert [[seen.text for seen in chat.messages] for chat in chats] == [IN_ORDER] * CHATS
    assert len(sender.handed) == CHATS * OF_EACH
    assert {len(each) for each in sender.handed.values()} == {1}
    assert len(api.calls) > CHATS * OF_EACH * 3 // 2
    assert seen["telegram"] >= {State.UP, State.DOWN}


@pytest.mark.timeout(300)
async def test_through_a_slow_gateway_and_a_mail_server_that_refuses_each_arrives_under_one_name(
    database: Database,
) -> None:
    def write(tx: Transaction) -> None:
        for number in range(PHONES):
            say(tx, f"+7701{number:07}", tuple(IN_ORDER[:SMS_OF_EACH]), None, channel="sms")
        for number in range(MAILBOXES):
            words = tuple(IN_ORDER[:LETTERS_OF_EACH])
            say(tx, f"ana{number}@pochta.example", words, None, channel="email", letter=Letter("Kezek"))

    await database.write(write)
    async with (
        FalteringGateway(random.Random(6)) as gateway,
        listening(mail := FalteringMail(chance=random.Random(7))),
    ):
        letters = Letters(
            "Kezek <kezek@example.kz>", LetterLinks("a secret of the tests", "https://kezek.example")
        )
        carrier = Smtp(MailServer.at(mail.url), "kezek@example.kz", seconds=2)
        sms, email = Named(HttpSms(gateway.url)), Named(MailSender(letters, carrier))
        await delivered(database, sms, email)

    for sender, number in ((sms, PHONES * SMS_OF_EACH), (email, MAILBOXES * LETTERS_OF_EACH)):
        assert len(sender.handed) == number
        assert {len(each) for each in sender.handed.values()} == {1}
    assert len(gateway.taken) > len(gateway.texts) == PHONES * SMS_OF_EACH
    assert {len(texts) for texts in gateway.texts.values()} == {1}
    once = [next(iter(gateway.texts[name])).split(": ") for name in dict.fromkeys(gateway.taken)]
    assert in_order([(to, text) for to, text in once]) == {
        f"+7701{number:07}": IN_ORDER[:SMS_OF_EACH] for number in range(PHONES)
    }
    assert in_order([(each["To"], words_of(each)) for each in mail.letters]) == {
        f"ana{number}@pochta.example": IN_ORDER[:LETTERS_OF_EACH] for number in range(MAILBOXES)
    }


def words_of(letter: EmailMessage) -> str:
    """The first line."""
    body: Any = letter.get_body(("plain",))
    return str(body.get_content()).split("\n", 1)[0].strip()
