"""`kezek outage`: when nobody looked what was due, and giving back what families lost by it."""

import asyncio
import getpass
from collections import Counter

from bot.commands.failure import WRONG_USE, CommandFailed
from bot.opened import opened
from bot.prolonging import prolong
from bot.settings import Settings, settings_to_serve
from domain.local_time import local
from storage import outages
from storage.outages import KnownOutage


def show() -> None:
    """Print a line for each, the newest first. Raises WrongSettings, StorageError."""
    found = asyncio.run(_known(settings_to_serve()))
    if not found:
        print("The clockwork never stood still.")
    for each in found:
        outage, done = each.outage, each.prolonged_at
        state = "not prolonged" if done is None else f"prolonged {local(done):%Y-%m-%d %H:%M}"
        span = f"{local(outage.began_at):%Y-%m-%d %H:%M:%S} – {local(outage.ended_at):%Y-%m-%d %H:%M:%S}"
        minutes = round(outage.length.total_seconds() / 60)
        print(f"{outage.id:>5}  {span}  {minutes:>6} min  {state}")


def give_back(outage_id: int) -> None:
    """Prolong what it has hit, tell the families, and print how many. Raises CommandFailed and the same."""
    done = asyncio.run(_prolong(settings_to_serve(), outage_id))
    names = {
        "hold": "holds",
        "referral": "referrals",
        "suspension": "suspensions lifted",
        "list": "lists",
        "access": "accesses",
    }
    print("Prolonged and told: " + ", ".join(f"{done[what]} {name}" for what, name in names.items()) + ".")


async def _known(settings: Settings) -> list[KnownOutage]:
    async with opened(settings) as database:
        return await database.read(outages.known)


async def _prolong(settings: Settings, outage_id: int) -> Counter[str]:
    async with opened(settings) as database:
        found = await database.read(lambda tx: outages.find(tx, outage_id))
        if found is None:
            raise CommandFailed(f"there is no outage {outage_id}: see kezek outage", exit_code=WRONG_USE)
        return await prolong(database, found.outage, getpass.getuser())
