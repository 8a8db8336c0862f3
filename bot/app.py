"""Puts the service together from its settings; the only place that knows everybody."""

import asyncio
import os
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot.assisting_ends import end_what_is_over
from bot.channels.mail.send import Carrier
from bot.clock import DemoClock, SystemClock
from bot.clockwork import Clockwork, Job
from bot.conversation.conversations import Conversations
from bot.conversation.errand import Runner
from bot.conversation.errand_runner import ErrandRunner
from bot.conversation.port import Sender
from bot.demo.options import DemoOptions
from bot.erasing import erase_what_is_due
from bot.exports.errand import EXPORT, ExportErrand
from bot.flows import sign_in
from bot.flows.library import book
from bot.indexing import FILLED_EVERY, keep_index_filled
from bot.mail_part import carrier_of, mail_sender
from bot.memory import keep_for_good
from bot.metrics import Metrics
from bot.moved_clock import MovedClock
from bot.notifiers.delivery import Delivery
from bot.notifiers.elsewhere import DeliveredElsewhere
from bot.notifiers.falling_back import fall_back
from bot.notifiers.watching import watch
from bot.papers.place_errand import PICTURE, PlacePictureErrand
from bot.papers.referral_errand import PAPER, PaperErrand
from bot.papers.referral_links import ReferralLinks
from bot.ports.password_errand import PASSWORD, PasswordErrand
from bot.ports.sms import NoSms
from bot.ports.state_register import NoRegister, RegisterErrand, StateRegister
from bot.readiness import readiness
from bot.settings import Role, Settings
from bot.signed_in_nowhere import LOOKED_FOR_EVERY, look_for_them
from bot.telegram_part import TelegramPart, telegram_part
from bot.texts import texts_in
from bot.tidying import roll_in_new_key, tidy_up
from bot.together import Together
from bot.uploads.errand import Fetcher, FileErrand, SpoolFetcher
from bot.uploads.kept_files import KeptFiles
from bot.uploads.links import FileLinks
from bot.uploads.request import FILE
from bot.uploads.sandbox import Sandbox
from bot.verifying import Verifying
from bot.version import VERSION
from bot.web.assisted_sender import AssistedSender
from bot.web.console.parts import ConsoleParts
from bot.web.parts import DemoParts, WebParts
from bot.web.server import build, run
from bot.web.stored_chat_log import StoredChatLog
from bot.workers import start
from bot.wrong_settings import OTHER_KEY, WrongSettings
from domain.assisting import CHANNEL as ASSISTED
from domain.pace import Pace
from domain.working_days import WorkingCalendar
from storage import deliveries, errands
from storage.database import Database
from storage.files import FileStore
from storage.keyring import Keyring
from storage.probe import opens_what_is_there
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction
from storage.vault import Vault, VaultError

CAUGHT_UP = timedelta(seconds=10)
PASSES_BY = timedelta(seconds=20)
TIDIED_EVERY, ERASED_EVERY = timedelta(hours=1), timedelta(minutes=1)
ASSISTING_ENDED_EVERY = timedelta(seconds=30)
_STOP_SECONDS = 5.0
_LONGEST_HOST = 40
log = structlog.get_logger("app")


@dataclass(frozen=True, slots=True)
class Outside:
    """What the service talks to besides messengers: real in production, embedded in the demo."""

    register: StateRegister = field(default_factory=NoRegister)
    sms: Sender = field(default_factory=NoSms)
    carrier: Carrier | None = None
    demo: Callable[["Service"], DemoParts] | None = None


