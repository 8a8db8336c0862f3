"""Applications are submitted, changed and found; their places, dates and journal follow."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from domain.application import Happening, PauseCause, QueueClass, QueueKind, Status
from domain.errors import StatusForbids
from domain.place_history import EventKind, Step
from storage.application_changes import pause, resume, set_class, set_status
from storage.applications import (
    Application,
    ApplicationChanged,
    ApplicationExists,
    address_of,
    find,
    find_by_number,
    live_of_child,
    live_of_parent,
    of_child,
)
from storage.bulk import fill_queue
from storage.database import Database
from storage.place_journal import explain, recent, told
from storage.queue_places import place_of, would_be
from storage.queues import find_queue, queue_for, read_queue
from storage.submitting import NewApplication, Submitted, submit
from storage.tables import application, guardian, parent, place_event
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.queue_people import BIRTH_YEAR, People


@pytest.fixture
async def people(database: Database) -> People:
    """A territory, a parent, and children as they are needed."""
    return await database.write(People.arrive)


def one(tx: Transaction, people: People, **given: object) -> Submitted:
    """One more application in the queue."""
    return submit(tx, people.application(tx, **given))


def read(tx: Transaction, submitted: Submitted) -> Application:
    """An application as it now is."""
    found = find(tx, submitted.application_id)
    assert found is not None
    return found


def place(tx: Transaction, submitted: Submitted) -> int | None:
    """The place an application now has."""
    now = place_of(tx, submitted.application_id)
    assert now is not None
    return now.place


async def test_the_first_gets_place_one_and_the_next_stands_behind(
    database: Database, people: People
) -> None:
    def join(tx: Transaction) -> list[int]:
        return [one(tx, people).place, one(tx, people, submitted_at=tx.now + timedelta(1)).place]

    assert await database.write(join) == [1, 2]


async def test_an_application_is_found_as_it_was_submitted(database: Database, people: People) -> None:
    def join(tx: Transaction) -> Submitted:
        return one(tx, people, languages=("kk", "ru"), address="Есім хан көшесі, 1", unverified=True)

    submitted = await database.write(join)

    found = await database.read(lambda tx: read(tx, submitted))
    assert found.number == submitted.number
    assert found.languages == ("kk", "ru")
    assert found.unverified is True
    assert found.status is Status.AWAITING_PLACE
    assert found.told_sequence == submitted.entered.state.sequence
    assert await database.read(lambda tx: find_by_number(tx, submitted.number)) == found
    assert await database.read(lambda tx: live_of_child(tx, found.child_id)) == [found]
    assert await database.read(lambda tx: address_of(tx, found.id)) == "Есім хан көшесі, 1"


async def test_a_child_cannot_stand_twice_in_queues_of_a_kind(database: Database, people: People) -> None:
    def twice(tx: Transaction) -> tuple[int, int]:
        new = people.application(tx)
        first = submit(tx, new)
        with pytest.raises(ApplicationExists) as refused:
            submit(tx, new)
        return first.application_id, refused.value.application_id

    first, in_the_way = await database.write(twice)

    assert in_the_way == first


async def test_the_same_child_may_stand_in_the_other_kind_of_queue(
    database: Database, people: People
) -> None:
    def both(tx: Transaction) -> list[int]:
        child_id = people.child(tx)
        kinds = (QueueKind.GENERAL, QueueKind.CORRECTIONAL)
        return [one(tx, people, child_id=child_id, kind=kind).place for kind in kinds]

    assert await database.write(both) == [1, 1]


async def test_a_given_number_that_is_taken_is_refused(database: Database, people: People) -> None:
    def same(tx: Transaction) -> None:
        one(tx, people, number=1234567890)
        one(tx, people, number=1234567890)

    with pytest.raises(ValueError, match="1234567890"):
        await database.write(same)


async def test_a_parent_sees_the_applications_of_children_they_joined(
    database: Database, people: People
) -> None:
    def join(tx: Transaction) -> tuple[list[Application], Application]:
        submitted = one(tx, people)
        found = read(tx, submitted)
        other = {"id": 5, "language": "ru", "notice_way": "sms", "created_at": tx.now}
        tx.conn.execute(parent.insert(), other)
        tx.conn.execute(
            guardian.insert(),
            {"parent_id": 5, "child_id": found.child_id, "how": "register", "since": tx.now},
        )
        return live_of_parent(tx, 5), found

    seen, expected = await database.write(join)

    assert seen == [expected]


async def test_who_withdraws_is_out_and_all_behind_move_up(database: Database, people: People) -> None:
    def leave(tx: Transaction) -> tuple[int | None, int | None, Application]:
        first, second = one(tx, people), one(tx, people, submitted_at=tx.now + timedelta(1))
        changed = set_status(tx, read(tx, first), Happening.WITHDRAWN)
        assert changed.application == read(tx, first)
        return place(tx, first), place(tx, second), changed.application

    gone, behind, withdrawn = await database.write(leave)

    assert (gone, behind) == (None, 1)
    assert withdrawn.status is Status.WITHDRAWN
    assert withdrawn.ended_at is not None


async def test_a_referral_that_comes_to_nothing_gives_the_old_place_back(
    database: Database, people: People
) -> None:
    def refer(tx: Transaction) -> tuple[int | None, int | None]:
        first = one(tx, people)
        one(tx, people, submitted_at=tx.now + timedelta(1))
        referred = set_status(tx, read(tx, first), Happening.REFERRED)
        out = place(tx, first)
        back = set_status(tx, referred.application, Happening.GIVEN_UP)
        assert back.entered is not None
        return out, back.entered.place

    assert await database.write(refer) == (None, 1)


async def test_sent_to_a_kindergarten_keeps_the_place_and_writes_no_event(
    database: Database, people: People
) -> None:
    def send(tx: Transaction) -> tuple[int | None, list[str]]:
        first = one(tx, people)
        set_status(tx, read(tx, first), Happening.SENT)
        return place(tx, first), list(tx.conn.execute(select(place_event.c.kind)).scalars())

    assert await database.write(send) == (1, [EventKind.JOINED.value])


async def test_what_the_status_forbids_changes_nothing(database: Database, people: People) -> None:
    submitted = await database.write(lambda tx: one(tx, people))

    with pytest.raises(StatusForbids):
        await database.write(lambda tx: set_status(tx, read(tx, submitted), Happening.EXPIRED))

    assert await database.read(lambda tx: place(tx, submitted)) == 1


async def test_a_change_to_what_was_read_before_another_change_is_refused(
    database: Database, people: People
) -> None:
    def twice(tx: Transaction) -> int | None:
        submitted = one(tx, people)
        before = read(tx, submitted)
        set_class(tx, before, QueueClass.FIRST_PRIORITY)
        with pytest.raises(ApplicationChanged):
            set_status(tx, before, Happening.WITHDRAWN)
        return place(tx, submitted)

    assert await database.write(twice) == 1


async def test_restoring_is_refused_while_a_newer_application_lives(
    database: Database, people: People
) -> None:
    def restore(tx: Transaction) -> tuple[int, int]:
        new = people.application(tx)
        old = submit(tx, new)
        withdrawn = set_status(tx, read(tx, old), Happening.WITHDRAWN).application
        newer = submit(tx, new)
        with pytest.raises(ApplicationExists) as refused:
            set_status(tx, withdrawn, Happening.RESTORED)
        assert len(of_child(tx, new.child_id)) == 2
        return newer.application_id, refused.value.application_id

    newer, in_the_way = await database.write(restore)

    assert in_the_way == newer


async def test_a_privilege_moves_ahead_with_the_old_date(database: Database, people: People) -> None:
    def raise_class(tx: Transaction) -> list[int | None]:
        all_of_them = [one(tx, people, submitted_at=tx.now + timedelta(days=i)) for i in range(3)]
        changed = set_class(tx, read(tx, all_of_them[2]), QueueClass.OUT_OF_QUEUE)
        assert changed.entered is not None
        return [changed.entered.place, *(place(tx, each) for each in all_of_them)]

    assert await database.write(raise_class) == [1, 2, 3, 1]


async def test_a_suspended_application_changes_class_without_an_event(
    database: Database, people: People
) -> None:
    def change(tx: Transaction) -> tuple[int, int | None]:
        submitted = one(tx, people)
        set_status(tx, read(tx, submitted), Happening.REFERRED)
        set_status(tx, read(tx, submitted), Happening.EXPIRED, suspended=(tx.now, tx.now))
        set_class(tx, read(tx, submitted), QueueClass.OUT_OF_QUEUE)
        sequence = read_sequence(tx, submitted)
        back = set_status(tx, read(tx, submitted), Happening.SUSPENSION_OVER)
        assert back.entered is not None
        return sequence, back.entered.index

    assert await database.write(change) == (2, 0)


def read_sequence(tx: Transaction, submitted: Submitted) -> int:
    """The newest event of an application's queue."""
    found = read_queue(tx, submitted.queue_id)
    assert found is not None
    return found.sequence


