"""What a setting must be like. Each check returns the value or raises ValueError with plain words."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.channels.mail.server import MailServer
from bot.wrong_settings import NotTogether
from domain.contact_details import email_address
from domain.errors import EmailMalformed
from storage.errors import DatabaseUrlInvalid
from storage.file_place import FilesUrlInvalid, place_of
from storage.keyring import SHORTEST_SECRET, Keyring, KeyringInvalid
from storage.url import file_of, parse_url

if TYPE_CHECKING:
    from bot.settings import Settings

Item = TypeVar("Item")

# What Telegram allows as a secret token of a webhook.
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TELEGRAM_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WHATSAPP = ("whatsapp_token", "whatsapp_phone_id", "whatsapp_app_secret", "whatsapp_verify_token")
_KEY_FAULTS = {
    "empty": "is empty",
    "key id": 'several secrets are written "id:secret,id:secret" with ids of a-z and 0-9, newest first',
    "key id twice": "has one id twice",
    "secret too short": f"needs at least {SHORTEST_SECRET} characters; "
    "python -c 'import secrets; print(secrets.token_urlsafe(32))' makes a good one",
}


def http_address(value: str) -> str:
    """An address of http or https with a host."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise ValueError("must be an address that starts with http:// or https://")
    return value.rstrip("/")


def starts_with(*schemes: str) -> Callable[[SecretStr], SecretStr]:
    """A check for an address of one of these schemes."""

    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(schemes):
            raise ValueError(f"must start with {' or '.join(schemes)}")
        return value

    return check


def mail_server(value: SecretStr) -> SecretStr:
    """An address of a mail server."""
    try:
        MailServer.at(value.get_secret_value())
    except ValueError:
        raise ValueError("must be smtp://HOST or smtps://USER:PASSWORD@HOST:PORT") from None
    return value


def mail_sender(value: str) -> str:
    """Whom letters are from: `kezek@example.kz` or `Kezek <kezek@example.kz>`."""
    try:
        email_address(parseaddr(value)[1])
    except EmailMalformed:
        raise ValueError("must be like kezek@example.kz or Kezek <kezek@example.kz>") from None
    if any(unicodedata.category(each) == "Cc" for each in value):
        raise ValueError("must be on one line")
    return value


def database_address(value: SecretStr) -> SecretStr:
    """An address of a database that we know: a SQLite file or a PostgreSQL server."""
    try:
        parsed = parse_url(value.get_secret_value())
        if parsed.get_backend_name() == "sqlite":
            file_of(parsed)
    except DatabaseUrlInvalid:
        raise ValueError("must be sqlite+aiosqlite:///FILE or postgresql+asyncpg://…") from None
    return value


def files_address(value: SecretStr) -> SecretStr:
    """An address of a place for files: a folder or a bucket of S3."""
    try:
        place_of(value.get_secret_value())
    except FilesUrlInvalid:
        raise ValueError("must be file:///FOLDER or s3://BUCKET/PREFIX") from None
    return value


def keyring(value: SecretStr) -> SecretStr:
    """A secret, or several with ids, that keys can be made of."""
    try:
        Keyring.from_secret(value.get_secret_value())
    except KeyringInvalid as error:
        raise ValueError(_KEY_FAULTS[error.reason]) from None
    return value


def telegram_token(value: SecretStr) -> SecretStr:
    """A token as BotFather gives it."""
    if not _TELEGRAM_TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("must look like 123456:ABC-…, as BotFather gives it")
    return value


def webhook_secret(value: SecretStr) -> SecretStr:
    """A secret that Telegram takes."""
    if not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -")
    return value


def at_least_one(value: frozenset[Item]) -> frozenset[Item]:
    """A choice that is not empty."""
    if not value:
        raise ValueError("names none")
    return value


def complete_together(settings: "Settings") -> None:
    """Raise NotTogether when one setting lacks another that it needs."""
    faults = (*_webhook_faults(settings), *_whatsapp_faults(settings), *_mail_faults(settings))
    if faults:
        raise NotTogether(faults)


def _webhook_faults(settings: "Settings") -> Iterator[tuple[str, str]]:
    if settings.telegram_token is None or settings.telegram_mode.value != "webhook":
        return
    if settings.telegram_webhook_secret is None:
        yield "telegram_webhook_secret", "is missing; KEZEK_TELEGRAM_MODE=webhook needs it"
    if settings.public_url is None:
        yield "public_url", "is missing; KEZEK_TELEGRAM_MODE=webhook needs it"


def _whatsapp_faults(settings: "Settings") -> Iterator[tuple[str, str]]:
    given = [field for field in _WHATSAPP if getattr(settings, field) is not None]
    if given:
        for field in _WHATSAPP:
            if field not in given:
                yield field, f"is missing; KEZEK_{given[0].upper()} is set, WhatsApp needs all four"


def _mail_faults(settings: "Settings") -> Iterator[tuple[str, str]]:
    if settings.smtp_url is not None and settings.mail_from is None:
        yield "mail_from", "is missing; KEZEK_SMTP_URL is set and mail needs a sender"
