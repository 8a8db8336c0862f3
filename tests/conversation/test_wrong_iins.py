"""Each way in which an IIN can be wrong has its own words, in each language."""

import pytest

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.plays import PLACE, WHAT

IIN = ALDABEKOVS.child.person.iin.digits
LENGTH = "An IIN has 12 digits, you typed {number}. Please check it."
WRONG = {
    "check digit": f"{IIN[:11]}{(int(IIN[11]) + 1) % 10}",
    "date": f"{IIN[:2]}0230{IIN[6:]}",
    "century": f"{IIN[:6]}9{IIN[7:]}",
    "letters": f"{IIN[:4]}O0{IIN[6:]}",
    "eleven digits": IIN[:11],
    "thirteen digits": f"{IIN}0",
}
WORDS = {
    "check digit": "The check digit of this IIN does not fit: one digit is mistyped. "
    "Please compare it with the document.",
    "date": "An IIN begins with the date of birth: year, month, day. There is no such date as in yours.",
    "century": "The 7th digit of an IIN is 1 to 6. One digit seems to be mistyped.",
    "letters": "An IIN has digits only. Please check what you typed.",
}


@pytest.mark.parametrize("slip", list(WRONG))
async def test_a_wrong_iin_is_explained_and_asked_again(house: House, language: str, slip: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    length = len(WRONG[slip])
    words = person.t(WORDS[slip]) if slip in WORDS else person.t.many(LENGTH, LENGTH, length)

    await person.says("/check")
    await person.says(WRONG[slip])

    assert words in person.sees
    assert person.reads(WHAT)
    await person.says(IIN)
    assert person.reads(PLACE, place=36, size=46)


async def test_all_of_them_have_words_of_their_own(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    answers = []

    await person.says("/check")
    for typed in WRONG.values():
        await person.says(typed)
        answers.append(person.sees)

    assert len(set(answers)) == len(WRONG)


async def test_a_slip_costs_no_try(house: House) -> None:
    person = await house.acquaintance("whatsapp")

    await person.says("/check")
    for typed in list(WRONG.values()) * 2:
        await person.says(typed)
    await person.says(IIN)

    assert person.reads(PLACE, place=36, size=46)


@pytest.mark.parametrize("typed", ["IIN", "-", "١٢٣٤٥٦٧٨٩٠١٢", "２４０２１１６２２００９", "+77015550101"])
async def test_what_is_no_number_of_ours_is_explained(house: House, typed: str) -> None:
    person = await house.acquaintance("whatsapp")

    await person.says("/check")
    await person.says(typed)

    assert person.reads("Check the queue")
    assert person.reads(WHAT)
