"""Filling an empty database with the demo."""

from datetime import datetime
from functools import partial

from bot.demo.country import CITY, country, moved, ruled
from bot.demo.opinions import opinions
from bot.demo.people_rows import write_people
from bot.demo.pictures import pictures
from bot.demo.plan import DemoPlan
from bot.demo.queue_rows import QueueRows
from bot.demo.seat_rows import open_lists, write_seats
from bot.demo.staff import DemoStaff, write_staff
from bot.loading.apply import load_entries
from bot.loading.pictures import keep
from domain.policy_terms import ReferralMode
from storage import territories
from storage.database import Database
from storage.files import FileStore
from storage.sealed_files import SealedFiles
from storage.seats import access_news
from storage.seats.access_making import Making, make
from storage.vault import Vault

SEATS = 1000
"""More than any list of the demo has."""


class BuildClock:
    """A clock that is set to each instant of the demo's past in turn."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def read(self, server_time: datetime | None = None) -> datetime:
        """The instant it was set to."""
        return self.at


async def build(
    url: str,
    vault: Vault,
    plan: DemoPlan,
    staff: tuple[DemoStaff, ...],
    files_url: str,
    referrals: ReferralMode = ReferralMode.ACTIVATED,
) -> None:
    """Fill the database at `url`, which is empty and on the newest schema, and the folder of its files.

    Raises StorageError, FilesUnavailable.
    """
    clock = BuildClock(plan.loaded_at)
    database = await Database.open(url, vault, clock, connections=1)
    try:
        entries = ruled(moved(country(), plan.days.shift), referrals)
        await load_entries(database, entries)
        await keep(SealedFiles(FileStore(files_url), vault), database, entries, pictures(entries))
        await database.write(lambda tx: write_staff(tx, staff))
        await _fill(database, clock, plan)
    finally:
        await database.close()


async def _fill(database: Database, clock: BuildClock, plan: DemoPlan) -> None:
    territory_id = await database.read(lambda tx: territories.find_by_code(tx, CITY))
    assert territory_id is not None
    ids = await database.write(lambda tx: write_people(tx, plan))
    rows = QueueRows(plan, territory_id, ids)
    await database.write(rows.load)
    for occurrence in plan.occurrences:
        clock.at = occurrence.at
        await database.write(lambda tx, what=occurrence: rows.happen(tx, what))  # type: ignore[misc]
    clock.at = plan.days.at
    await database.write(lambda tx: write_seats(tx, plan, ids))
    for list_id, opens_at in await database.read(open_lists):
        # In time, though it is only now written down, and told then.
        clock.at = opens_at
        while await database.write(partial(make, list_id=list_id)) is not Making.MADE:
            pass
        await database.write(partial(access_news.take, limit=SEATS))
    for opinion in opinions(plan, ids):
        clock.at = opinion.at
        await database.write(partial(opinion.write, territory_id=territory_id))
