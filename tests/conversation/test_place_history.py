"""The history of a place: day by day, with reasons, a page at a time."""

from datetime import timedelta

from domain.application import QueueClass
from tests.conversation.house import House
from tests.conversation.mine_plays import CHILD, opens, parent_at
from tests.conversation.test_own_place import FIRST, JOINED

MOVED = "{date}: {before} → {after}"


def days(text: str) -> list[str]:
    """The dates of a page, from top to bottom."""
    return [line[:10] for line in text.splitlines() if " → " in line or " → –" in line]


async def test_each_day_tells_from_where_to_where_and_why(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await house.joins(QueueClass.OUT_OF_QUEUE, 3)
    await house.joins(QueueClass.FIRST_PRIORITY, 2)
    house.later(days=1)
    await house.joins(QueueClass.FIRST_PRIORITY, 1)

    await opens(person, "More…", "History of the place")

    assert person.reads(MOVED, date="20.11.2026", before=36, after=41)
    assert person.reads(MOVED, date="21.11.2026", before=41, after=42)
    assert f"▼3 · {person.t.many(*JOINED, 3)}" in person.sees
    assert f"▼2 · {person.t.many(*FIRST, 2)}" in person.sees
    assert days(person.sees) == ["21.11.2026", "20.11.2026"]


async def test_a_place_that_never_moved_says_so(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)

    await opens(person, "More…", "History of the place")

    assert person.reads("The place has not moved so far.")


async def test_what_moved_longer_ago_is_a_page_further(house: House) -> None:
    person = await parent_at(house, "telegram")
    for _ in range(12):
        await house.joins(QueueClass.OUT_OF_QUEUE)
        house.later(days=1)
    await opens(person, "Why did it move?", "History")
    seen = days(person.sees)

    while person.t("Earlier") in person.labels:
        await person.taps("Earlier")
        seen += days(person.sees)

    dates = [f"{day:%d.%m.%Y}" for day in (house.clock.read() - timedelta(days=n) for n in range(1, 13))]
    assert seen == dates
    assert person.reads(MOVED, date="20.11.2026", before=36, after=37)


async def test_the_own_coming_and_going_is_in_it(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await house.withdraws(CHILD)
    await opens(person, "Archive", CHILD.person.name, "Restore", "Yes, restore it")

    await opens(person, "More…", "History of the place")

    assert person.reads("your application was withdrawn")
    assert person.reads("your application came back to the queue")
    assert person.reads(MOVED, date="20.11.2026", before=36, after=36)


async def test_a_page_that_is_not_there_shows_the_newest(house: House) -> None:
    person = await parent_at(house, "telegram")
    await house.joins(QueueClass.OUT_OF_QUEUE)

    await person.presses(f"moves:{house.world.application_of(CHILD)}:9999999")

    assert person.reads(MOVED, date="20.11.2026", before=36, after=37)
