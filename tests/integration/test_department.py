"""What the education department decides: privileges by their documents, documents seen, tasks answered."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot import register_answers
from bot.department import documents_seen, privileges, tasks
from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from bot.ports.embedded_register import made_up_person
from domain.application import QueueClass
from domain.errors import AlreadyDecided, DecisionNeeded, DecisionRefused, ReasonBadLength
from domain.notice import Deed, Told
from domain.policy import Policy
from domain.privilege import PrivilegeState
from storage import department_tasks, documents, file_rows, guardians, privilege_changes, staff, task_closing
from storage import privileges as stored
from storage.database import Database
from storage.department_tasks import TaskKind
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.register_subjects import the_child, the_parent
from storage.tables import child, parent
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.inboxes import facts, noted, told
from tests.integration.inboxes import tasks as tasks_of
from tests.integration.rows import add_parent
from tests.integration.unverified_families import Family, Town

SERVICEMAN, LARGE = "serviceman", "large_family"
REASON = "Анықтаманың мерзімі өткен"


@pytest.fixture
async def town(database: Database) -> Town:
    """A territory with a policy."""
    return await database.write(Town.founded)


@pytest.fixture
async def family(database: Database, town: Town) -> Family:
    """A family behind two others."""
    for _ in range(2):
        await database.write(town.family)
    return await database.write(town.family)


@pytest.fixture
async def officer(database: Database) -> Officer:
    """Somebody of the department."""
    return await database.write(employed)


def employed(tx: Transaction) -> Officer:
    """Write an officer down."""
    staff_id = staff.add(
        tx,
        login=f"officer-{new_id()}",
        password_hash="-",
        role="department",
        language="kk",
        territories=[],
        kindergartens=[],
        at=tx.now,
    )
    return Officer(staff_id)


def claims_with_document(tx: Transaction, family: Family, code: str = SERVICEMAN) -> int:
    """The parent names a privilege and sends a page; its id."""
    rule = Policy().privilege(code)
    assert rule is not None
    change = privilege_changes.claim(tx, family.application_id, rule)
    assert change is not None
    page = NewFile(new_id(), "document", "", "image/jpeg", 7, b"\1" * 32, f"files/{new_id()}", "1")
    file_rows.add(tx, page)
    documents.attach_to_application(tx, family.application_id, page.id, code)
    department_tasks.add(
        tx,
        TaskKind.PRIVILEGE_DOCUMENT,
        tx.now,
        parent_id=family.parent_id,
        application_id=family.application_id,
        data={"privilege": code},
    )
    return change.privilege.id


async def stands(database: Database, family: Family) -> tuple[QueueClass, PrivilegeState]:
    """The application's class, and the state of its one privilege."""

    def read(tx: Transaction) -> tuple[QueueClass, PrivilegeState]:
        (known,) = stored.of_application(tx, family.application_id)
        return family.application(tx).queue_class, known.privilege.state

    return await database.read(read)


# --- privileges -----------------------------------------------------------------------------


async def test_a_document_that_proves_a_privilege_moves_the_application_and_is_told(
    database: Database, family: Family, officer: Officer
) -> None:
    privilege_id = await database.write(lambda tx: claims_with_document(tx, family))
    before = await database.read(family.application)

    audited = await database.write(lambda tx: privileges.confirm(tx, officer, privilege_id))

    after = await database.read(family.application)
    assert await stands(database, family) == (QueueClass.OUT_OF_QUEUE, PrivilegeState.CONFIRMED)
    assert after.submitted_at == before.submitted_at
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]
    assert (await facts(database, family.parent_id))["place"] == 1
    assert await noted(database, family.parent_id) == [(officer.actor, Deed.PRIVILEGE_CONFIRMED)]
    assert await tasks_of(database) == [("privilege_document", {"privilege": SERVICEMAN}, "confirmed")]
    assert await states_of_documents(database, family) == [("confirmed", START)]
    assert audited == Audited(
        officer.actor,
        "privilege_confirmed",
        f"privilege:{privilege_id}",
        {"privilege": SERVICEMAN, "application": family.application_id},
    )


async def states_of_documents(database: Database, family: Family) -> list[tuple[str, object]]:
    """What became of the pages, and when."""
    found = await database.read(lambda tx: documents.of_application(tx, family.application_id))
    return [(each.state, each.decided_at) for each in found]


