"""The same conversation on PostgreSQL, where turns really run side by side."""

import asyncio

import pytest

from domain.application import QueueClass
from tests.conversation.fixtures import house_on
from tests.conversation.house import KINDS
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.plays import PLACE, checks, signs_in

pytestmark = pytest.mark.postgresql
IIN = ALDABEKOVS.child.person.iin.digits


async def test_from_the_first_word_to_the_own_child_in_every_messenger(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        for kind in KINDS:
            person = await house.newcomer(kind)
            await person.says("/check")
            await person.taps("English")
            await person.taps("I agree")
            await person.says("Turkistan")
            await person.says(IIN)
            assert person.reads(PLACE, place=36, size=46)

            await signs_in(house, person, ALDABEKOVS)
            assert ALDABEKOVS.child.person.name in person.sees
        await house.joins(QueueClass.OUT_OF_QUEUE, 2)
        await person.taps("Why did it move?")
        moved = "On {date} the place was {before}, now it is {after}."
        assert person.reads(moved, date="20.11.2026", before=36, after=38)


async def test_what_comes_at_the_same_instant_has_its_effect_once(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        people = [await house.newcomer(kind) for kind in KINDS]
        await asyncio.gather(*(person.says_on_two_devices("/start", "сәлем", "hi") for person in people))
        assert [len(person.heard) for person in people] == [3, 3, 3]

        for kind in KINDS:
            person = await house.acquaintance(kind)
            await person.says_on_two_devices(*[IIN] * 7)
            found = [shown for shown in person.heard if person.t(PLACE, place=36, size=46) in shown.text]
            assert len(found) == 5
            heard = person.heard
            await person.says("/menu")
            await person.repeats(at_once=5)
            assert len(person.heard) == len(heard) + 1


async def test_a_restart_on_the_same_database(postgresql_url: str) -> None:
    async with house_on(postgresql_url) as house:
        person = await house.acquaintance("telegram")
        await person.says("/check")

        await house.restarts()
        await person.says(IIN)
        await checks(person, str(ALDABEKOVS.child.number))

        assert person.reads(PLACE, place=36, size=46)