async def test_a_pause_keeps_place_and_date(database: Database, people: People) -> None:
    def rest(tx: Transaction) -> tuple[int | None, str | None, Application]:
        submitted = one(tx, people)
        paused = pause(tx, read(tx, submitted), PauseCause.BY_PARENT)
        where = place(tx, submitted)
        reason = read(tx, submitted).pause_reason
        return where, reason, resume(tx, paused)

    where, reason, resumed = await database.write(rest)

    assert (where, reason) == (1, PauseCause.BY_PARENT.value)
    assert resumed.paused_at is None


async def test_the_pattern_is_carried_over_where_the_policy_says_so(
    database: Database, people: People
) -> None:
    def refer(tx: Transaction) -> list[int | None]:
        first = [
            one(tx, people, queue_class=QueueClass.FIRST_PRIORITY, submitted_at=tx.now + timedelta(i))
            for i in range(2)
        ]
        general = [one(tx, people, submitted_at=tx.now + timedelta(i)) for i in range(5)]
        set_status(tx, read(tx, first[0]), Happening.REFERRED, carry_pattern=True)
        return [place(tx, each) for each in [*general, first[1]]]

    assert await database.write(refer) == [1, 2, 3, 5, 6, 4]


async def test_the_journal_never_goes_back_in_time(
    database: Database, people: People, clock: SetClock
) -> None:
    await database.write(lambda tx: one(tx, people))
    clock.at -= timedelta(hours=1)

    await database.write(lambda tx: one(tx, people))

    instants = select(place_event.c.at).order_by(place_event.c.sequence)
    first, second = await database.read(lambda tx: list(tx.conn.execute(instants).scalars()))
    assert second == first


