"""The worker that asks the state register about those it has not confirmed yet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import cast

import pytest
from structlog.testing import capture_logs

from bot.ports.embedded_register import made_up_person
from bot.ports.state_register import Person
from bot.verifying import AT_ONCE, BATCH, Pauses, Verifying
from domain.notice import Told
from storage.database import Database
from storage.errors import StorageFull
from tests.conversation.outside import Disk
from tests.conversation.waiting import until
from tests.fakes.clock import SetClock
from tests.integration.inboxes import tasks, told
from tests.integration.unverified_families import Family, Register, Town

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
async def town(database: Database) -> Town:
    """A territory with a policy."""
    return await database.write(Town.founded)


@pytest.fixture
def register() -> Register:
    """A register that knows everybody until it is told otherwise."""
    return Register()


@pytest.fixture
def machine() -> SetClock:
    """The machine's own clock: it paces the asking and decides nothing."""
    return SetClock()


@pytest.fixture
def worker(database: Database, register: Register, machine: SetClock) -> Verifying:
    """The worker, which does nothing by itself."""
    return Verifying(database, register, clock=lambda: machine.at)


async def unverified(database: Database, *families: Family) -> list[bool]:
    """Whether their applications still carry the mark."""
    return await database.read(lambda tx: [each.application(tx).unverified for each in families])


async def come(database: Database, town: Town, number: int) -> list[Family]:
    """Families who typed what the register says."""
    return await database.write(lambda tx: [town.family(tx) for _ in range(number)])


async def test_who_is_not_confirmed_is_asked_about_and_then_no_more(
    database: Database, town: Town, register: Register, worker: Verifying
) -> None:
    (family,) = await come(database, town, 1)

    answers = [await worker.round() for _ in range(2)]

    assert answers == [2, 0]
    assert register.asked == [family.parent, family.child]
    assert await unverified(database, family) == [False]


async def test_during_an_outage_the_pauses_grow_to_an_hour(
    database: Database, town: Town, register: Register, worker: Verifying, machine: SetClock
) -> None:
    (family,) = await come(database, town, 1)
    register.down_for.add(family.parent)
    await worker.round()

    pauses = [await minutes_until_asked_about(family, register, worker, machine) for _ in range(5)]

    assert pauses == [10, 20, 40, 60, 60]


async def minutes_until_asked_about(
    family: Family, register: Register, worker: Verifying, machine: SetClock
) -> int:
    """After how many minutes the worker asks about a parent again."""
    asked_before = register.asked.count(family.parent)
    for minutes in range(1, 100):
        machine.advance(MINUTE)
        await worker.round()
        if register.asked.count(family.parent) > asked_before:
            return minutes
    raise AssertionError("never")


async def test_a_pause_can_be_chosen(
    database: Database, town: Town, register: Register, machine: SetClock
) -> None:
    (family,) = await come(database, town, 1)
    pauses = Pauses(outage=SECOND, longest_outage=3 * SECOND)
    worker = Verifying(database, register, pauses, lambda: machine.at)
    register.down = True
    await worker.round()

    register.down = False
    machine.advance(SECOND)
    for _ in range(2):
        await worker.round()

    assert await unverified(database, family) == [False]


async def test_an_outage_takes_nothing_and_tells_nothing(
    database: Database, town: Town, register: Register, worker: Verifying
) -> None:
    (family,) = await come(database, town, 1)
    register.down = True

    answered = await worker.round()

    assert answered == 0
    assert await unverified(database, family) == [True]
    assert (await tasks(database), await told(database, family.parent_id)) == ([], [])


async def test_while_the_register_seems_down_one_person_is_asked_about_and_then_all_at_once(
    database: Database, town: Town, register: Register, worker: Verifying, machine: SetClock
) -> None:
    families = await come(database, town, 4)
    register.down = True
    await worker.round()
    machine.advance(10 * MINUTE)
    register.asked.clear()

    asked = []
    for _ in range(2):
        await worker.round()
        asked.append(len(register.asked))
    register.down = False
    for _ in range(2):
        await worker.round()
    machine.advance(20 * MINUTE)
    await worker.round()

    assert asked == [1, 2]
    assert await unverified(database, *families) == [False] * 4


