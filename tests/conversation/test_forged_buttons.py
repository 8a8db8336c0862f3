"""Buttons that were never given out: what they name is checked against who presses, and when."""

import pytest

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, asks_for_code, code_sent_to, is_confirmed


async def test_nobody_signs_in_as_another_with_a_code_of_their_own(house: House, kind: str) -> None:
    thief = await house.acquaintance(kind)
    await asks_for_code(thief, TIKHONOVS)
    code = await code_sent_to(house, thief, TIKHONOVS.phones[0].e164)

    await thief.presses("signin")
    await thief.presses("edit:signin:code")
    await thief.says(code)
    await thief.says(ALDABEKOVS.parent.iin.digits)

    assert (await house.contact_of(thief)).parent_id is None


@pytest.mark.parametrize("forged", ["edit:signin:code", "edit:signin:iin", "edit:signin:x", "confirm:signin"])
async def test_what_a_form_never_offers_is_out_of_date(house: House, parent: Person, forged: str) -> None:
    await parent.says("/menu")
    await parent.presses("signin")

    await parent.presses(forged)

    assert parent.reads(OUTDATED)
    assert parent.sees.endswith(parent.t(
        "Type the IIN of the parent who applied. A code is then sent by SMS to the phone of the application: "
        "so nobody else can see your data."
    ))  # fmt: skip


@pytest.mark.parametrize(
    "forged",
    [
        "own:9999999999999999999",
        "why:-1",
        "around:١٢٣",
        "own:",
        "answer:territory:t:all:²:0",
        "answer:territory:t:all:0:²",
        "answer:territory:t:²",
        "answer:territory:t:all:0:99999999999999999999999999",
        "agree:1:2:3",
        "x" * 64,
        ":" * 64,
    ],
)
async def test_arguments_that_mean_nothing_are_out_of_date(house: House, parent: Person, forged: str) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/menu")
    await parent.presses("territory")

    await parent.presses(forged)

    assert parent.reads(OUTDATED)


async def test_a_button_too_long_to_be_ours_is_out_of_date_before_the_first_contact(house: House) -> None:
    person = await house.newcomer("whatsapp")

    await person.says("/start")
    await person.presses("own:" + "1" * 100)

    assert person.reads(OUTDATED)
