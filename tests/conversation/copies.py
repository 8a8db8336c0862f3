"""Copies of their data that parents fetch in plays."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import orjson

from bot.uploads.kept_files import KeptFiles
from storage import exports
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.person import Person

READY = (
    "Your copy is ready. The link is good for 15 minutes, and whoever has it can fetch the copy: keep it "
    "to yourself. The copy is kept until {until}, then it is deleted."
)


class Copy:
    """What lies in the ZIPs of an export, by path."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = [ZipFile(BytesIO(each)) for each in parts]
        self.files = {name: part.read(name) for part in self.parts for name in part.namelist()}

    @property
    def data(self) -> dict[str, Any]:
        """data.json."""
        found: dict[str, Any] = orjson.loads(self.files["data.json"])
        return found

    @property
    def talk(self) -> dict[str, Any]:
        """conversation.json."""
        found: dict[str, Any] = orjson.loads(self.files["conversation.json"])
        return found

    @property
    def page(self) -> str:
        """index.html."""
        return self.files["index.html"].decode()

    @property
    def everything(self) -> bytes:
        """All of it, one after the other."""
        return b"\n".join(self.files.values())


def ready_ones(person: Person) -> int:
    """How many copies were handed out so far."""
    words = person.t(READY, until="…").partition("…")[0]
    return sum(words in shown.text for shown in person.heard)


async def makes_a_copy(person: Person) -> None:
    """Ask for it and wait until it is there."""
    before = ready_ones(person)
    await person.presses("export")
    await person.taps("Make a copy")
    await person.waits(lambda: ready_ones(person) > before, "the copy")


async def copy_of(house: House, parent_id: int) -> Copy:
    """The newest copy of a parent, opened."""

    def newest(tx: Transaction) -> exports.Export | None:
        return exports.newest(tx, parent_id)

    there = await house.write(newest)
    assert there is not None
    kept = KeptFiles(house.database, house.files)
    parts = []
    for file_id in there.files:
        file = await kept.find(file_id)
        assert file is not None
        parts.append(await kept.content(file))
    return Copy(parts)
