"""The state register greets by name; slow or down, it keeps nobody from anything."""

from dataclasses import replace

from sqlalchemy import select

from bot.conversation.incoming import ErrandDone
from storage.tables import errand
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU, PLACE, asks_for_code, code_sent_to, signs_in
from tests.conversation.waiting import real_time_later

ONE_MOMENT = "Thank you, that is right. One moment, I am asking the state register."
STILL = "One moment, I am still waiting for an answer to your last step."
SILENT = "The state register does not answer at present. Your data will be compared later."
UNKNOWN = "The state register does not know this IIN. The education department will look at it."
APOLOGY = "Something went wrong on our side. Nothing was changed. Please try again in a minute."
PHONE = ALDABEKOVS.phones[0].e164


async def waits_for_the_register(house: House, person: Person) -> None:
    """Sign in so far that only the register's answer is missing."""
    house.register.hold()
    await asks_for_code(person, ALDABEKOVS)
    await person.says(await code_sent_to(house, person, PHONE))
    assert person.reads(ONE_MOMENT)
    await person.waits(lambda: house.register.asked, "the register to be asked")


def answered(house: House) -> bool:
    """The register's answer has come back as a turn."""
    return any(isinstance(incoming.content, ErrandDone) for incoming, _ in house.witness.taken)


async def test_typing_while_the_register_is_asked_is_answered(house: House, parent: Person) -> None:
    await waits_for_the_register(house, parent)

    await parent.says("?")
    assert parent.reads(STILL)
    house.register.let_go()

    await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)


async def test_an_answer_that_comes_after_the_step_was_left_is_dropped(house: House, parent: Person) -> None:
    await waits_for_the_register(house, parent)
    await parent.says("/menu")
    menu = parent.heard

    house.register.let_go()
    await parent.waits(lambda: answered(house), "the answer to come back")

    assert parent.heard == menu
    assert parent.labels == parent.named(*MENU)


async def test_an_outage_is_told_and_keeps_nobody_from_anything(house: House, parent: Person) -> None:
    house.register.down = True
    await asks_for_code(parent, ALDABEKOVS)
    await parent.says(await code_sent_to(house, parent, PHONE))
    await parent.waits(lambda: house.register.asked, "the register to be asked")

    with real_time_later(seconds=10):
        house.errands.accept((1,))
        await parent.hears(SILENT)

    assert parent.reads(PLACE, place=36, size=46)
    assert ALDABEKOVS.child.person.name in parent.sees


async def test_a_parent_whom_the_register_does_not_know_goes_on(house: House, parent: Person) -> None:
    house.register.missing.add(ALDABEKOVS.parent.iin)

    await asks_for_code(parent, ALDABEKOVS)
    await parent.says(await code_sent_to(house, parent, PHONE))
    await parent.hears(UNKNOWN)

    assert parent.reads(PLACE, place=36, size=46)


async def test_a_restart_while_the_register_is_asked_loses_nothing(house: House, parent: Person) -> None:
    await waits_for_the_register(house, parent)

    await house.restarts()
    house.register.let_go()
    with real_time_later(seconds=31):
        house.errands.accept((1,))
        await parent.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)

    assert parent.reads(PLACE, place=36, size=46)


async def test_an_answer_that_makes_no_sense_ends_in_an_apology_and_not_in_silence(
    house: House, parent: Person
) -> None:
    house.register.answers_nonsense = True

    await asks_for_code(parent, ALDABEKOVS)
    await parent.says(await code_sent_to(house, parent, PHONE))
    await parent.hears(APOLOGY)
    await parent.says(ALDABEKOVS.child.person.iin.digits)

    assert parent.reads(PLACE, place=36, size=46)
    assert await house.write(lambda tx: list(tx.conn.execute(select(errand.c.state)).scalars())) == ["failed"]


async def test_markup_in_a_name_is_shown_as_text(house: House, parent: Person) -> None:
    name = "<b>*Сәкен*</b> [x](y) &amp; `_1_`"
    house.register.people[ALDABEKOVS.parent.iin] = replace(ALDABEKOVS.parent, name=name)

    await asks_for_code(parent, ALDABEKOVS)
    await parent.says(await code_sent_to(house, parent, PHONE))

    await parent.hears("Good day, {name}!", name=name)


async def test_the_greeting_in_each_language(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await signs_in(house, person, ALDABEKOVS)

    assert person.reads("Good day, {name}!", name="Сәкен")
