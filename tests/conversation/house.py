"""The service in one process, on a real database, with everything that lies around it.

The edges (web server, Bot API server) are started when the first person comes through them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from itertools import count
from typing import Any, cast

from aiohttp import web
from prometheus_client import CollectorRegistry

from bot.channels.telegram.api import TelegramApi
from bot.clock import DemoClock
from bot.conversation.conversations import Conversations
from bot.conversation.errand_runner import ErrandRunner
from bot.flows import consent, sign_in
from bot.metrics import Metrics
from bot.notifiers.delivery import Delivery
from bot.ports.sms import RememberedSms
from bot.ports.state_register import RegisterErrand
from bot.settings import load_settings
from bot.telegram_part import telegram_part
from bot.texts import texts_in
from bot.web.flood import MemoryFlood
from bot.web.hub import Hub
from bot.web.parts import WebParts
from bot.web.server import build, run
from bot.web.stored_chat_log import StoredChatLog
from domain.application import Happening, PauseCause, QueueClass
from storage import applications, conversations, deliveries, errands
from storage.application_changes import pause, set_status
from storage.applications import Application
from storage.database import Database
from storage.keyring import Keyring
from storage.transaction import Transaction
from storage.vault import Vault
from tests.conversation.made_up import Child
from tests.conversation.measuring import the_book
from tests.conversation.outside import Disk, Register
from tests.conversation.person import Person
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.web_parent import WebParent
from tests.conversation.whatsapp_parent import RememberingSender, WhatsAppParent
from tests.conversation.witness import Watched, Witness
from tests.conversation.world import START, World, join_queue
from tests.fakes.bot_api import TOKEN, BotApi
from tests.processes import free_port

SECRET_KEY = "1:a secret for made-up people"
WEBHOOK_SECRET = "a-secret_of_the-webhook"
KINDS = ("telegram", "webchat", "whatsapp")


class House:
    """The running service and the people who come to it."""

    def __init__(self, database_url: str, world: World) -> None:
        self.database_url = database_url
        self.world = world
        self.clock = DemoClock(START)
        self.register = Register()
        self.sms = RememberedSms(self.clock.read)
        self.phones = RememberingSender()
        self.people: list[Person] = []
        self.witness = Witness(lambda: self.conversations)
        self.port = free_port()
        self.registry = CollectorRegistry()
        self.bot_api: BotApi | None = None
        self.logged: list[Any] = []
        self._chats = count(1)
        self._outer = AsyncExitStack()
        self._inner = AsyncExitStack()
        self._web = AsyncExitStack()
        self._web_is_up = False

    @property
    def url(self) -> str:
        """Where the web server listens."""
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        """Start the parts that everybody needs."""
        vault = Vault(Keyring.from_secret(SECRET_KEY))
        self.database = await Database.open(self.database_url, vault, self.clock)
        self._inner.push_async_callback(self.database.close)
        if self.database.dialect == "sqlite":
            await self.database.write(_release_leases)
        self.disk = Disk(self.database)
        database = cast(Database, self.disk)
        self.registry = CollectorRegistry()
        metrics = Metrics(self.registry)
        self.hub = Hub()
        self.senders: dict[str, Any] = {
            "webchat": Watched(self.hub, self.witness),
            "whatsapp": Watched(self.phones, self.witness),
            "sms": Watched(self.sms, self.witness),
        }
        self.delivery = Delivery(database, self.senders, "house", metrics.delivery)
        self.conversations = Conversations(database, the_book(), self.delivery, metrics.turn)
        runners = {sign_in.REGISTER: RegisterErrand(self.register)}
        self.errands = ErrandRunner(database, self.witness, runners, "house")
        self.conversations.errands = self.errands
        self._inner.push_async_callback(self.delivery.drain)
        for work in (self.delivery.run(), self.errands.run()):
            self._inner.push_async_callback(_ended, asyncio.create_task(work))

    async def close(self) -> None:
        """Everybody leaves, everything stops."""
        for person in self.people:
            await person.leaves()
        await self._inner.aclose()
        await self._outer.aclose()

    async def restarts(self) -> None:
        """The process ends, another one starts on the same database; messengers come again by themselves."""
        await self._inner.aclose()
        self._inner = AsyncExitStack()
        self._web_is_up = False
        await self.open()
        if self.bot_api is not None or any(person.channel == "webchat" for person in self.people):
            await self._open_web()
        for person in self.people:
            await person.reconnects()

    async def newcomer(self, kind: str, language: str = "en") -> Person:
        """Somebody who has never written to us."""
        number = next(self._chats)
        if kind == "whatsapp":
            person: Person = WhatsAppParent(language, self.phones, f"7701555{number:04}", self.witness)
        elif kind == "telegram":
            person = TelegramParent(language, await self._telegram(), 4200 + number, self.witness)
        else:
            await self._open_web()
            person = WebParent(language, lambda: self.url, self.witness)
            await person.comes()
        self.people.append(person)
        return person

    async def acquaintance(self, kind: str, language: str = "en") -> Person:
        """Somebody who has been through the first contact, in the town with the queues."""
        person = await self.newcomer(kind, language)
        known = {"language": language, "territory_id": self.world.town}
        known |= {"consent_version": consent.VERSION, "consent_at": self.clock.read()}
        await self.changes_contact(person, **known)
        return person

    async def changes_contact(self, person: Person, **changed: object) -> None:
        """Something of an account is as if it had been told before."""

        def change(tx: Transaction) -> None:
            entered = conversations.enter(tx, person.channel, person.chat)
            conversations.update_contact(tx, entered.contact_id, **changed)

        await self.database.write(change)

    async def contact_of(self, person: Person) -> conversations.Entered:
        """What is known of an account."""
        return await self.database.write(lambda tx: conversations.enter(tx, person.channel, person.chat))

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        """Something happens that no conversation did."""
        return await self.database.write(work)

    async def joins(self, queue_class: QueueClass, number: int = 1) -> None:
        """Children join the queue of the town for those born in 2024."""
        await self.write(lambda tx: join_queue(tx, self.world, queue_class, number))

    async def withdraws(self, child: Child) -> None:
        """An application goes to the archive."""
        await self._happens(child, lambda tx, found: set_status(tx, found, Happening.WITHDRAWN))

    async def pauses(self, child: Child) -> None:
        """A parent lets others pass."""
        await self._happens(child, lambda tx, found: pause(tx, found, PauseCause.BY_PARENT))

    async def _happens(self, child: Child, change: Callable[[Transaction, Application], object]) -> None:
        def work(tx: Transaction) -> None:
            found = applications.find_by_number(tx, child.number)
            assert found is not None
            change(tx, found)

        await self.write(work)

    def later(self, **span: float) -> None:
        """Time passes: `later(minutes=5)`."""
        self.clock.advance(timedelta(**span))

    async def _telegram(self) -> BotApi:
        if self.bot_api is None:
            self.bot_api = await self._outer.enter_async_context(BotApi())
            await self._open_web()
        return self.bot_api

    async def _open_web(self) -> None:
        """Start the web server, with the webhook where there is Telegram."""
        if self._web_is_up:
            if self.bot_api is None or "telegram" in self.senders:
                return
            await self._web.aclose()
        self._web = await self._inner.enter_async_context(AsyncExitStack())
        webhook = None
        if self.bot_api is not None:
            webhook = await self._open_telegram(self.bot_api)
        parts = WebParts(
            conversation=self.witness,
            log=StoredChatLog(self.database),
            hub=self.hub,
            registry=self.registry,
            readiness={},
            texts=texts_in,
            secret_key=SECRET_KEY,
            public_url=self.url,
            flood=_patient_flood(),
            telegram_webhook=webhook,
        )
        runner = await run(build(parts), "127.0.0.1", self.port)
        self._web.push_async_callback(_closed, runner)
        self._web_is_up = True

    async def _open_telegram(self, server: BotApi) -> Any:
        """The bot as the service makes it. Only the webhook is set here: the rest of the set-up is slow."""
        settings = load_settings(
            telegram_token=server.token,
            telegram_api_url=server.url,
            telegram_mode="webhook",
            telegram_webhook_secret=WEBHOOK_SECRET,
            public_url=self.url,
        )
        part = await telegram_part(settings, self.witness)
        assert part is not None
        assert part.webhook is not None
        self._inner.push_async_callback(part.close)
        self.senders["telegram"] = Watched(part.sender, self.witness)
        api = TelegramApi(TOKEN, server.url)
        target = {"url": f"{self.url}/telegram/webhook", "secret_token": WEBHOOK_SECRET}
        await api.call("setWebhook", target)
        await api.close()
        return part.webhook.handle


def _release_leases(tx: Transaction) -> None:
    """What a process had in hand that ended is nobody's: as the service does at its start."""
    deliveries.release_all(tx)
    errands.release_all(tx)


def _patient_flood() -> MemoryFlood:
    """Between two messages ten seconds seem to pass: the tests of the flood are elsewhere."""
    seconds = count(0, 10)
    return MemoryFlood(lambda: float(next(seconds)))


async def _closed(runner: web.AppRunner) -> None:
    await runner.cleanup()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def open_house(database_url: str, world: World) -> AsyncIterator[House]:
    """A house on this database; at the end nothing may have been wrong with what anybody was shown."""
    house = House(database_url, world)
    await house.open()
    try:
        yield house
    finally:
        await house.close()
    assert not house.witness.faults, "\n\n".join(house.witness.faults[:5])
