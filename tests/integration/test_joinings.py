"""Requests to be a second parent as they are stored, and two at once who want to be joined."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.errors import SecondParentRefused
from domain.identity import join_second_parent
from domain.iin import Iin, Sex, make_iin
from domain.joining import ANSWER_WITHIN, INVITED_FOR, Joining, JoiningState
from storage import guardians, joinings, people
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes.clock import START

SECOND = timedelta(seconds=1)
MANY = 6


def iins(born: date, number: int) -> list[Iin]:
    made = (make_iin(born, Sex.FEMALE, serial) for serial in range(1, 2 * number + 10))
    return [each for each in made if each is not None][:number]


[CHILD] = iins(date(2024, 2, 29), 1)


def family(tx: Transaction, parents: int = 1) -> tuple[int, list[int]]:
    """A child with its first parent, and others who are nobody to it."""
    child_id = people.child_for(tx, CHILD, at=START)
    known = [
        people.parent_for(tx, each, at=START, language="kk", notice_way="messenger")
        for each in iins(date(1990, 5, 4), parents)
    ]
    guardians.join(tx, known[0], child_id, "applied", START)
    return child_id, known


def asked(tx: Transaction, child_id: int, parent_id: int) -> Joining:
    return joinings.add(tx, child_id, parent_id, JoiningState.ASKED, START, START + ANSWER_WITHIN)


def agreeing(request: Joining, by: int) -> Callable[[Transaction], str]:
    """The first parent agrees to a request: what the conversation does, without its words."""

    def agree(tx: Transaction) -> str:
        there = guardians.lock(tx, request.child_id)
        keys = {people.key_of_parent(tx, each.parent_id) for each in there}
        newcomer = people.key_of_parent(tx, request.parent_id)
        try:
            join_second_parent(newcomer, keys, frozenset(), first_agrees=True)
        except SecondParentRefused:
            return "refused"
        if not joinings.decide(tx, request.id, JoiningState.AGREED, by, START):
            return "decided already"
        guardians.join(tx, request.parent_id, request.child_id, "agreed", START)
        return "joined"

    return agree


async def test_a_request_is_read_as_it_was_written(database: Database) -> None:
    def ask(tx: Transaction) -> Joining:
        child_id, [first, newcomer] = family(tx, 2)
        joinings.add(tx, child_id, newcomer, JoiningState.INVITED, START, START + INVITED_FOR, first)
        return joinings.add(tx, child_id, newcomer, JoiningState.ASKED, START + SECOND, START + ANSWER_WITHIN)

    request = await database.write(ask)

    assert await database.read(lambda tx: joinings.find(tx, request.id)) == request
    assert await database.read(lambda tx: joinings.find(tx, request.id - 1)) is None
    latest = await database.read(lambda tx: joinings.latest(tx, request.child_id, request.parent_id))
    assert latest == request


async def test_a_request_is_decided_once(database: Database) -> None:
    def ask(tx: Transaction) -> tuple[Joining, int]:
        child_id, [first, newcomer] = family(tx, 2)
        return asked(tx, child_id, newcomer), first

    request, first = await database.write(ask)

    def decide(tx: Transaction) -> list[bool]:
        states = (JoiningState.DECLINED, JoiningState.AGREED)
        return [joinings.decide(tx, request.id, each, first, START) for each in states]

    assert await database.write(decide) == [True, False]
    kept = await database.read(lambda tx: joinings.find(tx, request.id))
    assert kept is not None
    assert (kept.state, kept.decided_by, kept.decided_at) == (JoiningState.DECLINED, first, START)


@pytest.mark.parametrize(("after", "running"), [(-SECOND, 1), (timedelta(0), 0), (SECOND, 0)])
async def test_what_is_over_by_itself_is_not_listed(
    database: Database, after: timedelta, running: int
) -> None:
    def ask(tx: Transaction) -> Joining:
        child_id, [_, newcomer] = family(tx, 2)
        return asked(tx, child_id, newcomer)

    request = await database.write(ask)
    now = START + ANSWER_WITHIN + after

    of_child = await database.read(lambda tx: joinings.running_of_child(tx, request.child_id, now))
    of_newcomer = await database.read(lambda tx: joinings.running_of_newcomer(tx, request.parent_id, now))

    assert (len(of_child), of_child) == (running, of_newcomer)


async def test_two_requests_of_one_parent_for_one_child_can_not_wait_at_once(database: Database) -> None:
    def ask_twice(tx: Transaction) -> None:
        child_id, [_, newcomer] = family(tx, 2)
        for _ in range(2):
            asked(tx, child_id, newcomer)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await database.write(ask_twice)


async def test_of_many_who_are_agreed_to_at_once_one_becomes_the_second_parent(database: Database) -> None:
    def ask(tx: Transaction) -> tuple[list[Joining], int]:
        child_id, [first, *others] = family(tx, 1 + MANY)
        return [asked(tx, child_id, each) for each in others], first

    requests, first = await database.write(ask)

    came_of_it = await asyncio.gather(*(database.write(agreeing(each, first)) for each in requests))

    assert sorted(came_of_it) == ["joined", *["refused"] * (MANY - 1)]
    there = await database.read(lambda tx: guardians.guardians_of(tx, requests[0].child_id))
    assert len(there) == 2


async def test_one_request_agreed_to_many_times_at_once_joins_once(database: Database) -> None:
    def ask(tx: Transaction) -> tuple[Joining, int]:
        child_id, [first, newcomer] = family(tx, 2)
        return asked(tx, child_id, newcomer), first

    request, first = await database.write(ask)

    came_of_it = await asyncio.gather(*(database.write(agreeing(request, first)) for _ in range(MANY)))

    assert sorted(came_of_it) == [*["decided already"] * (MANY - 1), "joined"]


@pytest.mark.postgresql
async def test_without_the_lock_a_child_gets_a_third_parent(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the race above: it is the lock that keeps the third one out."""
    monkeypatch.setattr(people, "lock_child", lambda tx, child_id: None)

    def ask(tx: Transaction) -> tuple[list[Joining], int]:
        child_id, [first, *others] = family(tx, 1 + MANY)
        return [asked(tx, child_id, each) for each in others], first

    requests, first = await postgres.write(ask)

    came_of_it = await asyncio.gather(*(postgres.write(agreeing(each, first)) for each in requests))

    assert came_of_it.count("joined") > 1
    there = await postgres.read(lambda tx: guardians.guardians_of(tx, requests[0].child_id))
    assert len(there) > 2
