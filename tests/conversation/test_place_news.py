"""News of the place: how often it is told, what it says, and what can be tapped under it."""

from datetime import timedelta

from bot.clockwork import Clockwork
from domain.application import QueueClass
from domain.rounds import A_WEEK
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.mine_plays import CHILD, parent_at
from tests.conversation.person import Person
from tests.conversation.test_own_place import JOINED

DAY = timedelta(days=1)
AT_08_00 = timedelta(hours=15, minutes=40)
"""From the beginning of a play to the next morning."""
TOLD = "How the place in the queue has moved"
BACK = "A place can move back when children with privileges join. That is how the queue is made."
MARK = "The place in the queue is {place} now: it has come to the first {mark}."


async def looks(house: House) -> None:
    """The clockwork looks what is due."""
    await Clockwork(house.database).look()


async def morning(house: House, days: int = 1) -> None:
    """At 08:00 of so many days, one after the other."""
    for _ in range(days):
        at = house.clock.read()
        house.clock.move_to(at + (AT_08_00 if at.hour == 11 else DAY))
        await looks(house)


def heard(person: Person, message: str) -> int:
    """How many messages say so."""
    return sum(person.t(message) in each.text for each in person.heard)


async def chooses(person: Person, label: str) -> None:
    """From the settings."""
    await person.says("/settings")
    await person.taps("Notices")
    await person.taps("News of the place")
    await person.taps(label)


async def test_once_a_week_the_move_is_told_with_its_reasons_and_explained_by_one_tap(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)
    await looks(house)
    await house.joins(QueueClass.OUT_OF_QUEUE, 3)

    await morning(house, A_WEEK)
    await person.hears(TOLD)

    assert heard(person, TOLD) == 1
    assert person.reads("Application № {number}", number=CHILD.number)
    assert person.reads("Child: {name}", name=CHILD.person.name)
    assert f"▼3 · {person.t.many(*JOINED, 3)}" in person.sees
    await person.taps("Why did it move?")
    assert person.reads(
        "A place can move back when children with privileges join. That is how the queue is made."
    )


async def test_how_often_it_comes_is_changed_under_the_message_itself(house: House) -> None:
    person = await parent_at(house, "telegram")
    await looks(house)
    await house.joins(QueueClass.OUT_OF_QUEUE, 3)
    await morning(house, A_WEEK)
    await person.hears(TOLD)

    await person.taps("How often?")
    await person.taps("Never")

    assert person.reads("Saved.")
    await house.joins(QueueClass.OUT_OF_QUEUE, 30)
    await morning(house, A_WEEK)
    assert heard(person, TOLD) == 1


async def test_what_is_chosen_is_ticked_and_said(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)

    await chooses(person, "Only at the marks")

    assert person.reads("You are told when the place comes to a mark, and not every week.")
    t = person.t
    assert person.labels == (
        *(t("Every week"), f"✓ {t('Only at the marks')}", t("Never")),
        *(t("Notices"), t("Menu")),
    )


async def test_who_wants_only_the_marks_is_told_at_one(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await chooses(person, "Only at the marks")
    await looks(house)
    await morning(house)
    await house.joins(QueueClass.OUT_OF_QUEUE, 40)
    await morning(house)

    await house.leaves(QueueClass.OUT_OF_QUEUE, 40)
    await morning(house)
    await person.hears(MARK, place=CHILD.place, mark=50)

    assert heard(person, TOLD) == 0
    assert person.labels == person.named("Why did it move?", "Show the application", "How often?", "Menu")


async def test_two_children_are_one_message(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language, TIKHONOVS)
    await looks(house)
    await house.joins(QueueClass.OUT_OF_QUEUE, 2)
    await house.joins(QueueClass.OUT_OF_QUEUE, 1, year=2023)

    await morning(house, A_WEEK)
    await person.hears(TOLD)

    assert heard(person, TOLD) == 1
    for child in TIKHONOVS.children:
        assert person.reads("Application № {number}", number=child.number)
    await person.taps("My applications")
    assert all(str(child.number) in person.sees for child in TIKHONOVS.children)


async def test_an_sms_about_it_names_no_child(house: House) -> None:
    person = await parent_at(house, "telegram")
    await person.says("/settings")
    await person.taps("Notices")
    await person.taps("By SMS")
    await looks(house)
    await house.joins(QueueClass.OUT_OF_QUEUE, 3)

    await morning(house, A_WEEK)
    number = ALDABEKOVS.phones[0].e164
    await person.waits(lambda: number in [each.to for each in house.sms.sent], "an SMS")

    [sent] = [each for each in house.sms.sent if each.to == number]
    assert str(CHILD.number) in sent.text
    assert CHILD.person.name not in sent.text