async def test_a_document_that_proves_nothing_is_refused_with_a_reason(
    database: Database, family: Family, officer: Officer
) -> None:
    privilege_id = await database.write(lambda tx: claims_with_document(tx, family))

    await database.write(lambda tx: privileges.refuse(tx, officer, privilege_id, f"  {REASON}\n"))

    assert await stands(database, family) == (QueueClass.GENERAL, PrivilegeState.REFUSED)
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_REFUSED]
    assert (await facts(database, family.parent_id))["reason"] == REASON
    assert await noted(database, family.parent_id) == [(officer.actor, Deed.PRIVILEGE_REFUSED)]
    assert await tasks_of(database) == [("privilege_document", {"privilege": SERVICEMAN}, "refused")]
    assert await states_of_documents(database, family) == [("refused", START)]


@pytest.mark.parametrize(("reason", "length"), [("", 0), ("  no ", 2), ("x" * 501, 501)])
async def test_a_refusal_needs_a_reason_of_some_words(
    database: Database, family: Family, officer: Officer, reason: str, length: int
) -> None:
    privilege_id = await database.write(lambda tx: claims_with_document(tx, family))

    with pytest.raises(ReasonBadLength) as refused:
        await database.write(lambda tx: privileges.refuse(tx, officer, privilege_id, reason))

    assert refused.value == ReasonBadLength(length, 5, 500)
    assert await stands(database, family) == (QueueClass.GENERAL, PrivilegeState.UNDER_REVIEW)


async def test_what_is_decided_is_not_decided_again(
    database: Database, family: Family, officer: Officer
) -> None:
    privilege_id = await database.write(lambda tx: claims_with_document(tx, family))
    await database.write(lambda tx: privileges.confirm(tx, officer, privilege_id))

    for again in (confirms(officer, privilege_id), refuses(officer, privilege_id)):
        with pytest.raises(AlreadyDecided):
            await database.write(again)

    assert await stands(database, family) == (QueueClass.OUT_OF_QUEUE, PrivilegeState.CONFIRMED)
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]


def confirms(officer: Officer, privilege_id: int) -> Callable[[Transaction], Audited]:
    """A colleague presses yes."""
    return partial(privileges.confirm, officer=officer, privilege_id=privilege_id)


def refuses(officer: Officer, privilege_id: int) -> Callable[[Transaction], Audited]:
    """A colleague presses no."""
    return partial(privileges.refuse, officer=officer, privilege_id=privilege_id, reason=REASON)


async def test_what_the_parent_has_dropped_is_not_decided(
    database: Database, family: Family, officer: Officer
) -> None:
    privilege_id = await database.write(lambda tx: claims_with_document(tx, family))
    await database.write(lambda tx: privilege_changes.drop(tx, privilege_id))

    with pytest.raises(AlreadyDecided):
        await database.write(confirms(officer, privilege_id))

    assert await stands(database, family) == (QueueClass.GENERAL, PrivilegeState.DROPPED)


async def test_for_its_own_privileges_the_register_answers_and_not_the_department(
    database: Database, family: Family, officer: Officer
) -> None:
    privilege_id = await database.write(lambda tx: claims_with_document(tx, family, LARGE))

    with pytest.raises(AlreadyDecided):
        await database.write(confirms(officer, privilege_id))


async def test_an_unknown_privilege_is_decided_by_nobody(database: Database, officer: Officer) -> None:
    with pytest.raises(AlreadyDecided):
        await database.write(confirms(officer, 7))


# --- objections -----------------------------------------------------------------------------


@pytest.fixture
async def objected(database: Database, family: Family) -> int:
    """A privilege that was lost, and objected to; its id."""
    rule = Policy().privilege(LARGE)
    assert rule is not None

    def object_to_loss(tx: Transaction) -> int:
        change = privilege_changes.claim(tx, family.application_id, rule, confirmed=True)
        assert change is not None
        privilege_id = change.privilege.id
        privilege_changes.answer(tx, privilege_id, confirmed=False)
        privilege_changes.object_to_loss(tx, privilege_id)
        data = {"privilege": LARGE, "privilege_id": privilege_id}
        department_tasks.add(
            tx, TaskKind.PRIVILEGE_OBJECTION, tx.now, application_id=family.application_id, data=data
        )
        return privilege_id

    return await database.write(object_to_loss)


async def test_an_objection_that_is_right_brings_the_class_back(
    database: Database, family: Family, officer: Officer, objected: int
) -> None:
    await database.write(confirms(officer, objected))

    assert await stands(database, family) == (QueueClass.FIRST_PRIORITY, PrivilegeState.CONFIRMED)
    assert await told(database, family.parent_id) == [Told.PRIVILEGE_CONFIRMED]


