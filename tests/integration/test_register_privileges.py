"""First priority comes from the register by itself, is asked for again, and may be lost."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot import register_answers
from bot.ports.embedded_register import made_up_person
from bot.verifying import Verifying
from domain.application import Happening, QueueClass, QueueKind, Status
from domain.notice import Deed, Told
from domain.policy import Policy
from domain.policy_terms import PrivilegeRule
from domain.privilege import PrivilegeState
from storage import privilege_changes, privileges, stale_privileges
from storage.application_changes import set_status
from storage.applications import Application, find
from storage.database import Database
from storage.queue_places import place_of
from storage.register_subjects import the_child
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.inboxes import facts, noted, told
from tests.integration.unverified_families import Family, Register, Town

DAY = timedelta(days=1)
OVER = timedelta(days=90, microseconds=1)
LARGE = "large_family"


def rule(code: str) -> PrivilegeRule:
    """The usual policy's."""
    found = Policy().privilege(code)
    assert found is not None
    return found


@pytest.fixture
async def town(database: Database) -> Town:
    """A territory with a policy."""
    return await database.write(Town.founded)


@pytest.fixture
async def family(database: Database, town: Town) -> Family:
    """A family behind nine others."""
    for _ in range(9):
        await database.write(town.family)
    return await database.write(town.family)


async def says(database: Database, family: Family, *codes: str) -> None:
    """The register answers about the child, with these privileges."""
    child = replace(made_up_person(family.child), privileges=codes)
    work = partial(register_answers.take, subject=the_child(family.child_id), answer=child)
    await database.write(work)


async def stands(database: Database, family: Family) -> tuple[QueueClass, int | None]:
    """The application's class and its place."""

    def read(tx: Transaction) -> tuple[QueueClass, int | None]:
        now = place_of(tx, family.application_id)
        assert now is not None
        return now.queue_class, now.place

    return await database.read(read)


async def states(database: Database, family: Family) -> dict[str, PrivilegeState]:
    """The application's privileges, each with its state."""
    found = await database.read(lambda tx: privileges.of_application(tx, family.application_id))
    return {each.code: each.privilege.state for each in found}


async def application_of(database: Database, family: Family) -> Application:
    """As it now is."""
    return await database.read(family.application)


async def test_a_privilege_that_the_register_knows_is_claimed_and_confirmed_by_itself(
    database: Database, family: Family
) -> None:
    before = await application_of(database, family)

    await says(database, family, LARGE)

    assert await states(database, family) == {LARGE: PrivilegeState.CONFIRMED}
    assert await stands(database, family) == (QueueClass.FIRST_PRIORITY, 1)
    assert (await application_of(database, family)).submitted_at == before.submitted_at
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]
    assert await facts(database, family.parent_id) == {
        "application": family.application_id,
        "number": before.number,
        "privilege": LARGE,
        "class": 1,
        "place": 1,
        "child": made_up_person(family.child).name,
    }
    assert ("register", Deed.PRIVILEGE_CONFIRMED) in await noted(database, family.parent_id)


@pytest.mark.parametrize("code", ["serviceman", "something_else"])
async def test_what_the_register_does_not_prove_here_is_not_claimed(
    database: Database, family: Family, code: str
) -> None:
    await says(database, family, code)

    assert await states(database, family) == {}
    assert await stands(database, family) == (QueueClass.GENERAL, 10)


async def test_the_same_word_again_is_no_news(database: Database, family: Family, clock: SetClock) -> None:
    await says(database, family, LARGE)
    clock.advance(OVER)

    await says(database, family, LARGE)

    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]
    (known,) = await database.read(lambda tx: privileges.of_application(tx, family.application_id))
    assert (known.privilege.since, known.privilege.confirmed_at) == (START, START + OVER)


async def test_what_a_parent_has_dropped_stays_dropped(database: Database, family: Family) -> None:
    await says(database, family, LARGE)
    (known,) = await database.read(lambda tx: privileges.of_application(tx, family.application_id))
    await database.write(lambda tx: privilege_changes.drop(tx, known.id))

    await says(database, family, LARGE)

    assert await states(database, family) == {LARGE: PrivilegeState.DROPPED}
    assert await stands(database, family) == (QueueClass.GENERAL, 10)
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]


