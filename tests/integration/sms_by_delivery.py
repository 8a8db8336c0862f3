"""A process that only delivers SMS, to be killed.

    python -m tests.integration.sms_by_delivery DATABASE GATEWAY

It is ready when it says so, and begins with the first line that it is told.
"""

import asyncio
import sys
from datetime import timedelta

from bot.clock import SystemClock
from bot.notifiers.delivery import Delivery
from bot.ports.http_sms import HttpSms
from storage import deliveries
from storage.database import Database
from storage.keyring import Keyring
from storage.vault import Vault

LEASE = timedelta(seconds=3)
AT_ONCE = 8
"""So many may be sent twice by a kill."""


async def main(database_url: str, gateway_url: str) -> None:
    """Deliver until killed."""
    vault = Vault(Keyring.from_secret("1:a secret for the tests"))
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    database = await Database.open(database_url, vault, SystemClock())
    if database.dialect == "sqlite":
        # As the service does at its start: a file has one process.
        await database.write(deliveries.release_all)
    senders = {"sms": HttpSms(gateway_url)}
    worker = f"killed:{gateway_url[-20:]}:{id(database)}"
    delivery = Delivery(
        database,
        senders,
        worker,
        lambda channel, outcome: None,
        at_once=AT_ONCE,
        poll=timedelta(milliseconds=50),
        lease=LEASE,
    )
    await delivery.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
