"""One browser for all of these tests, a fresh visitor and a fresh database for each."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from storage.database import Database
from storage.keyring import Keyring
from storage.migrations.runner import migrate
from storage.vault import Vault
from tests.e2e.person import Person, person
from tests.e2e.person import browser as running_browser
from tests.fakes.clock import SetClock
from tests.kept_engines import fresh_copy, kept_engines
from tests.quick_folder import quick_folder

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser belongs to one event loop, so that all tests here run in it."""
    for item in items:
        if item.path.is_relative_to(HERE) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium."""
    async with running_browser() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def parent(browser: Browser) -> AsyncIterator[Person]:
    """A person with a telephone; at the end the browser must have had nothing to complain of."""
    async with person(browser) as somebody:
        yield somebody
        assert somebody.troubles == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file on the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "kezek.db"
    await migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def address() -> Iterator[Path]:
    """Where every test has its database: nothing of it is left to the next."""
    with quick_folder() as folder:
        yield folder / "kezek.db"


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands until it is moved."""
    return SetClock()


@pytest_asyncio.fixture(loop_scope="session")
async def database(template: Path, address: Path, clock: SetClock) -> AsyncIterator[Database]:
    """An open, fresh database."""
    url = f"sqlite+aiosqlite:///{fresh_copy(template, address)}"
    with kept_engines():
        database = await Database.open(url, Vault(Keyring.from_secret("a secret of the tests")), clock)
    yield database
    await database.close()
