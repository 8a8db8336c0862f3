"""`python -m tests.transcripts [NAME …]`: write docs/transcripts anew, or the named ones."""

import asyncio
import sys
from pathlib import Path as File
from tempfile import TemporaryDirectory

from structlog.testing import capture_logs

from bot.texts import LANGUAGES
from tests.conversation.fixtures import Template, new_world
from tests.transcripts.path import Path
from tests.transcripts.paths import PATHS
from tests.transcripts.stage import staged
from tests.transcripts.writing import written

FOLDER = File(__file__).resolve().parents[2] / "docs" / "transcripts"


def file_of(path: Path, language: str) -> File:
    """Where a transcript stands."""
    return FOLDER / language / f"{path.name}.md"


async def transcript(template: Template, address: File, path: Path, language: str) -> str:
    """Play a path, with the database at that address, and write it down."""
    async with staged(template, address) as stage:
        await path.play(stage, language)
        return await written(stage, path.titles[language], language)


async def main(names: list[str]) -> None:
    """Write them."""
    with TemporaryDirectory(prefix="kezek-world-") as folder, capture_logs():
        file, address = File(folder, "world.db"), File(folder, "kezek.db")
        template = Template(file, await new_world(f"sqlite+aiosqlite:///{file}"))
        for path in PATHS:
            if names and path.name not in names:
                continue
            for language in LANGUAGES:
                target = file_of(path, language)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(await transcript(template, address, path, language))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
