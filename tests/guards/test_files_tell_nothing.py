"""What somebody called a file, and what is in it, is found nowhere in clear."""

import shutil
from pathlib import Path

from tests.conversation.fixtures import Template
from tests.conversation.house import KINDS, House, open_house
from tests.conversation.paper_form import THANKS, knows_papers
from tests.conversation.waiting import until
from tests.fakes.pictures import a_dark_page, a_page
from tests.guards.everything_told import found_in
from tests.guards.production_log import production_log

DARK = "This photo is too dark. Please take it again by a window or a lamp."
PATIENCE_SECONDS = 30.0
NAMES = ("Тихонова Полина", "Полина Тихонова")


async def send(house: House, kind: str) -> None:
    """A page that can't be read, and one that can."""
    person = await house.acquaintance(kind)
    await person.says("/papers")
    await person.sends_file(f"{NAMES[0]}.jpg", a_dark_page())
    await until(lambda: person.reads(DARK), "the fault to be told", PATIENCE_SECONDS)
    await person.sends_file(f"{NAMES[1]}.jpg", a_page())
    await until(lambda: person.sees == THANKS, "the file to be taken", PATIENCE_SECONDS)


async def test_a_files_name_and_content_are_found_nowhere(template: Template, tmp_path: Path) -> None:
    file = Path(shutil.copy(template.file, tmp_path / "kezek.db"))

    with production_log() as log:
        async with open_house(f"sqlite+aiosqlite:///{file}", template.world) as house:
            knows_papers(house)
            for kind in KINDS:
                await send(house, kind)
            folders = ("files", "spool")
            blobs = [blob.name for each in folders async for blob in house.files.store.blobs(each)]
            kept = {name: await house.files.store.get(name) for name in blobs}
            running = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    places = {**running, **kept, "closed": file.read_bytes(), "log": log.getvalue()}
    assert {name: found for name, text in places.items() if (found := found_in(text, iter(NAMES)))} == {}
    assert [name for name, text in places.items() if b"JFIF" in text] == []
    assert len(kept) == 5
