"""Known IINs, phones, names and codes go in through every channel, and are found nowhere afterwards."""

import io
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.conversation.fixtures import Template, new_world
from tests.conversation.house import KINDS, House, open_house
from tests.guards.everything_told import found_in, tells_everything, told
from tests.guards.production_log import production_log


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    """What the service logs."""
    with production_log() as written:
        yield written


async def play_everything(house: House, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Everything is told in every messenger; the codes that were sent."""
    codes = set()
    for kind in KINDS:
        person = await house.newcomer(kind)
        codes |= await tells_everything(house, person, monkeypatch)
        house.later(hours=2)
    return codes


async def metrics(house: House) -> bytes:
    """What whoever is on call sees."""
    async with aiohttp.ClientSession() as client, client.get(f"{house.url}/metrics") as answer:
        return await answer.read()


async def test_nothing_personal_stands_in_a_sqlite_file_the_log_or_the_metrics(
    template: Template, tmp_path: Path, log: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(shutil.copy(template.file, tmp_path / "kezek.db"))

    async with open_house(f"sqlite+aiosqlite:///{file}", template.world) as house:
        codes = await play_everything(house, monkeypatch)
        seen = await metrics(house)
        running = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    places = {**running, "closed": file.read_bytes(), "log": log.getvalue(), "metrics": seen}
    assert {name: found_in(text, told(codes)) for name, text in places.items()} == {
        name: [] for name in ("kezek.db", "kezek.db-wal", "kezek.db-shm", "closed", "log", "metrics")
    }
    assert b"turn failed" in places["log"]
    assert b"kezek_turns_total" in places["metrics"]


@pytest.fixture
async def postgresql_house(postgresql_url: str) -> AsyncIterator[House]:
    """The house on PostgreSQL."""
    world = await new_world(postgresql_url)
    async with open_house(postgresql_url, world) as house:
        yield house


@pytest.mark.postgresql
async def test_nothing_personal_stands_in_a_dump_of_postgresql(
    postgresql_house: House, log: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = await play_everything(postgresql_house, monkeypatch)

    dump = pg_dump(postgresql_house.database_url)

    assert found_in(dump, told(codes)) == []
    assert found_in(log.getvalue(), told(codes)) == []
    assert b"COPY public.message" in dump


def pg_dump(url: str) -> bytes:
    """The database as a backup holds it."""
    plain = url.replace("postgresql+asyncpg://", "postgresql://")
    command = ["pg_dump", "--data-only", "--no-owner", plain]
    return subprocess.run(command, check=True, capture_output=True, env=dict(os.environ)).stdout


def test_the_search_finds_what_is_there() -> None:
    planted = "ЖСН 920517-301203, 701 555 01 01, Сәкен \\u0421\\u04d9\\u043a\\u0435\\u043d".encode()

    found = found_in(planted, iter(["920517301203", "7015550101", "Сәкен", "730 914"]))

    assert found == ["920517301203", "7015550101", "Сәкен"]
