"""Forms, by a form of the tests' own: order, validation, back, cancel, review, change of one answer."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.conversation import form
from bot.conversation.actions import action
from bot.conversation.conversations import Conversations
from bot.conversation.form import Form, Question, answer
from bot.conversation.incoming import Content, Press, Text
from bot.conversation.reply import Button, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from domain.errors import DocumentMalformed
from tests.conversation.house import House
from tests.conversation.measuring import the_book
from tests.conversation.person import Person

DRINKS = ("tea", "juice")


def ask_name(_turn: Turn, _draft: Draft) -> Screen:
    return Screen("Whose birthday is it?", typing=True)


def read_name(_turn: Turn, _draft: Draft, content: Content) -> str:
    if not isinstance(content, Text) or len(content.text) < 2:
        raise DocumentMalformed(length=1, only_letters_and_digits=True)
    return content.text


def ask_drink(_turn: Turn, draft: Draft) -> Screen:
    rows = tuple((Button(drink, answer("party", "drink", drink)),) for drink in DRINKS)
    return Screen(f"What shall {draft['name']} drink?", rows=rows)


def read_drink(_turn: Turn, _draft: Draft, content: Content) -> str:
    if not isinstance(content, Press) or content.action not in DRINKS:
        raise DocumentMalformed(length=1, only_letters_and_digits=True)
    return content.action


def ask_sugar(_turn: Turn, _draft: Draft) -> Screen:
    return Screen("How many lumps of sugar?", typing=True)


def read_sugar(_turn: Turn, _draft: Draft, content: Content) -> int:
    if not isinstance(content, Text) or not content.text.isdigit():
        raise DocumentMalformed(length=1, only_letters_and_digits=True)
    return int(content.text)


def wants_tea(draft: Draft) -> bool:
    return draft.get("drink") == "tea"


def review(_turn: Turn, draft: Draft) -> Screen:
    sugar = f", {draft['sugar']} lumps" if wants_tea(draft) else ""
    return Screen(f"{draft['name']}: {draft['drink']}{sugar}")


def done(_turn: Turn, draft: Draft) -> Screen:
    return Screen(f"Happy birthday, {draft['name']}!")


PARTY = Form(
    "party",
    (
        Question("name", ask_name, read_name, name=lambda t: "Name"),
        Question("drink", ask_drink, read_drink, name=lambda t: "Drink"),
        Question("sugar", ask_sugar, read_sugar, when=wants_tea, numbers=True, name=lambda t: "Sugar"),
    ),
    done,
    review,
)


@pytest.fixture
async def guest(house: House, kind: str) -> AsyncIterator[Person]:
    """Somebody in each messenger, in a house that knows the party."""
    book = the_book()
    book = replace(
        book,
        actions={**book.actions, "party": lambda turn, _: form.begin(turn, PARTY)},
        forms={**book.forms, "party": PARTY},
        commands={**book.commands, "party": action("party")},
    )
    house.conversations = Conversations(house.database, book, house.delivery, lambda outcome, seconds: None)
    yield await house.acquaintance(kind)
    # The witness measures buttons against the product's own book, which knows no party.
    house.witness.faults = [fault for fault in house.witness.faults if ":party" not in fault]


async def at_the_review(guest: Person) -> Person:
    for words in ("/party", "Aru"):
        await guest.says(words)
    await guest.taps("tea")
    await guest.says("3")
    return guest


async def test_questions_come_one_after_another_and_end_in_a_review(guest: Person) -> None:
    await guest.says("/party")
    assert guest.sees == "Whose birthday is it?"
    await guest.says("Aru")
    assert guest.sees == "What shall Aru drink?"
    await guest.taps("juice")

    assert guest.sees == "Aru: juice"
    assert guest.labels == ("Confirm", "Name", "Drink", "Back", "Cancel")


async def test_a_wrong_answer_is_explained_and_asked_again(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("A")

    assert guest.sees.endswith("\n\nWhose birthday is it?")
    assert guest.sees.startswith(guest.t("This is not the number of an identity document."))


async def test_a_question_that_depends_on_an_answer_is_asked_only_then(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("Aru")
    await guest.taps("tea")

    assert guest.sees == "How many lumps of sugar?"


async def test_where_a_number_is_the_answer_it_presses_no_button(guest: Person) -> None:
    await at_the_review(guest)

    assert guest.sees == "Aru: tea, 3 lumps"


async def test_one_answer_is_changed_from_the_review_and_the_others_stay(guest: Person) -> None:
    await at_the_review(guest)
    await guest.taps("Name")
    await guest.says("Dana")

    assert guest.sees == "Dana: tea, 3 lumps"


async def test_a_changed_answer_brings_the_question_it_leads_to(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("Aru")
    await guest.taps("juice")
    await guest.taps("Drink")
    await guest.taps("tea")

    assert guest.sees == "How many lumps of sugar?"


async def test_back_opens_the_question_before_and_keeps_what_was_answered(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("Aru")
    await guest.taps("Back")
    assert guest.sees == "Whose birthday is it?"
    assert "Back" not in guest.labels
    await guest.says("Dana")

    assert guest.sees == "What shall Dana drink?"


async def test_back_from_the_review_opens_the_last_question(guest: Person) -> None:
    await at_the_review(guest)
    await guest.taps("Back")

    assert guest.sees == "How many lumps of sugar?"


async def test_confirming_the_review_ends_the_form(guest: Person) -> None:
    await at_the_review(guest)
    await guest.taps("Confirm")
    assert guest.sees == "Happy birthday, Aru!"
    await guest.says("/menu")

    assert guest.t("Go on where I stopped") not in guest.labels


async def test_cancelling_drops_the_form(guest: Person) -> None:
    await at_the_review(guest)
    await guest.taps("Cancel")

    assert guest.sees.split("\n\n")[1 if "Kezek" in guest.sees.split("\n\n")[0] else 0].startswith(
        "Cancelled"
    )
    assert guest.t("Go on where I stopped") not in guest.labels


async def test_a_form_left_for_the_menu_is_taken_up_where_it_stood(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("Aru")
    await guest.says("/menu")
    await guest.taps(guest.t("Go on where I stopped"))

    assert guest.sees == "What shall Aru drink?"


async def test_a_language_chosen_in_the_middle_keeps_the_draft(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("Aru")
    await guest.says("/language ru")

    assert guest.sees == "What shall Aru drink?"
    assert guest.labels[-1] == "Отмена"


async def test_the_button_of_a_question_answered_before_is_out_of_date(guest: Person) -> None:
    await guest.says("/party")
    await guest.says("Aru")
    old = guest.screen
    await guest.says("1")
    await guest.presses(answer("party", "drink", "juice"))

    assert old.text == "What shall Aru drink?"
    assert guest.sees.endswith("How many lumps of sugar?")
    assert guest.sees.startswith(guest.t("This button is out of date. Here is how things stand now."))


async def test_a_confirmation_pressed_before_the_review_is_out_of_date(guest: Person) -> None:
    await guest.says("/party")
    await guest.presses(action("confirm", "party"))

    assert guest.sees.startswith(guest.t("This button is out of date. Here is how things stand now."))
    assert guest.sees.endswith("Whose birthday is it?")
