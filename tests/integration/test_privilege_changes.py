"""Privileges are claimed, answered, dropped and objected to; the application's class follows each time."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.application import Happening, QueueClass
from domain.errors import ObjectionTooLate
from domain.policy import Policy
from domain.policy_data import to_data
from domain.policy_terms import PrivilegeRule
from domain.privilege import PrivilegeState
from storage import loading, privileges
from storage.application_changes import set_status
from storage.applications import find
from storage.database import Database
from storage.place_journal import explain
from storage.privilege_changes import PrivilegeChange, answer, claim, drop, object_to_loss
from storage.queue_places import place_of
from storage.submitting import Submitted, submit
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.queue_people import People

SECOND = timedelta(seconds=1)
TEN_DAYS = timedelta(days=10)


def rule(code: str) -> PrivilegeRule:
    found = Policy().privilege(code)
    assert found is not None
    return found


SERVICEMAN, LARGE_FAMILY, ORPHAN = rule("serviceman"), rule("large_family"), rule("orphan")


@pytest.fixture
async def last(database: Database) -> Submitted:
    """The last of ten, on a general basis: place 10."""

    def join(tx: Transaction) -> Submitted:
        people = People.arrive(tx)
        for minutes in range(9):
            submit(tx, people.application(tx, submitted_at=tx.now - timedelta(minutes=90 - minutes)))
        return submit(tx, people.application(tx))

    return await database.write(join)


def made(change: PrivilegeChange | None) -> PrivilegeChange:
    assert change is not None
    return change


def stands(tx: Transaction, last: Submitted) -> tuple[QueueClass, int | None]:
    """The class and the place of an application."""
    now = place_of(tx, last.application_id)
    assert now is not None
    return now.queue_class, now.place


async def test_one_that_is_only_claimed_leaves_the_application_where_it_was(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, SERVICEMAN))
        return change.was, change.state, stands(tx, last)

    assert await database.write(work) == (None, PrivilegeState.UNDER_REVIEW, (QueueClass.GENERAL, 10))


async def test_one_that_is_confirmed_moves_it_with_its_date_and_says_to_where(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> object:
        claimed = made(claim(tx, last.application_id, SERVICEMAN))
        change = made(answer(tx, claimed.privilege.id, confirmed=True))
        entered = change.after.entered
        return change.was, change.state, entered and entered.place, stands(tx, last)

    assert await database.write(work) == (
        PrivilegeState.UNDER_REVIEW,
        PrivilegeState.CONFIRMED,
        1,
        (QueueClass.OUT_OF_QUEUE, 1),
    )


async def test_what_the_register_confirms_at_once_is_one_step(database: Database, last: Submitted) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        return change.was, change.state, stands(tx, last)

    assert await database.write(work) == (None, PrivilegeState.CONFIRMED, (QueueClass.FIRST_PRIORITY, 1))


async def test_what_was_written_is_read_back_as_the_domain_knows_it(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        answered = made(answer(tx, change.privilege.id, confirmed=False))
        refused = made(claim(tx, last.application_id, SERVICEMAN))
        dropped = made(claim(tx, last.application_id, ORPHAN, confirmed=True))
        written = [
            answered.privilege,
            made(answer(tx, refused.privilege.id, confirmed=False)).privilege,
            made(drop(tx, dropped.privilege.id)).privilege,
        ]
        by_id = {each.id: each for each in privileges.of_application(tx, last.application_id)}
        return [by_id[each.id] for each in written] == written, [each.privilege.state for each in written]

    assert await database.write(work) == (
        True,
        [PrivilegeState.LOST, PrivilegeState.REFUSED, PrivilegeState.DROPPED],
    )


async def test_the_rule_is_the_one_in_force_when_it_was_claimed(
    database: Database, last: Submitted, clock: SetClock
) -> None:
    def begins(tx: Transaction) -> int:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        later = Policy(
            privileges=(PrivilegeRule("large_family", QueueClass.OUT_OF_QUEUE, LARGE_FAMILY.proof),)
        )
        row = {"territory_id": change.before.territory_id, "in_force_from": START + timedelta(days=2)}
        loading.put_policies(tx, [row | {"data": to_data(later)}])
        return change.privilege.id

    privilege_id = await database.write(begins)
    clock.advance(timedelta(days=3))

    known = await database.read(lambda tx: privileges.find(tx, privilege_id))
    assert known is not None
    assert known.privilege.rule == LARGE_FAMILY


async def test_of_two_the_better_class_counts_and_the_other_remains_when_one_is_lost(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> list[QueueClass]:
        seen = []
        first = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        seen.append(stands(tx, last)[0])
        best = made(claim(tx, last.application_id, SERVICEMAN, confirmed=True))
        seen.append(stands(tx, last)[0])
        answer(tx, best.privilege.id, confirmed=False)
        seen.append(stands(tx, last)[0])
        drop(tx, first.privilege.id)
        return [*seen, stands(tx, last)[0]]

    assert await database.write(work) == [
        QueueClass.FIRST_PRIORITY,
        QueueClass.OUT_OF_QUEUE,
        QueueClass.FIRST_PRIORITY,
        QueueClass.GENERAL,
    ]


async def test_a_lost_class_keeps_the_date(database: Database, last: Submitted) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        lost = made(answer(tx, change.privilege.id, confirmed=False))
        return lost.state, lost.after.application.submitted_at == last.submitted_at, stands(tx, last)

    assert await database.write(work) == (PrivilegeState.LOST, True, (QueueClass.GENERAL, 10))


async def test_an_answer_that_is_known_already_changes_nothing(database: Database, last: Submitted) -> None:
    def work(tx: Transaction) -> list[bool]:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        again = made(answer(tx, change.privilege.id, confirmed=True))
        once_more = made(claim(tx, last.application_id, LARGE_FAMILY))
        lost = made(answer(tx, change.privilege.id, confirmed=False))
        still = made(answer(tx, change.privilege.id, confirmed=False))
        return [change.changed, again.changed, once_more.changed, lost.changed, still.changed]

    assert await database.write(work) == [True, False, False, True, False]


async def test_one_that_was_dropped_stays_dropped_whatever_its_proof_says_later(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        drop(tx, change.privilege.id)
        twice = made(drop(tx, change.privilege.id))
        late = made(answer(tx, change.privilege.id, confirmed=True))
        return twice.changed, late.state, stands(tx, last)

    assert await database.write(work) == (False, PrivilegeState.DROPPED, (QueueClass.GENERAL, 10))


async def test_one_that_was_dropped_can_be_claimed_anew(database: Database, last: Submitted) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        drop(tx, change.privilege.id)
        anew = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        return anew.privilege.id != change.privilege.id, stands(tx, last)

    assert await database.write(work) == (True, (QueueClass.FIRST_PRIORITY, 1))


async def test_an_application_out_of_the_queue_gets_its_class_without_an_event(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> object:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        before = find(tx, last.application_id)
        assert before is not None
        set_status(tx, before, Happening.WITHDRAWN)
        lost = made(answer(tx, change.privilege.id, confirmed=False))
        return lost.after.entered, lost.after.application.queue_class

    assert await database.write(work) == (None, QueueClass.GENERAL)


async def test_the_journal_says_that_the_own_class_changed(database: Database, last: Submitted) -> None:
    def work(tx: Transaction) -> object:
        claim(tx, last.application_id, SERVICEMAN, confirmed=True)
        move = explain(tx, last.application_id, last.entered.state.sequence)
        assert move is not None
        return move.before, move.after, [each.own for each in move.reasons]

    assert await database.write(work) == (10, 1, [True])


@pytest.mark.parametrize(("since_loss", "allowed"), [(TEN_DAYS - SECOND, True), (TEN_DAYS, False)])
async def test_a_loss_can_be_objected_to_for_ten_days_and_once(
    database: Database, last: Submitted, clock: SetClock, since_loss: timedelta, allowed: bool
) -> None:
    def lose(tx: Transaction) -> int:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        return made(answer(tx, change.privilege.id, confirmed=False)).privilege.id

    privilege_id = await database.write(lose)
    clock.advance(since_loss)

    def object_twice(tx: Transaction) -> list[bool]:
        return [object_to_loss(tx, privilege_id), object_to_loss(tx, privilege_id)]

    if allowed:
        assert await database.write(object_twice) == [True, False]
    else:
        with pytest.raises(ObjectionTooLate):
            await database.write(object_twice)


async def test_what_was_never_lost_is_not_objected_to(database: Database, last: Submitted) -> None:
    def work(tx: Transaction) -> None:
        change = made(claim(tx, last.application_id, SERVICEMAN))
        object_to_loss(tx, change.privilege.id)

    with pytest.raises(ObjectionTooLate):
        await database.write(work)


async def test_after_an_objection_that_was_right_a_new_loss_can_be_objected_to_again(
    database: Database, last: Submitted
) -> None:
    def work(tx: Transaction) -> list[bool]:
        change = made(claim(tx, last.application_id, LARGE_FAMILY, confirmed=True))
        which, objected = change.privilege.id, []
        for _ in range(2):
            answer(tx, which, confirmed=False)
            objected.append(object_to_loss(tx, which))
            answer(tx, which, confirmed=True)
        return objected

    assert await database.write(work) == [True, True]


async def test_a_privilege_of_nobody_is_neither_answered_nor_dropped(database: Database) -> None:
    def work(tx: Transaction) -> list[object]:
        return [answer(tx, 1, confirmed=True), drop(tx, 1), claim(tx, 1, SERVICEMAN), object_to_loss(tx, 1)]

    assert await database.write(work) == [None, None, None, False]


@pytest.mark.postgresql
async def test_dropped_and_confirmed_at_the_same_instant_the_class_is_that_of_what_is_left(
    postgres: Database,
) -> None:
    def begin(tx: Transaction) -> tuple[int, list[int]]:
        people = People.arrive(tx)
        application_id = submit(tx, people.application(tx)).application_id
        changes = [
            made(claim(tx, application_id, each, confirmed=True)) for each in (LARGE_FAMILY, SERVICEMAN)
        ]
        return application_id, [each.privilege.id for each in changes]

    for _ in range(10):
        application_id, (family, serviceman) = await postgres.write(begin)
        at_once: list[Callable[[Transaction], object]] = [
            lambda tx, which=serviceman: drop(tx, which),  # type: ignore[misc]
            lambda tx, which=family: answer(tx, which, confirmed=False),  # type: ignore[misc]
            lambda tx, which=serviceman: drop(tx, which),  # type: ignore[misc]
        ]
        await asyncio.gather(*(postgres.write(each) for each in at_once))

        after = await postgres.read(lambda tx, which=application_id: find(tx, which))  # type: ignore[misc]
        assert after is not None
        assert after.queue_class is QueueClass.GENERAL
