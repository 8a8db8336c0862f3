"""Known IINs, phones, names and codes go in through every channel, and are found nowhere afterwards.

The same for a dump of PostgreSQL: tests/integration/test_dump_of_a_conversation.py.
"""

import shutil
from pathlib import Path

import aiohttp
import pytest

from tests.conversation.fixtures import Template
from tests.conversation.house import House, open_house
from tests.guards.everything_told import everything_in_every_messenger, found_in, told
from tests.guards.production_log import production_log


async def metrics(house: House) -> bytes:
    """What whoever is on call sees."""
    async with aiohttp.ClientSession() as client, client.get(f"{house.url}/metrics") as answer:
        return await answer.read()


async def test_nothing_personal_stands_in_a_sqlite_file_the_log_or_the_metrics(
    template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(template.file, tmp_path / "kezek.db"))

    with production_log() as log:
        async with open_house(f"sqlite+aiosqlite:///{file}", template.world) as house:
            codes = await everything_in_every_messenger(house, monkeypatch)
            seen = await metrics(house)
            running = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    places = {**running, "closed": file.read_bytes(), "log": log.getvalue(), "metrics": seen}
    assert {name: found_in(text, told(codes)) for name, text in places.items()} == {
        name: [] for name in ("kezek.db", "kezek.db-wal", "kezek.db-shm", "closed", "log", "metrics")
    }
    assert b"turn failed" in places["log"]
    assert b"kezek_turns_total" in places["metrics"]


def test_the_search_finds_what_is_there() -> None:
    planted = "ЖСН 920517-301203, 701 555 01 01, Сәкен \\u0421\\u04d9\\u043a\\u0435\\u043d".encode()

    found = found_in(planted, iter(["920517301203", "7015550101", "Сәкен", "730 914"]))

    assert found == ["920517301203", "7015550101", "Сәкен"]
