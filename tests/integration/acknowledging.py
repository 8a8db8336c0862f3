"""A process that writes until it is killed, and prints each number once it is acknowledged.

`python -m tests.integration.acknowledging URL`
"""

import asyncio
import os
import sys
from functools import partial
from itertools import count

from sqlalchemy import insert

from storage.database import Database
from storage.keyring import Keyring
from storage.tables import attempt
from storage.transaction import Transaction
from storage.vault import Vault
from tests.fakes.clock import SetClock


async def main(url: str) -> None:
    vault = Vault(Keyring.from_secret("1:a secret for the tests"))
    database = await Database.open(url, vault, SetClock())
    numbers = count(1)

    async def write_on() -> None:
        for number in numbers:
            await database.write(partial(_write, number))
            os.write(1, f"{number}\n".encode())

    await asyncio.gather(*(write_on() for _ in range(16)))


def _write(number: int, tx: Transaction) -> None:
    tx.conn.execute(insert(attempt).values(id=number, kind="try", subject=b"s", at=tx.now))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
