"""`kezek migrate`: the database's schema."""

import asyncio

from bot.settings import load_settings
from storage.migrations.runner import current, head, migrate
from storage.url import file_of, parse_url


def run() -> None:
    """Bring the database to the newest schema. Raises WrongSettings, StorageError."""
    url = load_settings().database
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        file_of(parsed).parent.mkdir(parents=True, exist_ok=True)
    before = asyncio.run(_migrate(url))
    print("The schema was the newest already." if before == head() else "The schema is the newest now.")


async def _migrate(url: str) -> str | None:
    before = await current(url)
    await migrate(url)
    return before
