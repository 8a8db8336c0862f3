"""A backup of PostgreSQL holds nothing personal in clear, after everything was told in every messenger."""

import subprocess

import pytest

from tests.conversation.fixtures import house_on
from tests.guards.everything_told import everything_in_every_messenger, found_in, told
from tests.guards.production_log import production_log

pytestmark = pytest.mark.postgresql


async def test_nothing_personal_stands_in_a_dump_of_postgresql(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with production_log() as log:
        async with house_on(postgresql_url) as house:
            codes = await everything_in_every_messenger(house, monkeypatch)

            dump = pg_dump(postgresql_url)

    assert found_in(dump, told(codes)) == []
    assert found_in(log.getvalue(), told(codes)) == []
    assert b"COPY public.message" in dump


def pg_dump(url: str) -> bytes:
    """The database as a backup holds it."""
    command = ["pg_dump", "--data-only", "--no-owner", url.replace("+asyncpg", "")]
    return subprocess.run(command, check=True, capture_output=True).stdout
