"""The house and its people, as fixtures."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from storage.database import Database
from storage.keyring import Keyring
from storage.migrations.runner import migrate
from storage.vault import Vault
from tests.conversation.house import KINDS, House, open_house
from tests.conversation.inside import SECRET_KEY
from tests.conversation.person import Person
from tests.conversation.world import START, World, build
from tests.fakes.clock import SetClock
from tests.kept_engines import fresh_copy, kept_engines
from tests.quick_folder import quick_folder


@dataclass(frozen=True)
class Template:
    """A database file in which the world is written, to be copied."""

    file: Path
    world: World


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The made-up world, written once."""
    file = tmp_path_factory.mktemp("world") / "kezek.db"

    return Template(file, asyncio.run(new_world(f"sqlite+aiosqlite:///{file}")))


async def new_world(database_url: str) -> World:
    """Bring a database to the newest schema and write the world.

    All of it at one instant, however slow the machine is: nothing that comes later may stand before it.
    """
    await migrate(database_url)
    database = await Database.open(database_url, Vault(Keyring.from_secret(SECRET_KEY)), SetClock(START))
    try:
        return await database.write(build)
    finally:
        await database.close()


@asynccontextmanager
async def house_on(database_url: str) -> AsyncIterator[House]:
    """The house on any database, which gets the schema and the world."""
    world = await new_world(database_url)
    async with open_house(database_url, world) as house:
        yield house


@pytest.fixture(scope="session")
def address() -> Iterator[Path]:
    """Where the house of every test has its database: nothing of it is left to the next."""
    with quick_folder() as folder:
        yield folder / "kezek.db"


@pytest.fixture
async def house(template: Template, address: Path) -> AsyncIterator[House]:
    """The service with its made-up world, fresh."""
    file = fresh_copy(template.file, address)
    # Caught, and not written: rendering a traceback for nobody takes a second.
    with capture_logs() as logged:
        async with AsyncExitStack() as stack:
            with kept_engines():
                opened = open_house(f"sqlite+aiosqlite:///{file}", template.world)
                house = await stack.enter_async_context(opened)
            house.logged = logged
            yield house


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of messenger."""
    which: str = request.param
    return which


@pytest.fixture(params=["kk", "ru", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language."""
    which: str = request.param
    return which


@pytest.fixture
async def newcomer(house: House, kind: str) -> Person:
    """Somebody who writes for the first time, in each messenger; reads English."""
    return await house.newcomer(kind)


@pytest.fixture
async def parent(house: House, kind: str) -> Person:
    """Somebody whose first contact is done, in each messenger; reads English."""
    return await house.acquaintance(kind)
