"""A parent has the place over time drawn, and is told the same in words."""

import aiohttp

from domain.application import QueueClass
from tests.conversation.house import House
from tests.conversation.mine_plays import CHILD, opens, parent_at

SAID = "From {first} to {last}: place {before} → {after}."


async def test_it_comes_as_a_picture_with_the_same_in_words(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await house.joins(QueueClass.OUT_OF_QUEUE, 3)
    house.later(days=1)
    await opens(person, "Why did it move?", "Draw it")

    await person.hears(SAID, first="20.11.2026", last="21.11.2026", before=36, after=39)

    screen = house.witness.screens[-1]
    assert screen.picture is not None
    await house.acquaintance("webchat")
    address = screen.picture.replace(screen.picture.partition("/files/")[0], house.url)
    async with aiohttp.ClientSession() as browser, browser.get(address) as answer:
        content = await answer.read()
    assert answer.content_type == "image/png"
    assert content.startswith(b"\x89PNG")


async def test_a_place_that_never_moved_is_not_drawn(house: House) -> None:
    person = await parent_at(house, "telegram")

    await person.presses(f"curve:{house.world.application_of(CHILD)}")

    await person.hears("The place has not moved so far.")


async def test_nobody_elses_is_drawn(house: House) -> None:
    person = await house.acquaintance("telegram")

    await person.presses(f"curve:{house.world.application_of(CHILD)}")

    assert not person.reads("The picture is being drawn. It comes here in a moment.")