async def test_a_privilege_that_is_gone_is_lost_with_the_date_kept_and_ten_days_to_object(
    database: Database, family: Family, clock: SetClock
) -> None:
    await says(database, family, LARGE)
    before = await application_of(database, family)
    clock.advance(OVER)

    await says(database, family)

    assert await states(database, family) == {LARGE: PrivilegeState.LOST}
    assert await stands(database, family) == (QueueClass.GENERAL, 10)
    assert (await application_of(database, family)).submitted_at == before.submitted_at
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED, Told.PRIVILEGE_LOST]
    until = START + OVER + 10 * DAY
    assert (await facts(database, family.parent_id))["until"] == until.isoformat()
    assert ("register", Deed.PRIVILEGE_LOST) in await noted(database, family.parent_id)


async def test_a_privilege_that_was_lost_can_come_back(
    database: Database, family: Family, clock: SetClock
) -> None:
    for codes in ((LARGE,), (), (LARGE,)):
        await says(database, family, *codes)
        clock.advance(OVER)

    assert await states(database, family) == {LARGE: PrivilegeState.CONFIRMED}
    assert await stands(database, family) == (QueueClass.FIRST_PRIORITY, 1)
    assert await told(database, family.parent_id) == [
        Told.PRIVILEGE_CONFIRMED,
        Told.PRIVILEGE_LOST,
        Told.PRIVILEGE_CONFIRMED,
    ]


@pytest.mark.parametrize(
    ("codes", "state", "stood"),
    [
        ((LARGE,), PrivilegeState.CONFIRMED, (QueueClass.FIRST_PRIORITY, 1)),
        ((), PrivilegeState.REFUSED, (QueueClass.GENERAL, 10)),
    ],
)
async def test_what_was_claimed_while_the_register_was_down_is_answered(
    database: Database, family: Family, codes: tuple[str, ...], state: PrivilegeState, stood: Any
) -> None:
    await database.write(lambda tx: privilege_changes.claim(tx, family.application_id, rule(LARGE)))

    await says(database, family, *codes)

    assert await states(database, family) == {LARGE: state}
    assert await stands(database, family) == stood


async def test_who_is_out_of_queue_stays_there(database: Database, family: Family) -> None:
    await database.write(
        lambda tx: privilege_changes.claim(tx, family.application_id, rule("serviceman"), confirmed=True)
    )

    await says(database, family, LARGE)

    assert await stands(database, family) == (QueueClass.OUT_OF_QUEUE, 1)
    assert await states(database, family) == {
        "serviceman": PrivilegeState.CONFIRMED,
        LARGE: PrivilegeState.CONFIRMED,
    }


async def test_special_needs_are_a_class_and_move_nobody_to_the_correctional_queue(
    database: Database, family: Family
) -> None:
    await says(database, family, "special_needs")

    now = await application_of(database, family)
    assert (now.kind, now.queue_class) == (QueueKind.GENERAL, QueueClass.FIRST_PRIORITY)


async def test_every_live_application_of_the_child_is_followed(
    database: Database, town: Town, family: Family
) -> None:
    other_town = await database.write(lambda tx: Town.founded(tx, "other"))
    other = await database.write(lambda tx: other_town.applies(tx, family.parent_id, family.child_id))

    await says(database, family, LARGE)

    found = await database.read(lambda tx: find(tx, other))
    assert found is not None
    assert found.queue_class is (await application_of(database, family)).queue_class


async def test_one_off_the_queue_changes_its_class_and_is_told_without_a_place(
    database: Database, family: Family
) -> None:
    def suspend(tx: Transaction) -> None:
        referred = set_status(tx, family.application(tx), Happening.REFERRED).application
        set_status(tx, referred, Happening.EXPIRED, suspended=(tx.now, tx.now + 10 * DAY))

    await database.write(suspend)

    await says(database, family, LARGE)

    now = await application_of(database, family)
    assert (now.status, now.queue_class) == (Status.SUSPENDED, QueueClass.FIRST_PRIORITY)
    assert (await facts(database, family.parent_id))["place"] is None


async def test_an_application_in_the_archive_is_left_alone(database: Database, family: Family) -> None:
    await database.write(lambda tx: set_status(tx, family.application(tx), Happening.WITHDRAWN))

    await says(database, family, LARGE)

    assert await states(database, family) == {}


# --- asked again by the worker --------------------------------------------------------------


@pytest.fixture
def register() -> Register:
    """A register that knows everybody until it is told otherwise."""
    return Register()