class Service:
    """Everything that runs in one process, put together but not yet started."""

    def __init__(
        self, settings: Settings, database: Database, clock: SystemClock, secret_key: str, outside: Outside
    ) -> None:
        self.settings = settings
        self.database = database
        self.clock = clock
        self.registry = CollectorRegistry()
        self._together = Together(settings, database)
        self.hub = self._together.hub
        self._outside = outside
        self._secret_key = secret_key
        self._files = SealedFiles(FileStore(settings.files), database.vault)
        self._links = FileLinks(secret_key, settings.public)
        self._fetchers: dict[str, Fetcher] = {
            each: SpoolFetcher(self._files) for each in ("webchat", ASSISTED)
        }
        self._metrics = Metrics(self.registry)
        mail = mail_sender(settings, database, secret_key, outside.carrier)
        self._senders: dict[str, Sender] = {
            "webchat": self.hub,
            ASSISTED: AssistedSender(),
            "sms": outside.sms,
            "email": mail,
        }
        worker = f"{socket.gethostname()[:_LONGEST_HOST]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.delivery = Delivery(
            database,
            self._senders,
            worker,
            self._metrics.delivery,
            paces=paces_of(settings),
            on_lost=fall_back,
        )
        delivers = Role.DELIVERY in settings.roles
        taker = self.delivery if delivers else DeliveredElsewhere()
        self.conversations = Conversations(
            database,
            book(
                self._links.to,
                ReferralLinks(secret_key, settings.public).calendar,
                settings.public,
                has_mail=outside.carrier is not None,
            ),
            taker,
            self._metrics.turn,
        )
        self.errands = ErrandRunner(database, self.conversations, self._runners(), worker)
        self.conversations.errands = self.errands
        self._moved = MovedClock(database, clock) if isinstance(clock, DemoClock) else None
        self.verifying = Verifying(database, outside.register)
        self.clockwork = Clockwork(
            database,
            Job("tidying", TIDIED_EVERY, partial(tidy_up, database, self._files)),
            Job("indexing", FILLED_EVERY, partial(keep_index_filled, database)),
            Job("assisting", ASSISTING_ENDED_EVERY, partial(end_what_is_over, database)),
            Job("leaving", LOOKED_FOR_EVERY, partial(look_for_them, database)),
            Job("erasing", ERASED_EVERY, partial(erase_what_is_due, database)),
        )

    async def run(self, stop: asyncio.Event, started: Callable[[], Awaitable[None]] | None = None) -> None:
        """Start what the roles name, go on until `stop` is set, and end without loose ends.

        A worker that breaks ends the service, too, and its error is raised: a service that looks
        alive and does nothing would be worse than one that is started anew.
        """
        WorkingCalendar().is_working(self.clock.read().date())
        if self.database.dialect == "sqlite":
            # A file has one process: whatever was in hand was in the hand of a dead one.
            await self.database.write(_release_leases)
        async with AsyncExitStack() as stack:
            telegram = await telegram_part(self.settings, self.conversations)
            if telegram is not None:
                stack.push_async_callback(telegram.close)
                self._senders["telegram"] = telegram.sender
                self._fetchers["telegram"] = telegram.files
            self._start_workers(stack, telegram, stop)
            if Role.WEB in self.settings.roles:
                runner = await run(self._web(telegram), self.settings.http_host, self.settings.http_port)
                stack.push_async_callback(runner.cleanup)
            if started is not None:
                await started()
            keep_for_good()
            await stop.wait()

    async def caught_up(self, within: timedelta = CAUGHT_UP) -> None:
        """Wait until what has fallen due is done, but no longer: for the demo clock."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                if self._moved is not None:
                    await self._moved.catch_up()
                if Role.SCHEDULER in self.settings.roles:
                    self.verifying.time_was_moved()
                    await self.clockwork.look()
                while not (self.verifying.idle and self.delivery.idle and self.errands.idle):
                    await asyncio.sleep(0.01)

    async def pass_by(self, clock: DemoClock, target: datetime) -> None:
        """Stop a demo's clock on its way wherever something falls due: a move makes nothing late.

        Only for a while: after that, what is left is found late, as after a downtime.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(PASSES_BY.total_seconds()):
                while (at := await self._next_stop(target)) is not None:
                    clock.move_on_to(at)
                    await self.caught_up()

    async def _next_stop(self, target: datetime) -> datetime | None:
        stops = [await self.clockwork.next_before(target)]
        if self._moved is not None:
            stops.append(await self._moved.next_before(target))
        return min((each for each in stops if each is not None), default=None)

    def _start_workers(
        self, stack: AsyncExitStack, telegram: TelegramPart | None, stop: asyncio.Event
    ) -> None:
        """What is started first is ended last."""
        roles = self.settings.roles
        self._together.start(stack, stop, self.delivery.look)
        if Role.DELIVERY in roles:
            stack.push_async_callback(self.delivery.drain)
            start(stack, self.delivery.run(), stop)
            start(stack, watch(self.database, lambda: self.delivery.lanes, self._metrics.backlog), stop)
        if Role.SCHEDULER in roles:
            start(stack, self.clockwork.run(), stop)
            start(stack, self.verifying.run(), stop)
            if self.database.vault.holds_old_keys:
                start(stack, roll_in_new_key(self.database, self._files), stop)
        if Role.CONVERSATION in roles:
            start(stack, self.errands.run(), stop)
            if telegram is not None:
                for work in telegram.work():
                    start(stack, work, stop, _STOP_SECONDS if telegram.polling else 0)
                stack.callback(telegram.stop)

    def _web(self, telegram: TelegramPart | None) -> web.Application:
        demo = self._outside.demo(self) if self._outside.demo else None
        return build(
            WebParts(
                conversation=self.conversations,
                log=StoredChatLog(self.database),
                hub=self.hub,
                registry=self.registry,
                readiness=readiness(self.database, self.settings),
                texts=texts_in,
                secret_key=self._secret_key,
                public_url=self.settings.public,
                files=KeptFiles(self.database, self._files),
                links=self._links,
                version=VERSION,
                telegram_webhook=telegram.webhook.handle if telegram and telegram.webhook else None,
                demo=demo,
                sms_token=_secret(self.settings.sms_token),
                console=ConsoleParts(self.database, feed=self._together.feed),
            )
        )

    def _runners(self) -> Mapping[str, Runner]:
        return {
            sign_in.REGISTER: RegisterErrand(self._outside.register),
            PASSWORD: PasswordErrand(),
            FILE: FileErrand(self._fetchers, Sandbox(), self._files),
            EXPORT: ExportErrand(self.database, self._files),
            PICTURE: PlacePictureErrand(self.database, self._files),
            PAPER: PaperErrand(
                self.database, self._files, ReferralLinks(self._secret_key, self.settings.public)
            ),
        }


