"""What only a server does: deadlocks, lost connections, locks held for too long."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import func, insert, select, text, update

from storage.database import Database
from storage.errors import StorageBusy, StorageUnavailable
from storage.tables import attempt, territory
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import add_territory

pytestmark = pytest.mark.postgresql
CONNECTIONS = 10


async def test_a_deadlock_is_run_again_until_both_have_succeeded(postgres: Database) -> None:
    first, second = await postgres.write(lambda tx: (add_territory(tx, "a"), add_territory(tx, "b")))
    runs: list[str] = []

    def touch(name: str, *order: int) -> Callable[[Transaction], None]:
        def work(tx: Transaction) -> None:
            runs.append(name)
            for territory_id in order:
                touched = update(territory).where(territory.c.id == territory_id)
                tx.conn.execute(touched.values(name_en=territory.c.name_en + name))
                tx.conn.exec_driver_sql("SELECT pg_sleep(0.2)")

        return work

    await asyncio.gather(postgres.write(touch("x", first, second)), postgres.write(touch("y", second, first)))

    names = select(territory.c.name_en).order_by(territory.c.code)
    after = await postgres.read(lambda tx: tx.conn.execute(names).scalars().all())
    assert [sorted(name[-2:]) for name in after] == [["x", "y"], ["x", "y"]]
    assert len(runs) == 3


async def test_what_goes_ahead_does_not_wait_for_the_turns(postgres: Database) -> None:
    began = asyncio.Event()
    loop = asyncio.get_running_loop()

    def holds_a_connection(tx: Transaction) -> None:
        loop.call_soon(began.set)
        tx.conn.exec_driver_sql("SELECT pg_sleep(1.5)")

    turns = [asyncio.create_task(postgres.write(holds_a_connection)) for _ in range(CONNECTIONS + 1)]
    await began.wait()
    at_once = await postgres.write(lambda tx: tx.conn.execute(select(1)).scalar_one(), ahead=True)

    assert (at_once, any(turn.done() for turn in turns)) == (1, False)
    await asyncio.gather(*turns)


async def test_a_connection_lost_before_the_commit_is_no_loss(postgres: Database) -> None:
    runs: list[int] = []

    def cut_off(tx: Transaction) -> None:
        runs.append(1)
        tx.conn.execute(insert(attempt).values(kind="try", subject=b"s", at=START))
        if len(runs) == 1:
            tx.conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    await postgres.write(cut_off)

    count = select(func.count()).select_from(attempt)
    assert await postgres.read(lambda tx: tx.conn.execute(count).scalar_one()) == 1
    assert len(runs) == 2


async def test_a_server_that_cuts_off_every_time_is_unavailable(postgres: Database) -> None:
    def cut_off(tx: Transaction) -> None:
        tx.conn.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageUnavailable):
        await postgres.write(cut_off)


async def test_a_row_held_for_too_long_is_busy(postgres: Database) -> None:
    territory_id = await postgres.write(add_territory)
    held, let_go = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def lock(tx: Transaction) -> None:
        row = select(territory).where(territory.c.id == territory_id)
        tx.conn.execute(row.with_for_update())

    def hold(tx: Transaction) -> None:
        lock(tx)
        loop.call_soon(held.set)
        tx.conn.exec_driver_sql("SELECT pg_sleep(0.5)")
        loop.call_soon(let_go.set)

    def wait_briefly(tx: Transaction) -> None:
        tx.conn.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        lock(tx)

    holding = asyncio.create_task(postgres.write(hold))
    await held.wait()

    with pytest.raises(StorageBusy):
        await postgres.write(wait_briefly)
    await let_go.wait()
    await holding
