"""What the education department decides is read in the chat."""

import pytest

from bot.department import documents_seen, privileges, tasks
from bot.department.officer import Officer
from domain.policy import Policy
from storage import department_tasks, privilege_changes, staff, task_closing
from storage.department_tasks import TaskKind
from storage.register_subjects import the_child, the_parent
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed
from tests.conversation.unconfirmed import child_of, typed_while_it_was_down

REASON = "Анықтаманың мерзімі өткен: <b>жаңасын</b> *жіберіңіз*"
CHILD = ALDABEKOVS.child.person


@pytest.fixture
async def family(house: House, language: str) -> Person:
    """The parent of a family in the queue, signed in, in each language."""
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")
    return person


def an_officer(tx: Transaction) -> Officer:
    """Somebody of the department."""
    rights = {"role": "department", "language": "kk", "territories": [], "kindergartens": []}
    return Officer(staff.add(tx, login="officer", password_hash="-", at=tx.now, **rights))  # type: ignore[arg-type]


async def claims(house: House, code: str, *, lost: bool = False) -> int:
    """The parent has named a privilege; or lost it, and objected. Its id."""
    rule = Policy().privilege(code)
    assert rule is not None
    application_id = house.world.application_of(ALDABEKOVS.child)

    def claim(tx: Transaction) -> int:
        change = privilege_changes.claim(tx, application_id, rule, confirmed=lost)
        assert change is not None
        if lost:
            privilege_changes.answer(tx, change.privilege.id, confirmed=False)
            privilege_changes.object_to_loss(tx, change.privilege.id)
            kind, data = TaskKind.PRIVILEGE_OBJECTION, {"privilege": code}
            department_tasks.add(tx, kind, tx.now, application_id=application_id, data=data)
        return change.privilege.id

    privilege_id: int = await house.write(claim)
    return privilege_id


async def test_a_document_that_was_good_moves_the_child_out_of_queue(house: House, family: Person) -> None:
    privilege_id = await claims(house, "serviceman")

    await house.write(lambda tx: privileges.confirm(tx, an_officer(tx), privilege_id))

    named = family.t("child of a serviceman")
    await family.hears("The privilege “{privilege}” is confirmed.", privilege=named)
    assert family.reads("Class: {name}", name=family.t("out of queue"))
    assert family.reads("Place in the queue: {place}", place=2)


async def test_a_refusal_says_why_in_the_officers_words(house: House, family: Person) -> None:
    privilege_id = await claims(house, "serviceman")

    await house.write(lambda tx: privileges.refuse(tx, an_officer(tx), privilege_id, REASON))

    named = family.t("child of a serviceman")
    await family.hears("The privilege “{privilege}” was not confirmed.", privilege=named)
    assert family.reads("Reason: {reason}", reason=REASON)
    assert family.reads("The application keeps its date. If this is a mistake, write to the operator.")


async def test_an_objection_that_is_not_agreed_to_is_answered(house: House, family: Person) -> None:
    privilege_id = await claims(house, "large_family", lost=True)

    await house.write(lambda tx: privileges.refuse(tx, an_officer(tx), privilege_id, REASON))

    named = family.t("large family")
    await family.hears(
        "The education department does not agree to your objection: {privilege}.", privilege=named
    )
    assert family.reads("Reason: {reason}", reason=REASON)
    assert family.reads("Application № {number} keeps its date.", number=ALDABEKOVS.child.number)


async def test_a_document_that_was_seen_ends_the_matter(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Басқаев")
    await house.asks_the_register()
    parent_id = house.world.parent_of(ALDABEKOVS)

    await house.write(lambda tx: documents_seen.seen(tx, an_officer(tx), the_parent(parent_id)))

    await family.hears("Your data is confirmed now. All is well.")
    house.later(days=2)
    asked = len(house.register.asked)
    await house.asks_the_register()
    assert len(house.register.asked) == asked


async def test_an_answer_of_the_department_is_read_as_it_was_written(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, child="Басқаева")
    await house.asks_the_register()
    about = the_child(await child_of(house, ALDABEKOVS))

    def answer(tx: Transaction) -> None:
        (task,) = task_closing.about(tx, about, TaskKind.REGISTER_DIFFERS)
        tasks.answer(tx, an_officer(tx), task.id, REASON)

    await house.write(answer)

    await family.hears("The education department answers: {reason}", reason=REASON)
    assert family.reads("Child: {name}", name=CHILD.name)
