"""The parts of one process, put together on a real database and running until it is closed."""

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self, cast

from argon2 import PasswordHasher
from prometheus_client import CollectorRegistry

from bot.clock import DemoClock
from bot.conversation.conversations import Conversations
from bot.conversation.errand import Runner
from bot.conversation.errand_runner import ErrandRunner
from bot.exports.errand import EXPORT, ExportErrand
from bot.flows import sign_in
from bot.metrics import Metrics
from bot.notifiers.delivery import POLL, Delivery
from bot.notifiers.falling_back import fall_back
from bot.papers.place_errand import PICTURE, PlacePictureErrand
from bot.papers.referral_errand import PAPER, PaperErrand
from bot.papers.referral_links import ReferralLinks
from bot.ports.password_errand import PASSWORD, PasswordErrand
from bot.ports.state_register import RegisterErrand
from bot.uploads.errand import Fetcher, FileErrand, SpoolFetcher
from bot.uploads.links import FileLinks
from bot.uploads.request import FILE
from bot.verifying import Verifying
from bot.web.assisted_sender import AssistedSender
from bot.web.hub import Hub
from storage import deliveries, errands
from storage.database import Database
from storage.files import FileStore
from storage.keyring import Keyring
from storage.sealed_files import SealedFiles
from storage.transaction import Transaction
from storage.vault import Vault
from tests.conversation.measuring import the_book
from tests.conversation.outside import Disk, Register
from tests.conversation.witness import Watched, Witness
from tests.fakes.fetcher import RememberedFiles
from tests.fakes.quick_look import QuickLook

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As the service's, but in no time."""

SECRET_KEY = "1:a secret for made-up people"


@dataclass(frozen=True)
class Outside:
    """What outlives the process: the register, the files, what WhatsApp has, where people reach us.

    `poll`: how often what others have written to be delivered is looked for.
    """

    register: Register
    files_url: str
    whatsapp_files: RememberedFiles
    public_url: str
    poll: timedelta = POLL


class Inside:
    """One life of the process. `database` is past the disk that can be full, `disk` is through it.

    `stack` is what ends with it, the last thing first. `senders` and `fetchers` may get more channels.
    """

    def __init__(
        self, database: Database, witness: Witness, senders: dict[str, Any], outside: Outside
    ) -> None:
        self.stack = AsyncExitStack()
        self.database = database
        self.disk = Disk(database)
        self.registry = CollectorRegistry()
        self.hub = Hub()
        self.senders = {
            "webchat": Watched(self.hub, witness),
            "assisted": Watched(AssistedSender(), witness),
            **senders,
        }
        metrics, through = Metrics(self.registry), cast(Database, self.disk)
        self.delivery = Delivery(
            through, self.senders, "house", metrics.delivery, poll=outside.poll, on_lost=fall_back
        )
        self.files = SealedFiles(FileStore(outside.files_url), database.vault)
        self.links = FileLinks(SECRET_KEY, outside.public_url)
        self.fetchers: dict[str, Fetcher] = {
            "webchat": SpoolFetcher(self.files),
            "assisted": SpoolFetcher(self.files),
            "whatsapp": outside.whatsapp_files,
        }
        book = replace(the_book(), file_link=self.links.to)
        self.conversations = Conversations(through, book, self.delivery, metrics.turn)

    @classmethod
    async def start(
        cls,
        url: str,
        clock: DemoClock,
        witness: Witness,
        senders: dict[str, Any],
        outside: Outside,
    ) -> Self:
        """Open the database and start the workers."""
        database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), clock)
        if database.dialect == "sqlite":
            await database.write(_release_leases)
        inside = cls(database, witness, senders, outside)
        runners: dict[str, Runner] = {
            sign_in.REGISTER: RegisterErrand(outside.register),
            PASSWORD: PasswordErrand(QUICK),
            FILE: FileErrand(inside.fetchers, QuickLook(), inside.files),
            EXPORT: ExportErrand(cast(Database, inside.disk), inside.files),
            PICTURE: PlacePictureErrand(cast(Database, inside.disk), inside.files),
            PAPER: PaperErrand(
                cast(Database, inside.disk), inside.files, ReferralLinks(SECRET_KEY, outside.public_url)
            ),
        }
        inside.errands = ErrandRunner(cast(Database, inside.disk), witness, runners, "house")
        inside.conversations.errands = inside.errands
        inside.verifying = Verifying(cast(Database, inside.disk), outside.register, clock=clock.read)
        inside.stack.push_async_callback(database.close)
        inside.stack.push_async_callback(inside.delivery.drain)
        for work in (inside.delivery.run(), inside.errands.run()):
            inside.stack.push_async_callback(_ended, asyncio.create_task(work))
        return inside

    errands: ErrandRunner
    verifying: Verifying
    """It does nothing by itself here: a play lets it, and the house's clock paces it."""


def _release_leases(tx: Transaction) -> None:
    """What a process had in hand that ended is nobody's: as the service does at its start."""
    deliveries.release_all(tx)
    errands.release_all(tx)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