async def test_what_was_told_is_not_told_again(database: Database, people: People) -> None:
    def tell(tx: Transaction) -> tuple[int, int]:
        submitted = one(tx, people)
        told(tx, submitted.application_id, 7)
        told(tx, submitted.application_id, 3)
        return read(tx, submitted).told_sequence, submitted.entered.state.sequence

    assert await database.write(tell) == (7, 1)


async def test_an_explanation_does_not_reach_back_before_a_load(database: Database, people: People) -> None:
    def load(tx: Transaction) -> tuple[int, int | None, int]:
        mine = one(tx, people)
        earlier = tx.now - timedelta(days=1)
        fill_queue(tx, mine.queue_id, [people.application(tx, submitted_at=earlier) for _ in range(5)])
        one(tx, people, queue_class=QueueClass.OUT_OF_QUEUE)
        move = explain(tx, mine.application_id, mine.entered.state.sequence)
        assert move is not None
        return move.before, move.after, len(move.reasons)

    assert await database.write(load) == (6, 7, 1)


async def test_a_queue_is_made_once_and_found_again(database: Database, people: People) -> None:
    def twice(tx: Transaction) -> tuple[int | None, int, int, int | None]:
        which = (people.territory_id, QueueKind.GENERAL, BIRTH_YEAR)
        return find_queue(tx, *which), queue_for(tx, *which), queue_for(tx, *which), find_queue(tx, *which)

    before, made, again, after = await database.write(twice)

    assert before is None
    assert made == again == after