async def test_an_objection_that_is_not_right_changes_nothing_and_is_answered_once(
    database: Database, family: Family, officer: Officer, objected: int
) -> None:
    await database.write(refuses(officer, objected))
    with pytest.raises(AlreadyDecided):
        await database.write(refuses(officer, objected))

    assert await stands(database, family) == (QueueClass.GENERAL, PrivilegeState.LOST)
    assert await told(database, family.parent_id) == [Told.OBJECTION_REFUSED]
    assert (await facts(database, family.parent_id))["reason"] == REASON
    assert await noted(database, family.parent_id) == [(officer.actor, Deed.OBJECTION_REFUSED)]


# --- documents seen -------------------------------------------------------------------------


async def test_a_parent_without_an_iin_whose_document_was_seen_is_verified(
    database: Database, family: Family, officer: Officer
) -> None:
    await database.write(lambda tx: verified_child(tx, family))

    def without_iin(tx: Transaction) -> None:
        tx.conn.execute(parent.update().values(iin=None, iin_index=None))
        about = {"parent_id": family.parent_id, "application_id": family.application_id}
        department_tasks.add(tx, TaskKind.NO_IIN, tx.now, **about)  # type: ignore[arg-type]

    await database.write(without_iin)

    await database.write(lambda tx: documents_seen.seen(tx, officer, the_parent(family.parent_id)))

    assert (await database.read(family.application)).unverified is False
    assert await tasks_of(database) == [("no_iin", {}, "confirmed")]
    assert await told(database, family.parent_id) == [Told.DATA_CONFIRMED]
    assert await noted(database, family.parent_id) == [(officer.actor, Deed.DATA_CONFIRMED)]


def verified_child(tx: Transaction, family: Family) -> None:
    """The register has confirmed the child."""
    of_family = child.c.id == family.child_id
    tx.conn.execute(child.update().where(of_family).values(verified_at=tx.now))


async def test_a_difference_ends_when_staff_saw_the_document(
    database: Database, town: Town, officer: Officer, clock: SetClock
) -> None:
    family = await database.write(lambda tx: town.family(tx, child_typed="Басқаев"))
    other = await database.write(lambda tx: add_second_parent(tx, family))
    await database.write(lambda tx: register_says(tx, family))
    clock.advance(timedelta(days=1))

    await database.write(lambda tx: documents_seen.seen(tx, officer, the_child(family.child_id)))

    assert await tasks_of(database) == [("register_differs", {"fields": ["surname"]}, "confirmed")]
    for parent_id in (family.parent_id, other):
        assert await told(database, parent_id) == [Told.REGISTER_DIFFERS, Told.DATA_CONFIRMED]
    with pytest.raises(AlreadyDecided):
        await database.write(lambda tx: documents_seen.seen(tx, officer, the_child(family.child_id)))


def register_says(tx: Transaction, family: Family) -> None:
    """About the child, what was made up."""
    register_answers.take(tx, the_child(family.child_id), made_up_person(family.child))


def add_second_parent(tx: Transaction, family: Family) -> int:
    """Somebody who is joined to the child, too."""
    other = add_parent(tx)
    guardians.join(tx, other, family.child_id, "agreed", tx.now)
    return other


async def test_a_guardian_whose_document_was_seen_is_believed_also_after_an_answer(
    database: Database, town: Town, officer: Officer
) -> None:
    family, guardian = [await database.write(town.family) for _ in range(2)]
    named = replace(made_up_person(guardian.child), parents=(family.parent,))

    def confirmed_but_for_the_guardian(tx: Transaction) -> None:
        tx.conn.execute(parent.update().values(verified_at=tx.now))
        register_answers.take(tx, the_child(guardian.child_id), named)

    await database.write(confirmed_but_for_the_guardian)
    (task,) = await database.read(
        lambda tx: task_closing.of_application(tx, guardian.application_id, TaskKind.GUARDIANSHIP)
    )
    await database.write(lambda tx: tasks.answer(tx, officer, task.id, "Құжатты алып келіңіз"))
    answered = (await database.read(guardian.application)).unverified

    await database.write(lambda tx: documents_seen.guardian_seen(tx, officer, guardian.application_id))

    assert (answered, (await database.read(guardian.application)).unverified) == (True, False)
    with pytest.raises(AlreadyDecided):
        await database.write(lambda tx: documents_seen.guardian_seen(tx, officer, guardian.application_id))


