"""Down, slow, contradicting, talking nonsense: what the worker makes of a register behind HTTP."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
import stamina
from aiohttp import web

from bot.ports.embedded_register import made_up_person
from bot.ports.http_register import HttpRegister
from bot.verifying import Pauses, Verifying
from domain.notice import Told
from storage import register_asking, verification
from storage.database import Database
from storage.register_subjects import the_parent
from tests.fakes.clock import SetClock
from tests.fakes.register_server import FakeRegister, serving
from tests.integration.inboxes import tasks, told
from tests.integration.unverified_families import Family, Town


@pytest.fixture
async def register() -> AsyncIterator[FakeRegister]:
    """The server."""
    async with serving() as register:
        yield register


@pytest.fixture(autouse=True)
def _no_pauses() -> Iterator[None]:
    """Tries of one lookup follow each other at once."""
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture
async def family(sqlite: Database) -> Family:
    """A family whose parent the register has confirmed, and whose child it has not."""
    town = await sqlite.write(Town.founded)
    family = await sqlite.write(town.family)
    await sqlite.write(lambda tx: verification.vouched_by_staff(tx, the_parent(family.parent_id), tx.now))
    return family


@pytest.fixture
def machine() -> SetClock:
    """The machine's own clock."""
    return SetClock()


@pytest.fixture
def worker(sqlite: Database, register: FakeRegister, machine: SetClock) -> Verifying:
    """The worker, with the register behind HTTP."""
    return Verifying(sqlite, HttpRegister(register.url), clock=lambda: machine.at)


async def unverified(database: Database, family: Family) -> bool:
    """Whether the application still carries its mark."""
    return (await database.read(family.application)).unverified


def child(family: Family, **said: Any) -> web.Response:
    """The register's answer about the child."""
    return web.json_response(made_up_person(family.child).to_data() | said)


NO_ANSWERS = {
    "down": web.Response(status=503),
    "forbidden": web.Response(status=403),
    "garbage": web.Response(body=b"<html>"),
    "somebody else": web.json_response(made_up_person(Town(0).next_parent).to_data()),
}


@pytest.mark.parametrize("kind", NO_ANSWERS)
async def test_what_is_no_answer_takes_nothing_and_is_asked_for_again(
    sqlite: Database, register: FakeRegister, family: Family, worker: Verifying, machine: SetClock, kind: str
) -> None:
    register.answers = [NO_ANSWERS[kind]]
    await worker.round()
    before = (await unverified(sqlite, family), await tasks(sqlite), await told(sqlite, family.parent_id))

    register.answers = [child(family)]
    machine.advance(Pauses().outage)
    await worker.round()

    assert before == (True, [], [])
    assert await unverified(sqlite, family) is False


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"sex": "female"}, ["sex"]),
        ({"birth_date": "2023-10-10"}, ["birth_date"]),
        ({"surname": "Басқаев", "sex": "female"}, ["surname", "sex"]),
    ],
)
async def test_what_contradicts_goes_to_the_department(
    sqlite: Database,
    register: FakeRegister,
    family: Family,
    worker: Verifying,
    said: dict[str, str],
    fields: list[str],
) -> None:
    register.answers = [child(family, **said)]

    await worker.round()

    assert await tasks(sqlite) == [("register_differs", {"fields": fields}, None)]
    assert await told(sqlite, family.parent_id) == [Told.REGISTER_DIFFERS]
    assert await unverified(sqlite, family) is True


async def test_a_register_that_says_now_this_and_now_that_ends_with_its_last_word(
    sqlite: Database, register: FakeRegister, family: Family, worker: Verifying, machine: SetClock
) -> None:
    answers = [child(family, sex="female"), web.Response(status=404), child(family)]
    for answer in answers:
        register.answers = [answer]
        await worker.round()
        machine.advance(Pauses().disagreement)

    assert await tasks(sqlite) == [
        ("register_differs", {"fields": ["sex"]}, "replaced"),
        ("not_in_register", {}, "agreed"),
    ]
    assert await unverified(sqlite, family) is False


async def test_a_slow_register_is_an_outage_and_nothing_is_open_meanwhile(
    sqlite: Database,
    register: FakeRegister,
    family: Family,
    worker: Verifying,
    machine: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.ports.http_register.ONE_TRY", aiohttp.ClientTimeout(total=0.05))
    register.hold = asyncio.Event()
    register.answers = [child(family)]

    round_ = asyncio.create_task(worker.round())
    # The asking holds no transaction: somebody else writes meanwhile.
    await sqlite.write(lambda tx: register_asking.ask_anew(tx, the_parent(family.parent_id)))
    answered = await round_
    register.hold.set()
    register.hold = None
    machine.advance(Pauses().outage)
    await worker.round()

    assert answered == 0
    assert await unverified(sqlite, family) is False