@pytest.fixture
async def privileged(database: Database, family: Family) -> Family:
    """A family with first priority, confirmed now."""
    await says(database, family, LARGE)
    return family


async def asked_again(database: Database, register: Register, machine: SetClock | None = None) -> None:
    """The worker's round, after everybody else has been confirmed."""
    clock = machine or SetClock()
    worker = Verifying(database, register, clock=lambda: clock.at)
    register.asked.clear()
    await worker.round()


@pytest.mark.parametrize(("age", "asked"), [(OVER - timedelta(microseconds=1), False), (OVER, True)])
async def test_the_worker_asks_again_after_ninety_days(
    database: Database, privileged: Family, register: Register, clock: SetClock, age: timedelta, asked: bool
) -> None:
    clock.advance(age)

    await asked_again(database, register)

    assert (privileged.child in register.asked) is asked
    assert (await stands(database, privileged))[0] is (
        QueueClass.GENERAL if asked else QueueClass.FIRST_PRIORITY
    )


async def test_while_the_register_is_down_the_old_word_goes_on_counting(
    database: Database, privileged: Family, register: Register, clock: SetClock
) -> None:
    clock.advance(OVER)
    register.down = True

    await asked_again(database, register)

    assert await stands(database, privileged) == (QueueClass.FIRST_PRIORITY, 1)
    assert await told(database, privileged.parent_id) == [Told.PRIVILEGE_CONFIRMED]


@pytest.mark.parametrize("contradicting", [True, False])
async def test_an_answer_that_cannot_be_about_the_child_takes_nothing(
    database: Database, privileged: Family, register: Register, clock: SetClock, contradicting: bool
) -> None:
    clock.advance(OVER)
    if contradicting:
        child = made_up_person(privileged.child)
        register.people[privileged.child] = replace(child, birth_date=child.birth_date - DAY)
    else:
        register.missing.add(privileged.child)

    await asked_again(database, register)

    assert await stands(database, privileged) == (QueueClass.FIRST_PRIORITY, 1)


async def test_a_word_that_is_fresh_again_is_not_asked_for_once_more(
    database: Database, privileged: Family, register: Register, clock: SetClock
) -> None:
    clock.advance(OVER)
    child = replace(made_up_person(privileged.child), privileges=(LARGE,))
    register.people[privileged.child] = child
    await asked_again(database, register)

    await asked_again(database, register)

    assert privileged.child not in register.asked
    assert await stands(database, privileged) == (QueueClass.FIRST_PRIORITY, 1)


async def test_access_can_tell_whom_to_ask_about_before_it_is_made(
    database: Database, privileged: Family, clock: SetClock
) -> None:
    queue_id = (await application_of(database, privileged)).queue_id

    def stale(tx: Transaction) -> list[int]:
        return stale_privileges.in_queues(tx, [queue_id])

    fresh = await database.read(stale)
    clock.advance(OVER)

    assert fresh == []
    assert await database.read(stale) == [privileged.application_id]
    assert await database.read(lambda tx: stale_privileges.in_queues(tx, [queue_id + 1])) == []


async def test_whom_access_needs_is_asked_about_whatever_pause_was_set(
    database: Database, privileged: Family, register: Register, clock: SetClock
) -> None:
    clock.advance(OVER)
    register.down = True
    await asked_again(database, register)
    queue_id = (await application_of(database, privileged)).queue_id

    children = await database.read(lambda tx: stale_privileges.children_in(tx, [queue_id]))
    await database.write(lambda tx: stale_privileges.ask_first(tx, children))
    await asked_again(database, register)

    assert len(children) == 1
    assert register.asked == [privileged.child]


@pytest.mark.postgresql
@pytest.mark.parametrize("attempt", range(5))
async def test_a_parent_who_drops_while_the_register_confirms_has_dropped(
    postgres: Database, attempt: int
) -> None:
    town = await postgres.write(Town.founded)
    family = await postgres.write(town.family)
    claimed = await postgres.write(lambda tx: privilege_changes.claim(tx, family.application_id, rule(LARGE)))
    assert claimed is not None

    await asyncio.gather(
        says(postgres, family, LARGE),
        postgres.write(lambda tx: privilege_changes.drop(tx, claimed.privilege.id)),
    )

    assert await states(postgres, family) == {LARGE: PrivilegeState.DROPPED}
    assert (await stands(postgres, family))[0] is QueueClass.GENERAL
