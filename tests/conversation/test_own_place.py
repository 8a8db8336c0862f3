"""What the confirmed parent sees: the class, why the place moved, the queue around."""

from domain.application import QueueClass
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, PLACE, is_confirmed

CHILD = ALDABEKOVS.child
NAME = CHILD.person.name
MOVED = "On {date} the place was {before}, now it is {after}."
STANDS = "The place is {place}. It has not moved since {date}."
TODAY = "20.11.2026"
JOINED = ("joined out of queue: {number}", "joined out of queue: {number}")
FIRST = ("joined with first priority: {number}", "joined with first priority: {number}")
NO_PLACE = "The application has no place in the queue at present."


async def own_view(house: House, kind: str, language: str = "en") -> Person:
    """The confirmed parent, looking at the own child's application."""
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/check")
    return person


async def test_the_parent_sees_name_place_and_class(house: House, kind: str, language: str) -> None:
    person = await own_view(house, kind, language)

    assert NAME in person.sees
    assert person.reads("Application № {number}", number=CHILD.number)
    assert person.reads(PLACE, place=36, size=46)
    assert person.reads("Class: {name}", name=person.t("general basis"))
    assert person.labels == person.named(
        "Free places", "Why did it move?", "The queue around", "More…", "Check another", "Menu"
    )


async def test_why_it_moved_after_privileged_children_joined(house: House, kind: str, language: str) -> None:
    person = await own_view(house, kind, language)
    await person.taps("Why did it move?")
    assert person.reads(STANDS, place=36, date=TODAY)

    await house.joins(QueueClass.OUT_OF_QUEUE, 3)
    await house.joins(QueueClass.FIRST_PRIORITY, 2)
    await house.joins(QueueClass.GENERAL, 4)
    await person.taps("Back")
    assert person.reads(PLACE, place=41, size=55)
    await person.taps("Why did it move?")

    assert person.reads(MOVED, date=TODAY, before=36, after=41)
    assert f"▼3 · {person.t.many(*JOINED, 3)}" in person.sees
    assert f"▼2 · {person.t.many(*FIRST, 2)}" in person.sees
    assert "general" not in person.sees
    await person.taps("Back")
    await person.taps("Why did it move?")
    assert person.reads(MOVED, date=TODAY, before=36, after=41)


async def test_reasons_are_told_for_thirty_days(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await house.joins(QueueClass.OUT_OF_QUEUE, 1)
    house.later(days=29, hours=23)
    await parent.says("/check")
    await parent.taps("Why did it move?")
    assert parent.reads(MOVED, date="20.11.2026", before=36, after=37)
    house.later(hours=2)
    await parent.taps("Back")
    await parent.taps("Why did it move?")

    assert parent.reads(STANDS, place=37, date="20.11.2026")


async def test_the_reasons_outlive_a_restart(house: House, parent: Person) -> None:
    await house.joins(QueueClass.OUT_OF_QUEUE, 1)
    await house.restarts()
    await house.joins(QueueClass.OUT_OF_QUEUE, 1)
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.says("/check")
    await parent.taps("Why did it move?")

    assert parent.reads(MOVED, date=TODAY, before=36, after=38)
    assert f"▼2 · {parent.t.many(*JOINED, 2)}" in parent.sees


async def test_it_moves_forward_when_somebody_leaves(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, TIKHONOVS)
    await house.withdraws(CHILD)

    await parent.says("/check")
    await parent.taps(label_of(parent, 1))
    assert parent.reads(PLACE, place=45, size=45)
    await parent.taps("Why did it move?")

    assert parent.reads(MOVED, date=TODAY, before=46, after=45)
    assert f"▲1 · {parent.t.many('withdrew: {number}', 'withdrew: {number}', 1)}" in parent.sees


async def test_the_stretch_around_shows_classes_and_dates_and_no_names(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/check")

    await parent.taps("The queue around")

    lines = [line for line in parent.sees.splitlines() if " · " in line]
    assert [int("".join(filter(str.isdigit, line.partition(" · ")[0]))) for line in lines] == list(
        range(31, 42)
    )
    assert [line.startswith("▸ 36 ") for line in lines] == [place == 36 for place in range(31, 42)]
    assert lines[6] == f"37 · {parent.t('general basis')} · 22.08.2026"
    assert NAME not in parent.sees
    await parent.taps("Back")
    assert NAME in parent.sees


async def test_the_stretch_at_the_front_begins_with_the_first_place(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, TIKHONOVS)
    await parent.says("/check")
    await parent.taps(label_of(parent, 0))

    await parent.taps("The queue around")

    lines = [line for line in parent.sees.splitlines() if " · " in line]
    assert len(lines) == 6
    assert lines[0].startswith(f"▸ 1 · {parent.t('first priority')} · ")


def label_of(person: Person, which: int) -> str:
    """The label of the button of one of the Tikhonovs' children: the name, as far as there is room."""
    name = TIKHONOVS.children[which].person.name
    return next(label for label in person.labels if label[:4] == name[:4])


async def test_of_several_children_each_is_shown_and_can_be_opened(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, TIKHONOVS)

    await person.says("/check")
    assert person.reads("My children in the queue")
    assert all(child.person.name in person.sees for child in TIKHONOVS.children)
    await person.taps(label_of(person, 0))

    assert TIKHONOVS.child.person.name in person.sees
    assert TIKHONOVS.children[1].person.name not in person.sees
    assert person.reads("Class: {name}", name=person.t("first priority"))


async def test_an_application_in_the_archive_has_no_reasons_and_no_neighbours(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/check")
    own = parent.screen
    await parent.says("/menu")
    await house.withdraws(CHILD)

    await parent.taps("The queue around", on=own)
    assert parent.reads("No place in the queue at present")
    assert parent.reads("Status: {status}", status=parent.t("in the archive"))
    await parent.taps("Why did it move?", on=own)

    assert not parent.reads(OUTDATED)
    assert "36" in parent.sees or parent.reads(NO_PLACE)


async def test_an_old_button_of_the_own_application_shows_the_present_state(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/check")
    await parent.taps("Why did it move?")
    old = parent.screen
    await parent.says("/menu")
    await house.joins(QueueClass.OUT_OF_QUEUE, 1)

    await parent.taps("Back", on=old)

    assert parent.reads(PLACE, place=37, size=47)


async def test_a_parent_without_live_applications_is_asked_for_a_number(house: House, parent: Person) -> None:
    await house.withdraws(CHILD)
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.says("/check")

    assert parent.reads(
        "Type the child's IIN, the parent's IIN, or the application number. I will find the place."
    )
