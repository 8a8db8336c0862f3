"""What follows when the register answers about somebody whose names were typed while it was down."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from bot import register_answers
from bot.ports.embedded_register import made_up_person
from bot.ports.state_register import Person
from bot.register_answers import Verdict
from domain.application import QueueClass
from domain.iin import Sex
from domain.notice import Deed, Told
from storage import guardians, people, task_closing, verification
from storage.database import Database
from storage.department_tasks import TaskKind
from storage.queue_places import place_of
from storage.register_subjects import Subject, the_child, the_parent
from storage.task_closing import Outcome
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.inboxes import facts, noted, tasks, told
from tests.integration.rows import add_parent
from tests.integration.unverified_families import Family, Town

DAY = timedelta(days=1)
SURNAME = {"fields": ["surname"]}


@pytest.fixture
async def town(database: Database) -> Town:
    """A territory with a policy."""
    return await database.write(Town.founded)


async def answers(database: Database, subject: Subject, person: Person | None) -> Verdict:
    """The register answers about somebody."""
    return await database.write(partial(register_answers.take, subject=subject, answer=person))


async def agrees_about_parent(database: Database, family: Family) -> Verdict:
    """It says what was made up."""
    return await answers(database, the_parent(family.parent_id), made_up_person(family.parent))


async def agrees_about_child(database: Database, family: Family) -> Verdict:
    """It says what was made up."""
    return await answers(database, the_child(family.child_id), made_up_person(family.child))


async def is_unverified(database: Database, family: Family) -> bool:
    """Whether the application still carries its mark."""
    return await database.read(lambda tx: family.application(tx).unverified)


async def test_the_mark_goes_when_the_register_agrees_about_both(database: Database, town: Town) -> None:
    family = await database.write(town.family)

    about_parent = await agrees_about_parent(database, family)
    after_one = await is_unverified(database, family)
    about_child = await agrees_about_child(database, family)

    assert (about_parent, after_one) == (Verdict.AGREES, True)
    assert (about_child, await is_unverified(database, family)) == (Verdict.AGREES, False)
    assert await tasks(database) == []
    assert await told(database, family.parent_id) == []
    assert await noted(database, family.parent_id) == [("register", Deed.DATA_CONFIRMED)] * 2


async def test_the_registers_own_spelling_is_taken(database: Database, town: Town) -> None:
    spelt = "  " + made_up_person(town.next_parent).surname.upper()
    family = await database.write(lambda tx: town.family(tx, spelt))

    await agrees_about_parent(database, family)

    words = await database.read(lambda tx: people.words_of_parent(tx, family.parent_id))
    assert words["surname"] == made_up_person(family.parent).surname


async def test_a_parent_of_whom_nothing_was_typed_is_named_by_the_register(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)
    nameless = {"surname": None, "name": None, "patronymic": None, "birth_date": None}
    await database.write(
        lambda tx: tx.conn.execute(the_parent(family.parent_id).table.update().values(nameless))
    )

    verdict = await agrees_about_parent(database, family)

    words = await database.read(lambda tx: people.words_of_parent(tx, family.parent_id))
    assert (verdict, words["name"]) == (Verdict.AGREES, made_up_person(family.parent).name)


async def test_a_difference_goes_to_the_department_and_nothing_happens_by_itself(
    database: Database, town: Town
) -> None:
    family = await database.write(lambda tx: town.family(tx, "Басқаева"))
    before = await standing(database, family)

    verdict = await agrees_about_parent(database, family)

    assert verdict is Verdict.DIFFERS
    assert await standing(database, family) == before
    assert await tasks(database) == [("register_differs", SURNAME, None)]
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]
    assert await facts(database, family.parent_id) == SURNAME
    assert await noted(database, family.parent_id) == [("register", Deed.DATA_DIFFERS)]


async def standing(database: Database, family: Family) -> tuple[Any, ...]:
    """The application, its place, and what is known of the parent."""

    def read(tx: Transaction) -> tuple[Any, ...]:
        known = verification.known(tx, the_parent(family.parent_id))
        return family.application(tx), place_of(tx, family.application_id), known.typed, known.verified_at

    return await database.write(read)


@pytest.mark.parametrize("times", [1, 3])
async def test_the_same_difference_is_told_once(database: Database, town: Town, times: int) -> None:
    family = await database.write(lambda tx: town.family(tx, child_typed="Басқаев"))

    for _ in range(times):
        await agrees_about_child(database, family)

    assert await tasks(database) == [("register_differs", SURNAME, None)]
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]


async def test_both_parents_are_told_of_a_difference_about_their_child(
    database: Database, town: Town
) -> None:
    family = await database.write(lambda tx: town.family(tx, child_typed="Басқаев"))
    other = await database.write(lambda tx: add_second_parent(tx, family))

    await agrees_about_child(database, family)

    expected = SURNAME | {"child": made_up_person(family.child).name}
    assert await facts(database, family.parent_id) == expected
    assert await facts(database, other) == expected


def add_second_parent(tx: Transaction, family: Family) -> int:
    """Somebody who is joined to the child, too."""
    other = add_parent(tx)
    guardians.join(tx, other, family.child_id, "agreed", tx.now)
    return other


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"birth_date": date(2023, 10, 8)}, ["birth_date"]),
        ({"sex": Sex.FEMALE}, ["sex"]),
        ({"surname": "Басқаев", "name": "Басқа", "patronymic": "Басқаұлы"},
         ["surname", "given_name", "patronymic"]),
    ],
)  # fmt: skip
async def test_a_register_that_contradicts_the_iin_is_a_difference_too(
    database: Database, town: Town, said: dict[str, Any], fields: list[str]
) -> None:
    family = await database.write(town.family)

    person = replace(made_up_person(family.child), **said)
    verdict = await answers(database, the_child(family.child_id), person)

    assert verdict is Verdict.DIFFERS
    assert await tasks(database) == [("register_differs", {"fields": fields}, None)]


async def test_somebody_unknown_goes_to_the_department(database: Database, town: Town) -> None:
    family = await database.write(town.family)

    verdicts = [await answers(database, the_child(family.child_id), None) for _ in range(2)]

    assert verdicts == [Verdict.UNKNOWN] * 2
    assert await tasks(database) == [("not_in_register", {}, None)]
    assert await told(database, family.parent_id) == [Told.NOT_IN_REGISTER]


async def test_another_answer_takes_the_place_of_the_earlier_one(
    database: Database, town: Town, clock: SetClock
) -> None:
    family = await database.write(lambda tx: town.family(tx, child_typed="Басқаев"))

    await answers(database, the_child(family.child_id), None)
    clock.advance(DAY)
    await agrees_about_child(database, family)

    assert await tasks(database) == [
        ("not_in_register", {}, "replaced"),
        ("register_differs", SURNAME, None),
    ]
    assert await told(database, family.parent_id) == [Told.NOT_IN_REGISTER, Told.REGISTER_DIFFERS]


async def test_what_was_open_is_closed_and_told_when_the_register_agrees_later(
    database: Database, town: Town, clock: SetClock
) -> None:
    family = await database.write(town.family)
    await answers(database, the_child(family.child_id), None)
    clock.advance(DAY)

    await agrees_about_child(database, family)

    assert await tasks(database) == [("not_in_register", {}, "agreed")]
    assert await told(database, family.parent_id) == [Told.NOT_IN_REGISTER, Told.DATA_CONFIRMED]


async def test_what_the_department_has_looked_at_is_not_laid_before_it_again(
    database: Database, town: Town
) -> None:
    family = await database.write(lambda tx: town.family(tx, "Басқаева"))
    await agrees_about_parent(database, family)
    await database.write(lambda tx: close_all(tx, the_parent(family.parent_id)))

    await agrees_about_parent(database, family)

    assert await tasks(database) == [("register_differs", SURNAME, "seen")]
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]


def close_all(tx: Transaction, subject: Subject) -> None:
    """The department closes what there is."""
    for each in task_closing.about(tx, subject, *TaskKind):
        task_closing.close(tx, each.id, Outcome.SEEN, tx.now)


async def test_each_territory_gets_a_task_and_the_parent_is_told_once(database: Database, town: Town) -> None:
    family = await database.write(lambda tx: town.family(tx, "Басқаева"))
    other_town = await database.write(lambda tx: Town.founded(tx, "other"))
    await database.write(lambda tx: other_town.applies(tx, family.parent_id, family.child_id))

    await agrees_about_parent(database, family)

    assert await tasks(database) == [("register_differs", SURNAME, None)] * 2
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]


async def test_a_territory_that_comes_later_gets_its_own_task_without_new_noise(
    database: Database, town: Town
) -> None:
    family = await database.write(lambda tx: town.family(tx, "Басқаева"))
    await agrees_about_parent(database, family)
    other_town = await database.write(lambda tx: Town.founded(tx, "other"))
    await database.write(lambda tx: other_town.applies(tx, family.parent_id, family.child_id))

    await agrees_about_parent(database, family)

    assert await tasks(database) == [("register_differs", SURNAME, None)] * 2
    assert await told(database, family.parent_id) == [Told.REGISTER_DIFFERS]


async def test_the_register_may_change_its_own_words(database: Database, town: Town, clock: SetClock) -> None:
    family = await database.write(town.family)
    await agrees_about_child(database, family)
    clock.advance(timedelta(days=91))

    adopted = replace(made_up_person(family.child), surname="Басқаев")
    verdict = await answers(database, the_child(family.child_id), adopted)

    assert verdict is Verdict.AGREES
    assert await database.read(lambda tx: people.words_of_child(tx, family.child_id)["surname"]) == "Басқаев"
    assert await tasks(database) == []


# --- staff saw the document -----------------------------------------------------------------


async def test_the_words_of_a_document_that_staff_saw_stand_beside_the_registers(
    database: Database, town: Town
) -> None:
    family = await database.write(lambda tx: town.family(tx, child_typed="Басқаев"))
    child = the_child(family.child_id)
    await database.write(lambda tx: verification.vouched_by_staff(tx, child, tx.now))
    privileged = replace(made_up_person(family.child), privileges=("large_family",))

    verdict = await answers(database, child, privileged)

    known = await database.write(lambda tx: verification.known(tx, child))
    assert verdict is Verdict.AGREES
    assert (known.typed and known.typed.surname, known.by_staff) == ("Басқаев", True)
    assert (await database.read(family.application)).queue_class is QueueClass.FIRST_PRIORITY
    assert await tasks(database) == []


async def test_a_register_that_agrees_after_all_takes_the_place_of_the_document(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)
    child = the_child(family.child_id)
    await database.write(lambda tx: verification.vouched_by_staff(tx, child, tx.now))

    await agrees_about_child(database, family)

    known = await database.write(lambda tx: verification.known(tx, child))
    assert (known.verified_at is not None, known.by_staff) == (True, False)


async def test_no_document_makes_a_register_right_that_contradicts_the_iin(
    database: Database, town: Town
) -> None:
    family = await database.write(town.family)
    child = the_child(family.child_id)
    await database.write(lambda tx: verification.vouched_by_staff(tx, child, tx.now))

    verdict = await answers(database, child, replace(made_up_person(family.child), sex=Sex.FEMALE))

    assert verdict is Verdict.DIFFERS


# --- the register names other parents -------------------------------------------------------


async def test_an_applicant_whom_the_register_does_not_name_is_looked_at_by_the_department(
    database: Database, town: Town
) -> None:
    family, stranger = [await database.write(town.family) for _ in range(2)]
    await agrees_about_parent(database, stranger)

    for _ in range(2):
        await names_parents(database, stranger, family)

    assert await is_unverified(database, stranger) is True
    assert await tasks(database) == [("guardianship", {}, None)]
    assert await told(database, stranger.parent_id) == [Told.NOT_NAMED_IN_REGISTER]


async def names_parents(database: Database, whose: Family, parents: Family) -> None:
    """The register names the parent of one family for the child of another."""
    child = replace(made_up_person(whose.child), parents=(parents.parent,))
    await answers(database, the_child(whose.child_id), child)


async def test_an_applicant_whom_the_register_names_loses_the_mark(database: Database, town: Town) -> None:
    family = await database.write(town.family)
    await agrees_about_parent(database, family)

    await names_parents(database, family, family)

    assert await is_unverified(database, family) is False
    joined = await database.read(lambda tx: guardians.guardians_of(tx, family.child_id))
    assert [(each.parent_id, each.how) for each in joined] == [(family.parent_id, "register")]


async def test_the_mark_goes_when_the_register_names_the_guardian_after_all(
    database: Database, town: Town
) -> None:
    family, guardian = [await database.write(town.family) for _ in range(2)]
    await agrees_about_parent(database, guardian)
    await names_parents(database, guardian, family)

    await database.write(lambda tx: close_all(tx, the_child(guardian.child_id)))
    await database.write(verification.clear_marks)
    answered = await is_unverified(database, guardian)
    await names_parents(database, guardian, guardian)

    assert (answered, await is_unverified(database, guardian)) == (True, False)
    assert await tasks(database) == [("guardianship", {}, "agreed")]