async def test_who_differs_is_not_asked_about_again_before_the_next_day(
    database: Database, town: Town, register: Register, worker: Verifying, machine: SetClock
) -> None:
    family = await database.write(lambda tx: town.family(tx, "Басқаева"))

    asked = []
    for pause in (timedelta(), 10 * MINUTE, timedelta(hours=23, minutes=49, seconds=59), SECOND):
        machine.advance(pause)
        await worker.round()
        asked.append(register.asked.count(family.parent))

    assert asked == [1, 1, 1, 2]
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]


async def test_the_unknown_is_asked_about_again_the_next_day_and_may_have_come_by_then(
    database: Database, town: Town, register: Register, worker: Verifying, machine: SetClock
) -> None:
    (family,) = await come(database, town, 1)
    register.missing.add(family.child)
    await worker.round()

    register.missing.clear()
    machine.advance(timedelta(days=1))
    await worker.round()

    assert await unverified(database, family) == [False]
    assert await tasks(database) == [("not_in_register", {}, "agreed")]


async def test_one_slow_answer_holds_up_nobody(
    database: Database, town: Town, register: Register, worker: Verifying
) -> None:
    slow, quick = await come(database, town, 2)
    register.held[slow.child] = asyncio.Event()

    round_ = asyncio.create_task(worker.round())
    await until_verified(database, quick)
    before = await unverified(database, slow)
    register.held[slow.child].set()
    await round_

    assert (before, await unverified(database, slow)) == ([True], [False])


async def until_verified(database: Database, family: Family) -> None:
    """Wait for the mark to go."""
    async with asyncio.timeout(10):
        while await unverified(database, family) == [True]:
            await asyncio.sleep(0.01)


async def test_an_answer_that_takes_too_long_is_an_outage(
    database: Database,
    town: Town,
    register: Register,
    worker: Verifying,
    machine: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.verifying.PATIENCE", timedelta(milliseconds=20))
    (family,) = await come(database, town, 1)
    register.held[family.child] = asyncio.Event()

    answered = await worker.round()
    register.held[family.child].set()
    machine.advance(10 * MINUTE)
    await worker.round()

    assert answered == 1
    assert await unverified(database, family) == [False]


async def test_only_a_few_are_asked_about_at_once(
    database: Database, town: Town, register: Register, worker: Verifying
) -> None:
    families = await come(database, town, AT_ONCE)
    gate = asyncio.Event()
    register.held = {iin: gate for each in families for iin in (each.parent, each.child)}

    round_ = asyncio.create_task(worker.round())
    await until(lambda: len(register.asked) == AT_ONCE, "the first to be asked about")
    at_once = len(register.asked)
    gate.set()
    answered = await round_

    assert (at_once, answered) == (AT_ONCE, 2 * AT_ONCE)


async def test_two_workers_ask_about_each_person_once(
    database: Database, town: Town, register: Register, machine: SetClock
) -> None:
    families = await come(database, town, 6)
    differing = await database.write(lambda tx: town.family(tx, "Басқаева"))
    workers = [Verifying(database, register, clock=lambda: machine.at) for _ in range(2)]

    await asyncio.gather(*(each.round() for each in workers))

    assert len(register.asked) == len(set(register.asked)) == 14
    assert await told(database, differing.parent_id) == [Told.REGISTER_DIFFERS]
    await workers[0].round()
    assert await unverified(database, *families) == [False] * 6


async def test_what_a_dead_worker_had_claimed_is_asked_about_when_the_claim_has_run_out(
    database: Database, town: Town, register: Register, worker: Verifying, machine: SetClock
) -> None:
    (family,) = await come(database, town, 1)
    register.held[family.child] = asyncio.Event()
    await dies_while_asking(register, worker)
    register.held.clear()
    other = Verifying(database, register, clock=lambda: machine.at)

    too_early = await other.round()
    machine.advance(Pauses().claim)
    await other.round()

    assert too_early == 0
    assert await unverified(database, family) == [False]


async def dies_while_asking(register: Register, worker: Verifying) -> None:
    """A process ends while it waits for the register."""
    round_ = asyncio.create_task(worker.round())
    await until(lambda: len(register.asked) == 2, "both to be asked about")
    round_.cancel()
    with suppress(asyncio.CancelledError):
        await round_


async def test_an_answer_that_comes_after_its_claim_ran_out_has_no_effect(
    database: Database, town: Town, register: Register, worker: Verifying, machine: SetClock
) -> None:
    family = await database.write(lambda tx: town.family(tx, "Басқаева"))
    late = register.held[family.parent] = asyncio.Event()
    round_ = asyncio.create_task(worker.round())
    await until(lambda: len(register.asked) == 2, "both to be asked about")
    register.held.clear()
    register.people[family.parent] = made_up_person(family.parent)
    machine.advance(Pauses().claim)
    await Verifying(database, register, clock=lambda: machine.at).round()

    late.set()
    await round_

    assert await tasks(database) == [("register_differs", {"fields": ["surname"]}, None)]
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]


