"""A button of an old message works, or says that it is out of date and shows how things stand."""

import pytest

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NOBODY
from tests.conversation.person import Person
from tests.conversation.plays import MENU, OUTDATED, PLACE, WHAT, asks_for_code, checks, is_confirmed

IIN = ALDABEKOVS.child.person.iin.digits


async def test_an_old_menu_still_works(parent: Person) -> None:
    await parent.says("/menu")
    old = parent.screen
    await parent.says("/settings")

    await parent.taps("Check the queue", on=old)

    assert parent.reads(WHAT)


async def test_an_old_menu_still_works_after_the_language_was_changed(parent: Person) -> None:
    await parent.says("/menu")
    old = parent.screen
    await parent.says("/language kk")

    await parent.taps("Check the queue", on=old)
    parent.language = "kk"

    assert parent.reads(WHAT)


async def test_check_another_under_an_old_answer_still_works(parent: Person) -> None:
    await checks(parent, IIN)
    old = parent.screen
    await parent.says("/menu")

    await parent.taps("Check another", on=old)
    await parent.says(IIN)

    assert parent.reads(PLACE, place=36, size=46)


async def test_a_territory_of_an_old_question_is_out_of_date(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/settings")
    await person.taps("Territory")
    old = person.screen
    await person.says("Kentau")

    await person.taps(old.labels[0], on=old)

    assert person.reads(OUTDATED)
    assert person.labels == person.named(*MENU)
    assert (await house.contact_of(person)).territory_id == house.world.territories["kentau"]


async def test_a_button_of_a_finished_form_shows_the_form_that_is_open_now(
    house: House, parent: Person
) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    old = parent.screen
    await parent.says("/cancel")
    await parent.says("/check")

    await parent.taps("Send a new code", on=old)

    assert parent.reads(OUTDATED)
    assert parent.reads(WHAT)
    assert len(house.sms.sent) == 1


async def test_agreeing_to_an_older_policy_is_out_of_date(house: House, parent: Person) -> None:
    await house.changes_contact(parent, consent_version="2019-06")
    await parent.says("/menu")

    await parent.presses("agree:2019-06")

    assert parent.reads(OUTDATED)
    assert parent.reads("The data policy has changed. Please look at it again.")


async def test_an_old_agree_button_is_pressed_again(house: House, newcomer: Person) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    old = newcomer.screen
    await newcomer.taps("I agree")
    await newcomer.says("Turkistan")
    before = await house.contact_of(newcomer)

    if old in newcomer.heard:
        await newcomer.taps("I agree", on=old)
        assert newcomer.labels == newcomer.named(*MENU)
    assert (await house.contact_of(newcomer)).territory_id == before.territory_id


@pytest.mark.parametrize(
    "forged", ["nonsense", "answer", "answer:check", "own", "back:check", "menu2:1", "::"]
)
async def test_what_no_button_ever_said_is_out_of_date(house: House, forged: str) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")

    await person.presses(forged)

    assert person.reads(OUTDATED)
    assert person.labels == person.named(*MENU)


async def test_a_press_in_the_middle_of_a_form_leaves_it_aside(house: House, parent: Person) -> None:
    await parent.says("/menu")
    menu = parent.screen
    await asks_for_code(parent, ALDABEKOVS)

    await parent.taps("Check the queue", on=menu)
    await parent.says(IIN)

    assert parent.reads(PLACE, place=36, size=46)


async def test_a_screen_is_put_in_place_of_the_one_that_was_pressed(house: House) -> None:
    person = await house.acquaintance("telegram")
    await person.says("/menu")
    messages = len(person.heard)

    await person.taps("Settings")
    await person.taps("Menu")

    assert len(person.heard) == messages


async def test_a_screen_pressed_further_up_stays_as_it_is(house: House) -> None:
    person = await house.acquaintance("telegram")
    await person.says("/menu")
    old = person.screen
    await person.says("/help")

    await person.taps("Settings", on=old)

    assert old in person.heard
    assert person.reads("You are not signed in.")


async def test_an_unknown_iin_then_the_next_question(parent: Person) -> None:
    await checks(parent, NOBODY.digits)
    await parent.taps("Menu")

    assert parent.labels == parent.named(*MENU)
