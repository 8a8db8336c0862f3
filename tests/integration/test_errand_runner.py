"""The errand runner on real databases: whatever an errand does, its conversation hears of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import update

from bot.clock import real_now
from bot.conversation.errand_runner import ErrandRunner
from bot.conversation.incoming import ErrandDone, Incoming
from bot.conversation.port import Taken
from storage import conversations, errands
from storage.database import Database
from storage.tables import errand as errand_table
from storage.transaction import Transaction

PATIENCE_SECONDS = 30


@dataclass
class Listener:
    """A conversation that closes the errand, as a turn does, and fails as it is told."""

    database: Database
    heard: list[ErrandDone] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    async def take(self, incoming: Incoming) -> Taken:
        if self.faults:
            raise self.faults.pop(0)
        done = cast(ErrandDone, incoming.content)
        await self.database.write(lambda tx: errands.finish(tx, done.errand_id, done.failure))
        self.heard.append(done)
        return Taken(1, ())


class Echo:
    """Answers with what was asked."""

    patience = timedelta(seconds=5)

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        return request


class Broken:
    """Has a fault of our own."""

    patience = timedelta(seconds=5)

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        return {"said": request["never"]}


class Endless:
    """Never answers."""

    patience = timedelta(hours=1)

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def run(self, request: dict[str, Any]) -> dict[str, Any]:
        self.asked.set()
        await asyncio.Event().wait()
        return request


def create(tx: Transaction, kind: str) -> int:
    """An errand that is due, and would be given up at its next failure."""
    now = real_now()
    conversation_id = conversations.enter(tx, "telegram", "7").conversation_id
    return errands.create(
        tx, conversation_id, kind, {"a": 1}, step_token=3, at=tx.now, due_at=now, gives_up_at=now
    )


@asynccontextmanager
async def running(database: Database, listener: Listener, **runners: Any) -> AsyncIterator[ErrandRunner]:
    runner = ErrandRunner(database, listener, runners, "one")
    task = asyncio.create_task(runner.run())
    try:
        yield runner
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


async def failure_of(database: Database, kind: str, **runners: Any) -> str | None:
    """What the conversation hears of an errand of this kind."""
    listener = Listener(database)
    errand_id = await database.write(lambda tx: create(tx, kind))
    async with running(database, listener, **runners) as runner:
        runner.accept([errand_id])
        await until(lambda: bool(listener.heard))
    assert [done.errand_id for done in listener.heard] == [errand_id]
    return listener.heard[0].failure


async def test_an_answer_is_brought_back(database: Database) -> None:
    assert await failure_of(database, "echo", echo=Echo()) is None


async def test_a_fault_of_our_own_is_a_failure_like_any_other(database: Database) -> None:
    assert await failure_of(database, "broken", broken=Broken()) == "unavailable"


async def test_an_errand_of_a_kind_that_nobody_runs_fails(database: Database) -> None:
    assert await failure_of(database, "of tomorrow") == "unavailable"


async def test_a_request_that_cannot_be_opened_fails_and_holds_up_no_other(database: Database) -> None:
    listener = Listener(database)
    lost = await database.write(lambda tx: create(tx, "echo"))
    await database.write(
        lambda tx: tx.conn.execute(update(errand_table).values(request=b"\xe1" + bytes(40))).rowcount
    )
    good = await database.write(lambda tx: create(tx, "echo"))

    async with running(database, listener, echo=Echo()):
        await until(lambda: len(listener.heard) == 2)

    assert {done.errand_id: done.failure for done in listener.heard} == {lost: "unavailable", good: None}


async def test_a_fault_where_the_answer_is_taken_does_not_end_the_runner(database: Database) -> None:
    listener = Listener(database, faults=[ZeroDivisionError()])
    await database.write(lambda tx: create(tx, "echo"))

    async with running(database, listener, echo=Echo()):
        await until(lambda: not listener.faults)
        second = await database.write(lambda tx: create(tx, "echo"))
        await until(lambda: bool(listener.heard))

    assert [done.errand_id for done in listener.heard] == [second]


@dataclass
class Failing:
    """A database that fails once in a way nobody thought of."""

    database: Database
    faults: list[Exception] = field(default_factory=lambda: [ZeroDivisionError()])

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        if self.faults:
            raise self.faults.pop(0)
        return await self.database.write(work)


async def test_a_fault_in_looking_for_what_is_due_does_not_end_the_runner(database: Database) -> None:
    listener, failing = Listener(database), Failing(database)
    await database.write(lambda tx: create(tx, "echo"))

    async with running(cast(Database, failing), listener, echo=Echo()):
        await until(lambda: bool(listener.heard))

    assert failing.faults == []


async def test_a_stop_leaves_no_errand_running_behind(database: Database) -> None:
    listener, endless = Listener(database), Endless()
    await database.write(lambda tx: create(tx, "endless"))

    async with running(database, listener, endless=endless) as runner:
        await endless.asked.wait()

    assert runner.idle
    assert listener.heard == []


async def test_it_is_not_idle_before_what_was_handed_in_is_done(database: Database) -> None:
    listener = Listener(database)
    errand_id = await database.write(lambda tx: create(tx, "echo"))

    async with running(database, listener, echo=Echo()) as runner:
        runner.accept([errand_id])
        await until(lambda: runner.idle)

        assert [done.errand_id for done in listener.heard] == [errand_id]
