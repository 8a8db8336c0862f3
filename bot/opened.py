"""The database of the settings, opened for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import SystemClock
from bot.settings import Settings
from storage.database import Database
from storage.keyring import Keyring
from storage.vault import Vault


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database, close it at the end. Raises StorageError; the secret key has to be set."""
    assert settings.secret_key is not None
    vault = Vault(Keyring.from_secret(settings.secret_key.get_secret_value()))
    database = await Database.open(settings.database, vault, SystemClock(), connections=2)
    try:
        yield database
    finally:
        await database.close()