# --- answers --------------------------------------------------------------------------------


async def test_a_task_is_closed_with_an_answer_that_the_parents_read(
    database: Database, town: Town, officer: Officer, clock: SetClock
) -> None:
    family = await database.write(lambda tx: town.family(tx, child_typed="Басқаев"))
    await database.write(lambda tx: register_says(tx, family))
    (task,) = await database.read(
        lambda tx: task_closing.about(tx, the_child(family.child_id), TaskKind.REGISTER_DIFFERS)
    )
    clock.advance(timedelta(days=1))

    await database.write(lambda tx: tasks.answer(tx, officer, task.id, REASON))

    assert await tasks_of(database) == [("register_differs", {"fields": ["surname"]}, "seen")]
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS, Told.DEPARTMENT_ANSWERED]
    assert (await facts(database, family.parent_id))["reason"] == REASON
    assert (await noted(database, family.parent_id))[-1] == (officer.actor, Deed.DEPARTMENT_ANSWERED)
    with pytest.raises(AlreadyDecided):
        await database.write(lambda tx: tasks.answer(tx, officer, task.id, REASON))


async def test_a_stranger_who_says_to_be_the_guardian_is_answered_without_the_childs_name(
    database: Database, family: Family, town: Town, officer: Officer
) -> None:
    def asks(tx: Transaction) -> int:
        stranger = town.family(tx).parent_id
        department_tasks.add(tx, TaskKind.GUARDIANSHIP, tx.now, parent_id=stranger, child_id=family.child_id)
        return stranger

    stranger = await database.write(asks)
    (task,) = await database.read(
        lambda tx: task_closing.about(tx, the_child(family.child_id), TaskKind.GUARDIANSHIP)
    )

    await database.write(lambda tx: tasks.answer(tx, officer, task.id, REASON))

    assert await told(database, stranger) == [Told.DEPARTMENT_ANSWERED]
    assert "child" not in await facts(database, stranger)
    assert await told(database, family.parent_id) == []


async def test_a_privilege_is_not_left_hanging_by_an_answer(
    database: Database, family: Family, officer: Officer
) -> None:
    await database.write(lambda tx: claims_with_document(tx, family))
    (task,) = await database.read(
        lambda tx: task_closing.of_application(tx, family.application_id, TaskKind.PRIVILEGE_DOCUMENT)
    )

    with pytest.raises(DecisionNeeded):
        await database.write(lambda tx: tasks.answer(tx, officer, task.id, REASON))


# --- two at once ----------------------------------------------------------------------------


async def outcome(database: Database, work: Callable[[Transaction], Audited]) -> str:
    """What came of it: what was done, or that a colleague was first."""
    try:
        return (await database.write(work)).what
    except DecisionRefused as refusal:
        return type(refusal).__name__


@pytest.mark.postgresql
@pytest.mark.parametrize("attempt", range(4))
async def test_of_two_officers_who_decide_at_once_one_does(postgres: Database, attempt: int) -> None:
    town = await postgres.write(Town.founded)
    family = await postgres.write(town.family)
    privilege_id = await postgres.write(lambda tx: claims_with_document(tx, family))
    first, second = [await postgres.write(employed) for _ in range(2)]

    came = await asyncio.gather(
        outcome(postgres, confirms(first, privilege_id)), outcome(postgres, refuses(second, privilege_id))
    )

    assert came.count("AlreadyDecided") == 1
    assert len(await told(postgres, family.parent_id)) == 1
    state = {"privilege_confirmed": PrivilegeState.CONFIRMED, "AlreadyDecided": PrivilegeState.REFUSED}[
        came[0]
    ]
    assert (await stands(postgres, family))[1] is state


@pytest.mark.postgresql
@pytest.mark.parametrize("attempt", range(4))
async def test_a_document_is_seen_once_by_two_officers(postgres: Database, attempt: int) -> None:
    town = await postgres.write(Town.founded)
    family = await postgres.write(town.family)
    officers = [await postgres.write(employed) for _ in range(2)]

    came = await asyncio.gather(
        *(
            outcome(
                postgres, partial(documents_seen.seen, officer=each, subject=the_parent(family.parent_id))
            )
            for each in officers
        )
    )

    assert sorted(came) == ["AlreadyDecided", "document_seen"]
    assert await told(postgres, family.parent_id) == [Told.DATA_CONFIRMED]
