"""Commands, languages, numbers and labels work at any step, and what was filled in is not lost."""

import pytest

from bot.texts import LANGUAGES, texts_in
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NOBODY
from tests.conversation.person import Person
from tests.conversation.plays import MENU, PLACE, WHAT, asks_for_code, code_sent_to

PHONE = ALDABEKOVS.phones[0].e164
CODE = (
    "If this IIN has a confirmed phone, a code of 6 digits was sent to it by SMS. Type it here. "
    "It is good for 5 minutes."
)
TERRITORY = "In which city, district or village is your queue? Type its name, or choose below."
NOT_UNDERSTOOD = "I did not understand that. Please choose one of these:"
CANCELLED = "Cancelled. Nothing was saved."
GOOD_DAY = "Good day, {name}!"
GO_ON = "Go on where I stopped"


@pytest.mark.parametrize("how", ["/language ru", "/language", "/language@kezek_bot русский"])
async def test_the_language_can_be_switched_in_the_middle_of_a_form(
    house: House, parent: Person, how: str
) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await parent.says(how)
    if how == "/language":
        await parent.taps("Русский")
    parent.language = "ru"
    assert parent.reads(CODE)
    await parent.says(code)

    await parent.hears(GOOD_DAY, name=ALDABEKOVS.parent.name)


async def test_an_unknown_language_is_no_language(parent: Person) -> None:
    await parent.says("/language tlh")

    assert parent.reads("This button is out of date. Here is how things stand now.")


async def test_the_menu_leaves_a_form_aside_and_it_can_be_taken_up(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await parent.says("/menu")
    assert parent.labels == parent.named(GO_ON, *MENU)
    await parent.taps(GO_ON)
    assert parent.reads(CODE)
    await parent.says(code)

    await parent.hears(GOOD_DAY, name=ALDABEKOVS.parent.name)


async def test_what_is_typed_in_the_menu_is_no_answer_to_a_form_left_aside(
    house: House, parent: Person
) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    await parent.says("/menu")

    await parent.says(str(ALDABEKOVS.child.number))

    assert parent.reads(PLACE, place=36, size=46)


@pytest.mark.parametrize("how", ["/cancel", "Cancel"])
async def test_cancel_drops_the_form(house: House, parent: Person, how: str) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await (parent.says(how) if how == "/cancel" else parent.taps(how))
    assert parent.reads(CANCELLED)
    assert parent.labels == parent.named(*MENU)
    await parent.says(code)

    assert (await house.contact_of(parent)).parent_id is None


async def test_cancel_where_nothing_is_going_on_is_the_menu(parent: Person) -> None:
    await parent.says("/cancel")

    assert parent.labels == parent.named(*MENU)
    assert not parent.reads(CANCELLED)


async def test_help_keeps_the_form_open(house: House, parent: Person, kind: str) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await parent.says("/help")
    assert parent.reads("How this works")
    await parent.says(code)

    await parent.hears(GOOD_DAY, name=ALDABEKOVS.parent.name)


async def test_start_begins_anew(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)

    await parent.says("/start")

    assert parent.labels == parent.named(*MENU)


@pytest.mark.parametrize("command", ["/menu", "/MENU", "/menu@kezek_bot", "  /menu  ", "/menu please"])
async def test_commands_are_understood_however_they_are_written(house: House, command: str) -> None:
    person = await house.acquaintance("telegram")
    await person.says("/check")

    await person.says(command)

    assert person.labels[-len(MENU) :] == person.named(*MENU)


async def test_commands_work_during_the_first_contact(newcomer: Person) -> None:
    await newcomer.says("/help")
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.says("/menu")
    assert newcomer.labels == newcomer.named("I agree", "Read the policy", "I do not agree")
    await newcomer.taps("I agree")
    await newcomer.says("/cancel")

    assert newcomer.reads(TERRITORY)


async def test_an_unknown_command_is_not_understood(parent: Person) -> None:
    await parent.says("/fly")

    assert parent.reads(NOT_UNDERSTOOD)
    assert parent.labels == parent.named(*MENU)


@pytest.mark.parametrize(
    ("item", "first_words"),
    [("Check the queue", WHAT), ("Operator", "Operator"), ("Settings", "Settings")],
)
async def test_an_option_can_be_chosen_by_its_number(parent: Person, item: str, first_words: str) -> None:
    await parent.says("/menu")

    await parent.says(f" {1 + MENU.index(item)} ")

    assert parent.reads(first_words)


@pytest.mark.parametrize("number", ["0", str(1 + len(MENU)), "99", "007"])
async def test_a_number_without_an_option_is_not_understood(parent: Person, number: str) -> None:
    await parent.says("/menu")

    await parent.says(number)

    assert parent.reads(NOT_UNDERSTOOD)


@pytest.mark.parametrize("spoken", list(LANGUAGES))
@pytest.mark.parametrize("item", ["Check the queue", "Settings", "Menu"])
async def test_a_label_can_be_typed_in_any_language(house: House, spoken: str, item: str) -> None:
    typed = texts_in(spoken)(item).upper()
    for language in LANGUAGES:
        person = await house.acquaintance("whatsapp", language)
        await person.says("/help")

        await person.says(f" {typed}! ")

        expected = {"Check the queue": WHAT, "Settings": "You are not signed in.", "Menu": "Operator"}[item]
        assert expected == "Operator" or person.reads(expected)
        assert item != "Menu" or person.labels == person.named(*MENU)


async def test_back_in_a_form_asks_the_question_before(house: House, parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Sign in")
    first = parent.sees
    await parent.says(NOBODY.digits)

    await parent.taps("Back")

    assert parent.sees == first


async def test_a_restart_in_the_middle_of_a_form_keeps_it(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    code = await code_sent_to(house, parent, PHONE)

    await house.restarts()
    await parent.says(code)

    await parent.hears(GOOD_DAY, name=ALDABEKOVS.parent.name)


async def test_a_restart_in_the_middle_of_the_first_contact_keeps_what_was_wanted(
    house: House, newcomer: Person
) -> None:
    await newcomer.says("/check")
    await newcomer.taps("English")
    await house.restarts()
    await newcomer.taps("I agree")
    await house.restarts()
    await newcomer.says("Turkistan")

    assert newcomer.reads(WHAT)


async def test_the_language_of_a_territory_question_can_be_switched(house: House, parent: Person) -> None:
    await house.changes_contact(parent, territory_id=None)
    await parent.says("/start")

    await parent.says("/language kk")
    parent.language = "kk"

    assert parent.reads(TERRITORY)
    assert "Кентау" in parent.labels
