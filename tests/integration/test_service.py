"""The service as a whole: what happens when a part of it breaks, and how it ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Outside, Service
from bot.clock import SystemClock, real_now
from bot.ports.sms import RememberedSms
from bot.ports.state_register import NoRegister, StateRegister
from bot.settings import load_settings
from bot.uploads.request import FILE, FileRequest
from storage import conversations, errands
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.pictures import a_page
from tests.integration.unverified_families import Register, Town
from tests.processes import free_port

PATIENCE_SECONDS = 30
LONGEST_WORKER = 64
"""What the name of a lease's holder may have in the database."""


def service_on(database: Database, register: StateRegister | None = None, **settings: object) -> Service:
    """A service that talks to nobody outside but to a register, if one is given."""
    clock = SystemClock()
    settings = {"http_port": free_port(), "database_url": "sqlite+aiosqlite:///unused.db", **settings}
    outside = Outside(register or NoRegister(), sms=RememberedSms(clock.read))
    return Service(load_settings(**settings), database, clock, "1:a secret for the tests", outside)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[None]:
    """From the moment it serves to its end, which must come without an error."""
    stop, started = asyncio.Event(), asyncio.Event()

    async def tell() -> None:
        started.set()

    task = asyncio.create_task(service.run(stop, tell))
    await asyncio.wait((task, asyncio.create_task(started.wait())), return_when=asyncio.FIRST_COMPLETED)
    yield
    stop.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await task


async def breaks() -> None:
    """A worker with a fault of ours."""
    raise ZeroDivisionError


async def test_a_worker_that_breaks_ends_the_service_so_that_it_is_started_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_on(database)
    monkeypatch.setattr(service.errands, "run", breaks)

    running = asyncio.create_task(service.run(asyncio.Event()))
    ended, _ = await asyncio.wait((running,), timeout=PATIENCE_SECONDS)

    assert ended == {running}
    assert isinstance(running.exception(), ZeroDivisionError)


async def test_a_stop_ends_the_polling_in_peace_and_tells_telegram_what_was_taken(
    database: Database,
) -> None:
    async with BotApi() as server:
        service = service_on(database, telegram_token=TOKEN, telegram_api_url=server.url)
        chat = server.chat(42)
        async with running(service):
            await until(lambda: bool(server.called("getUpdates")))
            update = await chat.says("/start")
            await until(lambda: len(chat.messages) == 2)

        last = server.called("getUpdates")[-1]

    assert (last["offset"], last["timeout"]) == (update["update_id"] + 1, 0)


async def test_a_file_of_telegram_lies_in_the_folder_of_the_settings_with_nothing_faked_inside(
    database: Database, tmp_path: Path
) -> None:
    async with BotApi() as server:
        ref = server.files.keep(a_page())["file_id"]
        asked = FileRequest("telegram", str(ref), file_id=7, name="", purpose="document")

        def ask(tx: Transaction) -> None:
            conversation = conversations.enter(tx, "telegram", "42").conversation_id
            ends = real_now() + timedelta(minutes=1)
            request = asdict(asked)
            errands.create(
                tx, conversation, FILE, request, step_token=0, at=tx.now, due_at=tx.now, gives_up_at=ends
            )

        await database.write(ask)
        service = service_on(
            database,
            data_dir=tmp_path,
            telegram_token=TOKEN,
            telegram_api_url=server.url,
            roles="conversation",
        )
        async with running(service):
            await until((tmp_path / "files/files/00/0000000000000007-1").exists)


async def test_waiting_for_what_is_under_way_comes_to_an_end(database: Database) -> None:
    service = service_on(database)
    service.errands.accept((1,))

    async with asyncio.timeout(PATIENCE_SECONDS):
        await service.caught_up(timedelta(milliseconds=20))

    assert not service.errands.idle


async def test_a_host_with_a_long_name_can_lease(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "a-host-in-a-cluster-" * 4)

    service = service_on(database)

    assert len(str(service.delivery.worker)) <= LONGEST_WORKER


async def test_whoever_moves_the_demos_clock_finds_the_register_asked(sqlite: Database) -> None:
    town = await sqlite.write(Town.founded)
    family = await sqlite.write(town.family)
    register = Register(down=True)
    service = service_on(sqlite, register)

    async with running(service):
        await until(lambda: service.verifying.idle and len(register.asked) == 2)
        register.down = False
        await service.caught_up()

        assert (await sqlite.read(family.application)).unverified is False
