"""Random parents, staff and clocks: no seat gets two holders, none is lost, no referral is without one."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.database import Database
from storage.vault import Vault
from tests.fakes.clock import SetClock
from tests.integration.conftest import BOTH
from tests.integration.seat_doings import Seats

EXAMPLES = {"sqlite": 45, "postgresql": 5}


@pytest.fixture(params=BOTH)
def played_on(request: pytest.FixtureRequest, vault: Vault, clock: SetClock) -> Iterator[Database]:
    """A database for all the examples: each builds a town of its own."""
    url = request.getfixturevalue(f"{request.param}_url")
    Seats.loop, Seats.clock = asyncio.new_event_loop(), clock
    Seats.database = Seats.loop.run_until_complete(Database.open(url, vault, clock))
    yield Seats.database
    Seats.loop.run_until_complete(Seats.database.close())
    Seats.loop.close()


def test_each_seat_has_one_holder_or_is_free_or_accounted_for(played_on: Database) -> None:
    few = settings(
        max_examples=EXAMPLES[played_on.dialect],
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(Seats, settings=few)
