"""Privileges of an application: by the register, by documents, and the two queues of special needs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.conversation.session import dump, load, place_of
from bot.flows import tries
from domain.application import QueueClass, QueueKind
from domain.iin import Iin
from domain.privilege import PrivilegeState
from domain.tries import TryLimit
from storage import applications, conversations, department_tasks, documents, people, privileges
from storage.applications import Application
from storage.tables import file
from storage.transaction import Transaction
from tests.conversation.applying import ADDRESS, becomes_the_father, chooses_the_daughter
from tests.conversation.house import House
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.person import Person
from tests.fakes.pictures import a_dark_page, a_page, a_pdf, a_small_page


def privileged(house: House, *codes: str) -> None:
    """The register knows these privileges of the daughter."""
    daughter = replace(NEWCOMERS.daughter, privileges=codes)
    house.register.people[daughter.iin] = daughter


async def comes_to_privileges(house: House, person: Person) -> None:
    """Everything before."""
    await becomes_the_father(house, person)
    await chooses_the_daughter(person)
    await person.says(ADDRESS)
    await person.taps("Either will do")


async def finishes(person: Person) -> None:
    """Everything after."""
    await person.taps("That's good")
    await person.taps("Confirm")


async def the_application(house: House, iin: Iin = NEWCOMERS.daughter.iin) -> Application:
    """The one application of a child."""

    def read(tx: Transaction) -> Application:
        child_id = people.find_child_by_iin(tx, iin)
        assert child_id is not None
        (only,) = applications.of_child(tx, child_id)
        return only

    found: Application = await house.write(read)
    return found


async def test_the_registers_privilege_counts_at_once(house: House, kind: str, language: str) -> None:
    privileged(house, "large_family", "of_another_country")
    person = await house.acquaintance(kind, language)
    await comes_to_privileges(house, person)
    assert person.reads(
        "The state register confirms: {privilege}. It counts by itself.", privilege=person.t("large family")
    )

    await person.taps("No, go on")
    await finishes(person)

    # 1 out of queue, then one of first priority and three of the others, four times; the fifth is next.
    assert person.reads("Place in the queue: {place}", place=18)
    assert (await the_application(house)).queue_class is QueueClass.FIRST_PRIORITY


async def test_a_privilege_that_the_register_took_back_meanwhile_does_not_count(house: House) -> None:
    privileged(house, "large_family")
    person = await house.acquaintance("whatsapp")
    await comes_to_privileges(house, person)
    await person.taps("No, go on")
    await person.taps("That's good")
    privileged(house)
    house.later(days=200)

    await person.taps("Confirm")
    await person.waits(lambda: person.t("Yes, that's me") in person.labels, "the name to be shown")
    await person.taps("Yes, that's me")
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")
    await person.taps("Yes, it's this child")
    await person.taps("Confirm")

    assert person.reads("Place in the queue: {place}", place=47)
    assert (await the_application(house)).queue_class is QueueClass.GENERAL


async def test_a_privilege_is_confirmed_when_the_register_said_so(house: House) -> None:
    privileged(house, "large_family")
    person = await house.acquaintance("whatsapp")
    await comes_to_privileges(house, person)
    await person.taps("No, go on")
    said_at = house.clock.read()
    house.later(hours=5)

    await finishes(person)

    found = (await the_application(house)).id
    [claimed] = await house.write(lambda tx: privileges.of_application(tx, found))
    assert claimed.privilege.confirmed_at is not None
    assert claimed.privilege.confirmed_at <= said_at < claimed.claimed_at


async def test_documents_of_several_pages_are_taken(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await comes_to_privileges(house, person)
    await person.taps("Serviceman")
    assert person.t("That's all") not in person.labels

    await person.sends_file("page 1.jpg", a_page())
    await person.waits(lambda: person.t.many(*HERE, 1) in person.sees, "the first page")
    await person.sends_file("page 2.pdf", a_pdf(2))
    await person.waits(lambda: person.t.many(*HERE, 2) in person.sees, "the second page")
    await person.taps("That's all")
    await person.taps("That's good")
    assert person.reads(
        "Privilege: {privilege}, files: {number}; the department looks at them",
        privilege=person.t("child of a serviceman"),
        number=2,
    )
    await person.taps("Confirm")

    assert person.reads("Place in the queue: {place}", place=47)
    application = await the_application(house)
    kept = await house.write(lambda tx: documents.of_application(tx, application.id))
    claimed = await house.write(lambda tx: privileges.of_application(tx, application.id))
    tasks = await house.write(lambda tx: department_tasks.open_of_application(tx, application.id))
    assert [each.content_type for each in kept] == ["image/jpeg", "application/pdf"]
    assert [(each.code, each.privilege.state) for each in claimed] == [
        ("serviceman", PrivilegeState.UNDER_REVIEW)
    ]
    assert [kind for _, kind in tasks] == [department_tasks.TaskKind.PRIVILEGE_DOCUMENT]
    assert application.queue_class is QueueClass.GENERAL


HERE = ("{number} file is here.", "{number} files are here.")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("dark.jpg", a_dark_page(), "This photo is too dark. Please take it again by a window or a lamp."),
        (
            "small.jpg",
            a_small_page(),
            "This picture is too small to read. Please send it larger, or take it closer.",
        ),
        ("song.mp3", b"ID3" + bytes(200), "I can take a photo or a PDF. This is something else."),
        (
            "photo.pdf",
            a_page(),
            "The file is not what its name says. Please save it anew, or take a photo of it.",
        ),
    ],
    ids=["dark", "small", "song", "mislabelled"],
)
async def test_a_file_that_is_no_good_is_said_to_be_so(
    house: House, language: str, name: str, content: bytes, words: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await comes_to_privileges(house, person)
    await person.taps("Serviceman")

    await person.sends_file(name, content)

    await person.hears(words)
    assert "That's all" not in person.named(*person.labels)


async def test_without_a_document_the_application_goes_on(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await comes_to_privileges(house, person)
    await person.taps("Serviceman")

    await person.taps("Go on without it")
    await finishes(person)

    assert person.reads("Place in the queue: {place}", place=47)
    application = await the_application(house)
    assert await house.write(lambda tx: privileges.of_application(tx, application.id)) == []


async def test_a_child_with_special_needs_is_asked_which_queue(
    house: House, kind: str, language: str
) -> None:
    privileged(house, "special_needs")
    person = await house.acquaintance(kind, language)
    await becomes_the_father(house, person)
    await person.taps(person.t("Born on {date}", date="09.10.2024"))
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")
    await person.taps("Yes, it's this child")

    await person.taps("Correctional queue")
    await person.says(ADDRESS)
    await person.taps("Either will do")
    await person.taps("No, go on")
    await finishes(person)

    assert person.reads("Place in the queue: {place}", place=1)
    assert (await the_application(house)).kind is QueueKind.CORRECTIONAL


async def test_a_child_with_special_needs_may_stay_in_the_general_queue(house: House) -> None:
    privileged(house, "special_needs")
    person = await house.acquaintance("whatsapp")
    await becomes_the_father(house, person)
    await person.taps(person.t("Born on {date}", date="09.10.2024"))
    await person.waits(lambda: person.t("Yes, it's this child") in person.labels, "the child to be shown")
    await person.taps("Yes, it's this child")

    await person.taps("General queue")
    await person.says(ADDRESS)
    await person.taps("Either will do")
    await person.taps("No, go on")
    await finishes(person)

    assert (await the_application(house)).queue_class is QueueClass.FIRST_PRIORITY


async def sends_pages(person: Person, number: int) -> None:
    """Pages, one after another, each looked at."""
    for each in range(1, number + 1):
        await person.sends_file(f"page {each}.jpg", a_page())
        await person.waits(lambda each=each: person.t.many(*HERE, each) in person.sees, f"page {each}")  # type: ignore[misc]


async def files_there(house: House) -> int:
    """How many files are kept and not deleted."""
    asked = select(func.count()).select_from(file).where(file.c.deleted_at.is_(None))
    found: int = await house.write(lambda tx: tx.conn.execute(asked).scalar_one())
    return found


async def test_a_look_that_was_left_keeps_nobody_waiting(house: House, parent: Person) -> None:
    await comes_to_privileges(house, parent)
    await parent.taps("Serviceman")
    await sends_pages(parent, 1)
    await house.write(lambda tx: _looks_for_ever(tx, parent))

    await parent.presses("back:apply")
    await parent.taps("Serviceman")
    assert not parent.reads("One moment, I am looking at what you sent.")
    await parent.taps("That's all")

    assert parent.t("That's good") in parent.labels


async def test_who_does_not_want_to_wait_for_the_last_page_goes_on_without_it(
    house: House, language: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await comes_to_privileges(house, person)
    await person.taps("Serviceman")
    await sends_pages(person, 1)
    await house.write(lambda tx: _looks_for_ever(tx, person))

    await person.taps("That's all")
    assert person.reads("I am still looking at what you sent last. To go on without it, press once more.")
    await person.taps("That's all")

    assert person.t("That's good") in person.labels


def _looks_for_ever(tx: Transaction, person: Person) -> None:
    """A file is being looked at, and nothing comes of it."""
    there = conversations.enter(tx, person.channel, person.chat)
    assert there.session is not None
    place = place_of(there.conversation_id)
    session = load(tx.vault.open_bytes(*place, there.session), there.step_token)
    assert session.form is not None
    session.form.draft["looking"] = [1]
    raw = dump(session)
    assert raw is not None
    conversations.leave(
        tx,
        there.conversation_id,
        session=tx.vault.seal_bytes(*place, raw),
        screen=there.screen,
        step_token=there.step_token,
        at=tx.now,
    )


async def test_pages_that_are_not_wanted_are_deleted_at_once(house: House, parent: Person) -> None:
    await comes_to_privileges(house, parent)
    await parent.taps("Serviceman")
    await sends_pages(parent, 2)
    assert await files_there(house) == 2

    await parent.taps("Go on without it")

    assert await files_there(house) == 0


async def test_files_are_looked_at_so_often_a_day(
    house: House, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "FILES_PER_PARENT", TryLimit(2, timedelta(days=1)))
    person = await house.acquaintance("whatsapp", language)
    await comes_to_privileges(house, person)
    await person.taps("Serviceman")
    await sends_pages(person, 2)

    await person.sends_file("page 3.jpg", a_page())

    await person.hears(
        "These were many files for one day. The next one can be sent from {moment} on.",
        moment=person.t.moment(house.clock.read() + timedelta(days=1)),
    )
    assert await files_there(house) == 2
