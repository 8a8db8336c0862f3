"""`kezek load`: territories, policies, kindergartens and groups from a file."""

import asyncio
from pathlib import Path

from bot.commands.failure import CommandFailed
from bot.loading.apply import Loaded, load_file
from bot.loading.faults import FileRefused
from bot.opened import opened
from bot.settings import Settings, settings_to_serve


def run(file: Path) -> None:
    """Load a file. Raises CommandFailed with a line for each fault, WrongSettings, StorageError, OSError."""
    settings = settings_to_serve()
    raw = file.read_bytes()
    try:
        loaded = asyncio.run(_load(settings, raw))
    except FileRefused as refused:
        lines = [f"{file}: {fault}" for fault in refused.faults]
        raise CommandFailed(*lines, "nothing was changed") from None
    print(
        f"Loaded: {loaded.territories} territories, {loaded.policies} policies, "
        f"{loaded.kindergartens} kindergartens, {loaded.groups} groups."
    )


async def _load(settings: Settings, raw: bytes) -> Loaded:
    async with opened(settings) as database:
        return await load_file(database, raw)
