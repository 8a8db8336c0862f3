"""The transcripts in docs/transcripts are what is said today, in all three languages."""

from pathlib import Path as File

import pytest

from bot.texts import LANGUAGES
from tests.conversation.fixtures import Template
from tests.transcripts.__main__ import FOLDER, file_of, transcript
from tests.transcripts.path import Path
from tests.transcripts.paths import PATHS

paths = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)


@paths
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_transcript_is_what_is_said_today(
    template: Template, address: File, path: Path, language: str
) -> None:
    said = await transcript(template, address, path, language)

    assert file_of(path, language).read_text() == said


def test_no_transcript_is_left_of_a_path_that_is_gone() -> None:
    known = {file_of(path, language) for path in PATHS for language in LANGUAGES}

    assert set(FOLDER.rglob("*.md")) - known == {FOLDER / "README.md"}
