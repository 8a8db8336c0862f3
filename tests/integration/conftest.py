"""Real databases: a SQLite file and a PostgreSQL database, fresh for every test.

`database` runs a test on both. Each is a copy of one that was migrated once.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keyring import Keyring
from storage.migrations.runner import migrate
from storage.vault import Vault
from tests.fakes.clock import SetClock
from tests.kept_engines import fresh_copy, kept_engines
from tests.postgresql_server import PostgresqlServer, postgresql_server
from tests.quick_folder import quick_folder
from tests.redis_server import redis_server

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server in which databases can be made."""
    with postgresql_server() as server:
        if server is None:
            pytest.skip("no PostgreSQL server could be reached or started")
        yield server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The URL of a Redis server of the tests' own."""
    with redis_server() as url:
        if url is None:
            pytest.skip("no redis-server on this machine")
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql: PostgresqlServer) -> str:
    """A PostgreSQL database on the newest schema, to be copied."""
    url = postgresql.new_database()
    asyncio.run(migrate(url))
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file on the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("template") / "kezek.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def sqlite_file() -> Iterator[Path]:
    """Where every test has its SQLite database: nothing of it is left to the next."""
    with quick_folder() as folder:
        yield folder / "kezek.db"


@pytest.fixture
def sqlite_url(sqlite_template: Path, sqlite_file: Path) -> str:
    """A fresh SQLite database on the newest schema."""
    return f"sqlite+aiosqlite:///{fresh_copy(sqlite_template, sqlite_file)}"


@pytest.fixture
def postgresql_url(postgresql: PostgresqlServer, postgresql_template: str) -> Iterator[str]:
    """An empty PostgreSQL database on the newest schema."""
    url = postgresql.lend(postgresql_template)
    yield url
    postgresql.take_back(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database on the newest schema, on SQLite and then on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a schema, on SQLite and then on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/empty.db"
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def vault() -> Vault:
    """A vault with one key."""
    return Vault(Keyring.from_secret("1:a secret for the tests"))


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at 2026-11-20T10:00Z until it is moved."""
    return SetClock()


@pytest.fixture
async def database(database_url: str, vault: Vault, clock: SetClock) -> AsyncIterator[Database]:
    """An open, fresh database."""
    with kept_engines():
        database = await Database.open(database_url, vault, clock)
    yield database
    await database.close()


@pytest.fixture
async def sqlite(sqlite_url: str, vault: Vault, clock: SetClock) -> AsyncIterator[Database]:
    """An open, fresh database on SQLite, for what only SQLite does."""
    with kept_engines():
        database = await Database.open(sqlite_url, vault, clock)
    yield database
    await database.close()


@pytest.fixture
async def postgres(postgresql_url: str, vault: Vault, clock: SetClock) -> AsyncIterator[Database]:
    """An open, fresh database on PostgreSQL, for what only PostgreSQL does."""
    with kept_engines():
        database = await Database.open(postgresql_url, vault, clock)
    yield database
    await database.close()


@pytest.fixture
async def other(
    postgres: Database, postgresql_url: str, vault: Vault, clock: SetClock
) -> AsyncIterator[Database]:
    """The database of `postgres`, opened by another process."""
    database = await Database.open(postgresql_url, vault, clock)
    yield database
    await database.close()
