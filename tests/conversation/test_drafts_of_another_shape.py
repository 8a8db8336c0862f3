"""Drafts that an older version began: what the form takes for there is not in them."""

import pytest

from bot.conversation.form import REVIEW
from bot.conversation.session import FormState, Session, dump, place_of
from storage import conversations
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.measuring import the_book
from tests.conversation.person import Person
from tests.conversation.plays import MENU, is_confirmed

IS_IT_YOU = "{name}, born {date}. Is that you?"
APOLOGY = "Something went wrong on our side. Nothing was changed. Please try again in a minute."
ANSWER_ANEW = "I lost a part of what you had filled in. Please answer once more."
BEGIN_ANEW = "I lost a part of what you had begun. Please begin it once more."
FORMS = sorted(the_book().forms)


async def left_with(house: House, person: Person, form: str, question: str) -> None:
    """An older version has left this form in hand, with nothing in its draft."""

    def leave(tx: Transaction) -> None:
        there = conversations.enter(tx, person.channel, person.chat)
        raw = dump(Session(form=FormState(form, question)))
        assert raw is not None
        conversations.leave(
            tx,
            there.conversation_id,
            session=tx.vault.seal_bytes(*place_of(there.conversation_id), raw),
            screen=there.screen,
            step_token=there.step_token,
            at=tx.now,
        )

    await house.write(leave)


async def acts(person: Person, how: str, form: str, question: str) -> None:
    """What a person can do with the question that is open."""
    match how:
        case "types":
            await person.says("123456")
        case "presses":
            await person.presses(f"answer:{form}:{question}:again:0")
        case "confirms":
            await person.presses(f"confirm:{form}")
        case "goes back":
            await person.presses(f"back:{form}")
        case _:
            await person.presses("resume")


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "a stranger"])
@pytest.mark.parametrize("form", FORMS)
async def test_no_draft_ends_in_an_apology(house: House, form: str, signed_in: bool) -> None:
    person = await house.acquaintance("whatsapp")
    if signed_in:
        await is_confirmed(house, person, ALDABEKOVS)
    known = the_book().forms[form]
    questions = [each.key for each in known.questions] + ([REVIEW] if known.review else [])

    for question in questions:
        for how in ("types", "presses", "confirms", "goes back", "resumes"):
            await left_with(house, person, form, question)
            await acts(person, how, form, question)
            assert not person.reads(APOLOGY), (question, how)

        for label in set(person.labels) - set(person.named("Share my number", "Share my location")):
            await left_with(house, person, form, question)
            await person.presses("resume")
            if label in person.labels:
                await person.taps(label)
            assert not person.reads(APOLOGY), (question, label)

    await person.says("/menu")
    assert set(person.named(*MENU)) <= set(person.labels)
    assert [line for line in house.logged if line["event"] == "turn failed"] == []


async def test_an_application_is_begun_at_its_first_question(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await left_with(house, person, "apply", REVIEW)

    await person.presses("confirm:apply")

    assert person.reads(ANSWER_ANEW)
    assert person.named("General queue")[0] in person.labels
    told = [line for line in house.logged if line["event"] == "a draft is of another shape"]
    assert [(line["log_level"], line["form"]) for line in told] == [("warning", "apply")]
    await person.taps("General queue")
    await person.hears(IS_IT_YOU, name="Сәкен А.", date="17.05.1992")


@pytest.mark.parametrize(("form", "question"), [("invite", "key"), ("newphone", "proof"), ("newpass", "new")])
async def test_what_only_its_own_screen_can_begin_is_dropped(
    house: House, language: str, form: str, question: str
) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await left_with(house, person, form, question)

    await person.says("123456")

    assert person.reads(BEGIN_ANEW)
    assert person.labels == person.named(*MENU)


async def test_nothing_of_the_turn_that_broke_is_kept(house: House, parent: Person) -> None:
    """The code is sent before it is found out that the form does not know for what."""
    await is_confirmed(house, parent, ALDABEKOVS)
    await left_with(house, parent, "newphone", "phone")

    await parent.says("+7 701 555 01 77")

    assert parent.reads(BEGIN_ANEW)
    assert house.sms.sent == ()
