"""What `kezek check` looks at: each neighbour of the service, asked once, answered in plain words."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp

from bot.clock import real_now
from bot.mail_part import smtp_of
from bot.opened import opened
from bot.settings import Settings
from bot.wrong_settings import OTHER_KEY
from storage import audit_chain
from storage.database import Database
from storage.files import FileGone, FileStore, FilesUnavailable
from storage.migrations.state import HEAD
from storage.probe import opens_what_is_there
from storage.transaction import Transaction
from storage.vault import VaultError

PATIENCE_SECONDS = 8
LONG_PATIENCE_SECONDS = 3600
"""For what goes through all of something, however much that is."""
LITTLE_ROOM = 500 * 1024 * 1024
MOST_SKEW_SECONDS = 1.0


class Wrong(Exception):
    """Something has to be put right; the message says what, in words for an operator."""


class Off(Exception):
    """Not configured, so there is nothing to look at."""


Check = Callable[[Settings], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What one check found: `ok` is None for what is not configured."""

    name: str
    ok: bool | None
    words: str


async def look(name: str, check: Check, settings: Settings, explained: Callable[[Exception], str]) -> Said:
    """Run one check; whatever it ends with is something said about its part."""
    patience = LONG_PATIENCE_SECONDS if check in _LONG else PATIENCE_SECONDS
    try:
        async with asyncio.timeout(patience):
            return Said(name, ok=True, words=await check(settings))
    except Off:
        return Said(name, ok=None, words="not configured")
    except Wrong as wrong:
        return Said(name, ok=False, words=str(wrong))
    except TimeoutError:
        return Said(name, ok=False, words=f"no answer within {patience} seconds")
    except aiohttp.ClientError as error:
        return Said(name, ok=False, words=f"can't be reached ({type(error).__name__})")
    except Exception as error:  # noqa: BLE001  # one part that breaks must not hide the others
        return Said(name, ok=False, words=explained(error))


async def database(settings: Settings) -> str:
    """Does it answer, is the schema ours, does our secret open what is there, do the clocks agree."""
    async with opened(settings) as open_database:
        try:
            await open_database.read(opens_what_is_there)
        except VaultError:
            raise Wrong(OTHER_KEY) from None
        await _clocks_agree(open_database)
        return f"answers, schema {HEAD}, {open_database.dialect}"


async def _clocks_agree(open_database: Database) -> None:
    theirs = await open_database.read(Transaction.ask_server_time)
    skew = 0.0 if theirs is None else abs((theirs - real_now()).total_seconds())
    if skew >= MOST_SKEW_SECONDS:
        raise Wrong(f"its clock is {skew:.1f} seconds away from this machine's")


async def audit(settings: Settings) -> str:
    """Is each entry of the audit as it was written, and behind the one that it was written behind."""
    async with opened(settings) as open_database:
        found = await audit_chain.verify(open_database)
    if found.broken is not None:
        raise Wrong(
            f"entry {found.broken.id} of {found.broken.at:%Y-%m-%d %H:%M:%S} UTC does not follow the one "
            f"before it: it was changed, or others were taken out, put in or moved there; "
            f"the {found.entries} before it are as they were written"
        )
    return f"{found.entries} entries, all as they were written"


async def data_folder(settings: Settings) -> str:
    """Is there room for what has to be written."""
    there = next(
        folder for folder in (settings.data_dir, *settings.data_dir.absolute().parents) if folder.exists()
    )
    free = shutil.disk_usage(there).free
    if free < LITTLE_ROOM:
        raise Wrong(f"only {free // 2**20} MB are free in {settings.data_dir}")
    return f"{free // 2**30} GB are free in {settings.data_dir}"


async def files(settings: Settings) -> str:
    """Can something be written there, read again and deleted."""
    store = FileStore(settings.files)
    try:
        await store.probe()
    except FilesUnavailable as error:
        raise Wrong(f"can't be written, read and deleted there ({error.reason})") from None
    except FileGone:
        raise Wrong("what was written there can't be read again") from None
    return "takes, gives and deletes files"


async def redis(settings: Settings) -> str:
    """Does it answer."""
    if settings.redis_url is None:
        raise Off
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    try:
        async with Redis.from_url(settings.redis_url.get_secret_value()) as client:
            await client.get("kezek")
    except RedisError as error:
        raise Wrong(f"does not answer ({type(error).__name__})") from None
    return "answers"


async def telegram(settings: Settings) -> str:
    """Is the token a bot's."""
    if settings.telegram_token is None:
        raise Off
    url = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        if response.status in {401, 404}:
            raise Wrong("KEZEK_TELEGRAM_TOKEN is not known there")
        answer = await response.json(content_type=None) if response.status == 200 else {}
    if not answer.get("ok"):
        raise Wrong(f"answers with {response.status}")
    return f"the bot is @{answer['result'].get('username', '?')}, {settings.telegram_mode.value}"


async def whatsapp(settings: Settings) -> str:
    """Does the token see the phone number."""
    if settings.whatsapp_token is None:
        raise Off
    url = f"{settings.whatsapp_api_url}/{settings.whatsapp_phone_id}"
    headers = {"Authorization": f"Bearer {settings.whatsapp_token.get_secret_value()}"}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        if response.status != 200:
            raise Wrong(f"answers with {response.status}: look at KEZEK_WHATSAPP_TOKEN and _PHONE_ID")
    return "the token sees the phone number"


async def mail(settings: Settings) -> str:
    """Does the mail server let us in."""
    if settings.smtp_url is None:
        raise Off
    from aiosmtplib import SMTPAuthenticationError, SMTPException

    try:
        await smtp_of(settings).probe()
    except SMTPAuthenticationError:
        raise Wrong("refuses the user or the password of KEZEK_SMTP_URL") from None
    except (SMTPException, OSError) as error:
        raise Wrong(f"does not let us in ({type(error).__name__})") from None
    return "lets us in"


async def register(settings: Settings) -> str:
    """Does the state register's server answer at all."""
    if settings.register_url is None:
        raise Off
    async with aiohttp.ClientSession() as session, session.get(settings.register_url) as response:
        if response.status >= 500:
            raise Wrong(f"answers with {response.status}")
    return "answers"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("database", database),
    ("audit", audit),
    ("data folder", data_folder),
    ("file store", files),
    ("Redis", redis),
    ("Telegram", telegram),
    ("WhatsApp", whatsapp),
    ("mail", mail),
    ("state register", register),
)
_LONG = {audit}