async def test_a_load_counts_all_and_gives_each_its_own_number(database: Database, people: People) -> None:
    def load(tx: Transaction) -> tuple[list[int | None], set[int]]:
        queue_id = queue_for(tx, people.territory_id, QueueKind.GENERAL, BIRTH_YEAR)
        new: list[NewApplication] = [
            people.application(
                tx, submitted_at=tx.now + timedelta(minutes=i), number=9_000 if i == 3 else None
            )
            for i in range(30)
        ]
        state = fill_queue(tx, queue_id, new)
        assert (state.sequence, state.sizes.general) == (1, 30)
        in_order = select(application.c.id, application.c.number).order_by(application.c.submitted_at)
        rows = tx.conn.execute(in_order).all()
        found = [place_of(tx, row.id) for row in rows]
        return [now.place if now else None for now in found], {row.number for row in rows}

    places, numbers = await database.write(load)

    assert places == list(range(1, 31))
    assert len(numbers) == 30
    assert 9_000 in numbers


async def test_the_database_itself_refuses_a_second_live_application(
    database: Database, people: People
) -> None:
    def spoil(tx: Transaction) -> None:
        new = people.application(tx)
        old = submit(tx, new)
        set_status(tx, read(tx, old), Happening.WITHDRAWN)
        submit(tx, new)
        back = update(application).where(application.c.id == old.application_id)
        tx.conn.execute(back.values(status="suspended", ended_at=None))

    with pytest.raises(IntegrityError):
        await database.write(spoil)


@pytest.mark.parametrize("queue_class", QueueClass)
async def test_the_place_that_a_change_of_class_would_give_is_the_one_it_gives(
    database: Database, people: People, queue_class: QueueClass
) -> None:
    def change(tx: Transaction) -> tuple[int, int | None, int]:
        for each in (0, 1, 1, 2, 2, 2, 2, 2):
            at = tx.now - timedelta(hours=each)
            one(tx, people, queue_class=QueueClass(each), submitted_at=at)
        mine = one(tx, people, queue_class=QueueClass.FIRST_PRIORITY)
        before = read(tx, mine)
        told = would_be(tx, before.queue_id, queue_class, before.key, instead_of=before.queue_class)
        set_class(tx, before, queue_class)
        return told.place, place(tx, mine), told.size

    told, got, size = await database.write(change)

    assert (told, size) == (got, 9)


async def test_the_place_that_a_return_would_give_is_the_one_it_gives(
    database: Database, people: People
) -> None:
    def come_back(tx: Transaction) -> tuple[tuple[int, int], int | None]:
        mine = one(tx, people, submitted_at=tx.now - timedelta(days=1))
        for each in (1, 2, 2):
            one(tx, people, queue_class=QueueClass(each))
        withdrawn = set_status(tx, read(tx, mine), Happening.WITHDRAWN).application
        told = would_be(tx, withdrawn.queue_id, withdrawn.queue_class, withdrawn.key)
        back = set_status(tx, withdrawn, Happening.RESTORED)
        assert back.entered is not None
        return (told.place, told.size), back.entered.place

    assert await database.write(come_back) == ((2, 4), 2)


async def test_what_is_recent_of_a_place_ends_where_it_was_asked_to_or_with_the_joining(
    database: Database, people: People
) -> None:
    def look(tx: Transaction) -> list[tuple[list[int | None], bool]]:
        mine = one(tx, people)
        for _ in range(4):
            one(tx, people, queue_class=QueueClass.OUT_OF_QUEUE)
        asked = [recent(tx, mine.application_id, events) for events in (2, 5, 100)]
        return [([step.after for step in each.steps], each.whole) for each in asked]

    assert await database.write(look) == [([4, 5], False), ([2, 3, 4, 5], True), ([2, 3, 4, 5], True)]


async def test_of_one_that_was_out_of_the_queue_all_the_time_nothing_recent_is_told(
    database: Database, people: People
) -> None:
    def look(tx: Transaction) -> tuple[list[Step], bool]:
        mine = one(tx, people)
        set_status(tx, read(tx, mine), Happening.WITHDRAWN)
        for _ in range(5):
            one(tx, people)
        return recent(tx, mine.application_id, 3)

    assert await database.write(look) == ([], False)
