"""A process that is killed in the middle of its work."""

import subprocess
import sys
from itertools import islice

from sqlalchemy import select

from storage.database import Database
from storage.tables import attempt
from storage.vault import Vault
from tests.fakes.clock import SetClock

SEEN_BEFORE_THE_KILL = 500


async def test_what_was_acknowledged_is_there_after_a_kill(
    database_url: str, vault: Vault, clock: SetClock
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.acknowledging", database_url],
        stdout=subprocess.PIPE,
        text=True,
    )
    with writer:
        assert writer.stdout is not None
        acknowledged = {int(line) for line in islice(writer.stdout, SEEN_BEFORE_THE_KILL)}
        writer.kill()
        # What it had still printed counts too; a last line may have been cut off.
        acknowledged |= {int(line) for line in writer.stdout if line.endswith("\n")}

    database = await Database.open(database_url, vault, clock)
    kept = await database.read(lambda tx: set(tx.conn.execute(select(attempt.c.id)).scalars()))
    await database.close()

    assert len(acknowledged) >= SEEN_BEFORE_THE_KILL
    assert acknowledged - kept == set()