async def test_an_answer_that_makes_no_sense_stops_nobody_and_does_not_come_again_at_once(
    database: Database, town: Town, register: Register, worker: Verifying
) -> None:
    broken, whole = await come(database, town, 2)
    register.people[broken.child] = cast(Person, object())

    await worker.round()
    await worker.round()

    assert await unverified(database, broken, whole) == [True, False]
    assert register.asked.count(broken.child) == 1


async def test_what_a_full_disk_refuses_is_asked_for_again(
    database: Database, town: Town, register: Register, machine: SetClock
) -> None:
    (family,) = await come(database, town, 1)
    disk = Disk(database)
    worker = Verifying(cast(Database, disk), register, clock=lambda: machine.at)
    gate = register.held[family.child] = register.held[family.parent] = asyncio.Event()
    round_ = asyncio.create_task(worker.round())
    await until(lambda: len(register.asked) == 2, "both to be asked about")
    disk.fault = StorageFull()
    gate.set()
    with pytest.raises(StorageFull):
        await round_

    disk.fault = None
    machine.advance(Pauses().claim)
    for _ in range(2):
        await worker.round()

    assert await unverified(database, family) == [False]


@pytest.mark.postgresql
async def test_parent_and_child_confirmed_at_the_same_instant_leave_no_mark(postgres: Database) -> None:
    town = await postgres.write(Town.founded)
    families = await come(postgres, town, 12)
    worker = Verifying(postgres, Register())

    await worker.round()

    assert await unverified(postgres, *families) == [False] * 12


# --- by itself ------------------------------------------------------------------------------


@asynccontextmanager
async def running(worker: Verifying) -> AsyncIterator[None]:
    """The worker does what it does by itself."""
    task = asyncio.create_task(worker.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_more_than_a_batch_is_worked_off_at_a_stretch(
    sqlite: Database, register: Register, machine: SetClock
) -> None:
    town = await sqlite.write(Town.founded)
    families = await come(sqlite, town, BATCH)
    worker = Verifying(sqlite, register, clock=lambda: machine.at)

    async with running(worker):
        await until(lambda: worker.idle and len(register.asked) == 2 * BATCH, "all to be asked about")

    assert await unverified(sqlite, *families) == [False] * BATCH


async def test_when_a_demos_clock_is_moved_nobody_waits_for_a_pause(
    sqlite: Database, register: Register, machine: SetClock
) -> None:
    town = await sqlite.write(Town.founded)
    (family,) = await come(sqlite, town, 1)
    register.down = True
    worker = Verifying(sqlite, register, clock=lambda: machine.at)

    async with running(worker):
        await until(lambda: worker.idle and len(register.asked) == 2, "both to be asked about")
        register.down = False
        worker.time_was_moved()
        idle_at_once = worker.idle
        await until(lambda: worker.idle, "the worker to be idle")

    assert idle_at_once is False
    assert len(register.asked) == 4
    assert await unverified(sqlite, family) == [False]


async def test_a_database_that_is_away_ends_nothing(
    sqlite: Database, register: Register, machine: SetClock
) -> None:
    town = await sqlite.write(Town.founded)
    (family,) = await come(sqlite, town, 1)
    disk = Disk(sqlite)
    disk.fault = StorageFull()
    worker = Verifying(cast(Database, disk), register, clock=lambda: machine.at)

    async with running(worker):
        with capture_logs() as logged:
            await until(lambda: logged, "the first look to fail")
        disk.fault = None
        worker.time_was_moved()
        await until_verified(sqlite, family)

    assert await unverified(sqlite, family) == [False]
