"""The parts of one process, put together on a real database and running until it is closed."""

import asyncio
from contextlib import AsyncExitStack, suppress
from typing import Any, Self, cast

from argon2 import PasswordHasher
from prometheus_client import CollectorRegistry

from bot.clock import DemoClock
from bot.conversation.conversations import Conversations
from bot.conversation.errand import Runner
from bot.conversation.errand_runner import ErrandRunner
from bot.flows import sign_in
from bot.metrics import Metrics
from bot.notifiers.delivery import Delivery
from bot.ports.password_errand import PASSWORD, PasswordErrand
from bot.ports.state_register import RegisterErrand
from bot.web.hub import Hub
from storage import deliveries, errands
from storage.database import Database
from storage.keyring import Keyring
from storage.transaction import Transaction
from storage.vault import Vault
from tests.conversation.measuring import the_book
from tests.conversation.outside import Disk, Register
from tests.conversation.witness import Watched, Witness

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As the service's, but in no time."""

SECRET_KEY = "1:a secret for made-up people"


class Inside:
    """One life of the process. `database` is past the disk that can be full, `disk` is through it.

    `stack` is what ends with it, the last thing first. `senders` may get more channels.
    """

    def __init__(self, database: Database, witness: Witness, senders: dict[str, Any]) -> None:
        self.stack = AsyncExitStack()
        self.database = database
        self.disk = Disk(database)
        self.registry = CollectorRegistry()
        self.hub = Hub()
        self.senders = {"webchat": Watched(self.hub, witness), **senders}
        metrics, through = Metrics(self.registry), cast(Database, self.disk)
        self.delivery = Delivery(through, self.senders, "house", metrics.delivery)
        self.conversations = Conversations(through, the_book(), self.delivery, metrics.turn)

    @classmethod
    async def start(
        cls,
        url: str,
        clock: DemoClock,
        witness: Witness,
        senders: dict[str, Any],
        register: Register,
    ) -> Self:
        """Open the database and start the workers."""
        database = await Database.open(url, Vault(Keyring.from_secret(SECRET_KEY)), clock)
        if database.dialect == "sqlite":
            await database.write(_release_leases)
        inside = cls(database, witness, senders)
        runners: dict[str, Runner] = {
            sign_in.REGISTER: RegisterErrand(register),
            PASSWORD: PasswordErrand(QUICK),
        }
        inside.errands = ErrandRunner(cast(Database, inside.disk), witness, runners, "house")
        inside.conversations.errands = inside.errands
        inside.stack.push_async_callback(database.close)
        inside.stack.push_async_callback(inside.delivery.drain)
        for work in (inside.delivery.run(), inside.errands.run()):
            inside.stack.push_async_callback(_ended, asyncio.create_task(work))
        return inside

    errands: ErrandRunner


def _release_leases(tx: Transaction) -> None:
    """What a process had in hand that ended is nobody's: as the service does at its start."""
    deliveries.release_all(tx)
    errands.release_all(tx)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
