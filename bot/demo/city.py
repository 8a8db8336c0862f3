"""The demo made ready in a folder: a database that is filled once, and what it was made of."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.demo.build import BuildClock, build
from bot.demo.country import city_policy
from bot.demo.plan import DemoPlan, make_plan
from bot.demo.staff import DemoStaff, demo_staff
from domain.policy_terms import ReferralMode
from storage.database import Database
from storage.keyring import Keyring, KeyringInvalid
from storage.migrations.runner import migrate
from storage.newest_instant import newest_instant
from storage.url import file_of, parse_url
from storage.vault import Vault

NOTE = "demo.json"
DATABASE = "kezek.db"
FILES = "files"


class DemoBroken(Exception):
    """The folder holds what is no demo of ours any more; `note` is the file that can't be read."""

    def __init__(self, note: Path) -> None:
        super().__init__(note)
        self.note = note


@dataclass(frozen=True, slots=True)
class DemoCity:
    """A demo that can be started. `starts_at`: what its clock shows then."""

    url: str
    secret_key: str
    plan: DemoPlan
    starts_at: datetime

    @property
    def staff(self) -> tuple[DemoStaff, ...]:
        """Who can log in to the console."""
        return demo_staff(self.secret_key)

    @property
    def files_url(self) -> str:
        """Where its files are kept: beside the database."""
        return (file_of(parse_url(self.url)).parent / FILES).absolute().as_uri()


async def prepare(folder: Path, at: datetime, referrals: ReferralMode = ReferralMode.ACTIVATED) -> DemoCity:
    """The demo in this folder, made there if there is none. Raises StorageError, OSError, DemoBroken.

    One that is there is gone on with: at `at`, or where it was left when that is later.
    """
    url = f"sqlite+aiosqlite:///{folder / DATABASE}"
    note = folder / NOTE
    if not note.exists():
        return await _make(folder, url, at, referrals)
    try:
        made = json.loads(note.read_text())
        made_at = datetime.fromisoformat(made["at"])
        Keyring.from_secret(made["secret_key"])
    except (ValueError, KeyError, TypeError, AttributeError, KeyringInvalid) as broken:
        raise DemoBroken(note) from broken
    await migrate(url)
    newest = await _newest(url, _vault(made["secret_key"]), at)
    return DemoCity(
        url, made["secret_key"], make_plan(made_at, city_policy(made_at)), max(at, newest, made_at)
    )


async def _make(folder: Path, url: str, at: datetime, referrals: ReferralMode) -> DemoCity:
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{DATABASE}*"):
        left.unlink()  # of a demo that was broken off before it was whole
    secret_key = secrets.token_urlsafe(32)
    plan = make_plan(at, city_policy(at))
    await migrate(url)
    city = DemoCity(url, secret_key, plan, at)
    await build(url, _vault(secret_key), plan, city.staff, city.files_url, referrals)
    (folder / NOTE).write_text(json.dumps({"at": at.isoformat(), "secret_key": secret_key}))
    return city


async def _newest(url: str, vault: Vault, at: datetime) -> datetime:
    database = await Database.open(url, vault, BuildClock(at), connections=1)
    try:
        return await database.read(lambda tx: newest_instant(tx.conn))
    finally:
        await database.close()


def _vault(secret_key: str) -> Vault:
    return Vault(Keyring.from_secret(secret_key))
