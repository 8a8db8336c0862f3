"""Done in the middle of something else: help while an answer is awaited, a change of mind, going back."""

import pytest
from sqlalchemy import func, select, update

from storage.tables import conversation, message
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU, OUTDATED, asks_for_code, code_sent_to

WHOSE = (
    "Type the IIN of the parent who applied. A code is then sent by SMS to the phone of the application: "
    "so nobody else can see your data."
)


@pytest.mark.parametrize("aside", ["/help", "/language ru", "/language"])
async def test_help_and_language_do_not_lose_the_answer_that_is_awaited(
    house: House, kind: str, aside: str
) -> None:
    person = await house.acquaintance(kind)
    house.register.hold()
    await asks_for_code(person, ALDABEKOVS)
    await person.says(await code_sent_to(house, person, ALDABEKOVS.phones[0].e164))
    await person.waits(lambda: house.register.asked, "the register to be asked")

    await person.says(aside)
    person.language = "ru" if aside.endswith("ru") else "en"
    house.register.let_go()

    await person.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_not_agreeing_after_having_agreed_is_out_of_date(house: House, kind: str) -> None:
    person = await house.newcomer(kind)
    for words in ("/start", "English"):
        await person.says(words)
    asked = person.screen
    await person.taps("I agree")
    await person.says("Turkistan")

    if kind == "telegram":
        await person.presses("disagree")
    else:
        await person.taps("I do not agree", on=asked)

    assert person.reads(OUTDATED)
    assert person.labels == person.named(*MENU)


async def test_going_back_before_the_first_question_leaves_the_form_aside(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)
    await person.says("/settings")
    await person.taps("Sign in")

    await person.presses("back:signin")
    assert person.labels == person.named("Go on where I stopped", *MENU)
    await person.says(ALDABEKOVS.child.person.iin.digits)

    assert person.reads("Place in the queue: {place} of {size}", place=36, size=46)


async def test_what_only_looks_like_a_command_is_masked_like_any_other_answer(
    house: House, parent: Person
) -> None:
    await parent.says("/settings")
    await parent.taps("Sign in")

    await parent.says("/Сейтқали Айжан")

    assert await house.database.read(lambda tx: _logged(tx, "%Айжан%")) == 0
    assert parent.reads(WHOSE)


def _logged(tx: Transaction, words: str) -> int:
    return tx.conn.execute(
        select(func.count()).select_from(message).where(message.c.text.like(words))
    ).scalar_one()


async def test_a_session_that_cannot_be_opened_any_more_begins_anew(house: House, parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Sign in")

    await house.write(
        lambda tx: tx.conn.execute(update(conversation).values(session=b"\xe1" + bytes(40))).rowcount
    )
    await parent.says("/menu")

    assert parent.labels == parent.named(*MENU)