def _release_leases(tx: Transaction) -> None:
    deliveries.release_all(tx)
    errands.release_all(tx)


def stop_on_signals() -> asyncio.Event:
    """An event that is set when the process is asked to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    return stop


def run_serve(settings: Settings) -> None:
    """The service until it is told to stop. Raises StorageError for an unusable database, WrongSettings."""
    import uvloop

    uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    assert settings.secret_key is not None
    secret = settings.secret_key.get_secret_value()
    clock = SystemClock()
    database = await Database.open(settings.database, Vault(Keyring.from_secret(secret)), clock)
    try:
        await _require_its_key(database)
        outside = Outside(register_of(settings), sms_of(settings), carrier_of(settings))
        service = Service(settings, database, clock, secret, outside)
        await service.run(stop_on_signals(), partial(_tell_started, settings))
    finally:
        await database.close()


async def _require_its_key(database: Database) -> None:
    """Raise WrongSettings for another secret: nobody would be found, and everybody could join twice."""
    try:
        await database.read(opens_what_is_there)
    except VaultError:
        raise WrongSettings((OTHER_KEY,)) from None


async def _tell_started(settings: Settings) -> None:
    log.info("serving", roles=sorted(role.value for role in settings.roles), version=VERSION)


def register_of(settings: Settings) -> StateRegister:
    """The state register that the settings name."""
    if settings.register_url is None:
        return NoRegister()
    from bot.ports.http_register import HttpRegister

    return HttpRegister(settings.register_url)


def paces_of(settings: Settings) -> Mapping[str, Pace]:
    """How fast each channel may be sent to; one that is not named goes as fast as it can."""
    if not settings.telegram_per_second:
        return {}
    telegram = Pace(
        settings.telegram_per_second, settings.telegram_chat_per_second, settings.telegram_chat_burst
    )
    return {"telegram": telegram}


def sms_of(settings: Settings) -> Sender:
    """The SMS gateway that the settings name."""
    if settings.sms_url is None:
        return NoSms()
    from bot.ports.http_sms import HttpSms

    return HttpSms(settings.sms_url, _secret(settings.sms_token))


def _secret(setting: SecretStr | None) -> str | None:
    return None if setting is None else setting.get_secret_value()


def run_demo(options: DemoOptions) -> None:
    """The demo until it is told to stop. Raises StorageError, OSError."""
    from bot.demo.process import run_demo as run

    run(options)
