"""Somebody who presses every button they ever see: each answers, fits every channel, and nothing breaks."""

import pytest

from bot.conversation.actions import parse
from tests.conversation.house import House
from tests.conversation.made_up import TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

APOLOGY = "Something went wrong on our side. Nothing was changed. Please try again in a minute."
MOST = 300
FILTERS = ("places", "placeset")
"""Each names a whole view: all of them together are too many, and lead to the same few screens."""
MOST_VIEWS = 12


async def presses_everything(house: House, person: Person) -> set[str]:
    """Press every button until none is new, the way out and the other languages left out; what was done."""
    done: set[str] = set()
    measured = 0
    await person.says("/menu")
    while measured < len(house.witness.screens) and len(done) < MOST:
        new = [button.action for screen in house.witness.screens[measured:] for button in screen.buttons]
        measured = len(house.witness.screens)
        for action in dict.fromkeys(new):
            if action in done or action.startswith(("language:", "signout")) or enough_views(action, done):
                continue
            done.add(action)
            await person.presses(action)
            assert not person.reads(APOLOGY), f"after {action}:\n{person}"
    return done


def enough_views(action: str, done: set[str]) -> bool:
    """Whether enough buttons of the same filters were pressed."""
    name = action.partition(":")[0]
    return name in FILTERS and sum(each.startswith(f"{name}:") for each in done) >= MOST_VIEWS


@pytest.mark.parametrize("family", [None, TIKHONOVS], ids=["a stranger", "a parent"])
async def test_every_button_that_is_ever_shown_can_be_pressed(
    house: House, language: str, family: Family | None
) -> None:
    person = await house.acquaintance("whatsapp", language)
    if family is not None:
        await is_confirmed(house, person, family)

    done = await presses_everything(house, person)

    expected = {"menu", "check", "operator", "settings", "territory", "policy", "answer", "cancel"}
    expected |= {"own", "why", "around"} if family is not None else {"signin"}
    assert len(done) < MOST
    assert {parse(action).name for action in done} >= expected
