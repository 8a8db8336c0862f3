"""`kezek load`: territories, policies, kindergartens and groups from a file."""

import asyncio
from pathlib import Path

from bot.commands.failure import CommandFailed
from bot.loading.apply import Loaded, load_file
from bot.loading.faults import FileRefused
from bot.loading.pictures import BesideTheFile, Pictures
from bot.opened import opened
from bot.settings import Settings, settings_to_serve
from bot.uploads.sandbox import Sandbox
from storage.files import FileStore, FilesUnavailable
from storage.sealed_files import SealedFiles


def run(file: Path) -> None:
    """Load a file. Raises CommandFailed with a line for each fault, WrongSettings, StorageError, OSError."""
    settings = settings_to_serve()
    raw = file.read_bytes()
    try:
        loaded = asyncio.run(_load(settings, raw, file.parent))
    except FileRefused as refused:
        lines = [f"{file}: {fault}" for fault in refused.faults]
        raise CommandFailed(*lines, "nothing was changed") from None
    except FilesUnavailable:
        reason = "the file store can't be reached"
        raise CommandFailed(reason, "all but the pictures was loaded: load the file again") from None
    print(
        f"Loaded: {loaded.territories} territories, {loaded.policies} policies, "
        f"{loaded.kindergartens} kindergartens, {loaded.groups} groups, {loaded.pictures} pictures."
    )
    if loaded.moved:
        print(f"Deadlines of families moved in their favour, and told to them: {loaded.moved}.")


async def _load(settings: Settings, raw: bytes, folder: Path) -> Loaded:
    async with opened(settings) as database:
        files = SealedFiles(FileStore(settings.files), database.vault)
        return await load_file(database, raw, Pictures(BesideTheFile(folder), Sandbox(), files))
