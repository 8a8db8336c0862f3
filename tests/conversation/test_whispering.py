"""An operator prepares a step of the form that is open; the parent says yes or no to it in the chat."""

import pytest

from bot.centre import whisper_limits, whispering
from bot.conversation.book import FORM_ACTIONS
from bot.conversation.reply import Sensitivity
from domain.errors import DrivenByAnother, WhisperForbidden, WhisperOutdated, WordsBadLength
from tests.conversation.driving_plays import (
    AIGUL,
    BERIK,
    NO,
    YES,
    does,
    drives,
    log_of,
    steered,
    suggested,
    suggests_press,
    suggests_text,
)
from tests.conversation.house import House
from tests.conversation.made_up import TIKHONOVS
from tests.conversation.measuring import the_book
from tests.conversation.person import Person
from tests.conversation.plays import MENU, OUTDATED, PLACE, WHAT

IIN = TIKHONOVS.children[0].person.iin.digits
ANSWER = "An operator suggests an answer for you. Nothing is done without your yes."
FOR_ANOTHER = "The operator's suggestion was for another step. Nothing was done."
DECLINED = "Nothing was done. The operator reads that you said no."


@pytest.fixture
async def asked(house: House, kind: str, language: str) -> Person:
    """Somebody whom the bot asks for an IIN or a number, in each messenger."""
    person = await house.acquaintance(kind, language)
    house.witness.spoken_with.add((person.channel, person.chat))
    await person.says("/menu")
    await person.taps("Check the queue")
    return person


async def test_the_parent_sees_who_suggests_which_answer_to_which_question(
    house: House, asked: Person
) -> None:
    await suggests_text(house, asked, IIN)

    assert asked.reads(ANSWER)
    assert asked.reads("Question: {question}", question=asked.t(WHAT))
    assert asked.reads("Answer: {answer}", answer=IIN)
    assert asked.labels == asked.named(YES, NO)


async def test_yes_does_it_as_if_the_parent_had_typed_it_and_the_log_hides_as_much(
    house: House, asked: Person
) -> None:
    await suggests_text(house, asked, IIN)

    await asked.taps(YES)

    assert asked.reads(PLACE, place=1, size=9)
    assert await steered(house, asked) == [("suggested", AIGUL.actor), ("agreed", AIGUL.actor)]
    [logged] = [each for each in await log_of(house, asked) if each.kind == whispering.KIND]
    assert asked.t("Answer: {answer}", answer=f"••••••{IIN[-2:]}") in logged.text
    assert not [each.text for each in await log_of(house, asked) if IIN in each.text]


async def test_no_does_nothing_and_the_operator_reads_so(house: House, asked: Person) -> None:
    await suggests_text(house, asked, IIN)

    await asked.taps(NO)

    assert asked.reads(DECLINED)
    assert asked.reads(WHAT)
    assert await steered(house, asked) == [("suggested", AIGUL.actor), ("declined", AIGUL.actor)]
    assert await suggested(house, asked) is None


async def test_yes_is_said_once(house: House, asked: Person) -> None:
    await suggests_text(house, asked, IIN)
    told = asked.screen
    await asked.taps(YES, on=told)
    await asked.repeats(at_once=2)

    await asked.taps(YES, on=told)
    after = asked.sees
    await asked.taps(NO, on=told)

    assert asked.t(OUTDATED) in after
    assert asked.reads(OUTDATED)
    assert [text for text, _ in await steered(house, asked)] == ["suggested", "agreed"]


async def test_a_wrong_answer_is_refused_as_the_parents_own_would_be(house: House, asked: Person) -> None:
    await suggests_text(house, asked, f"{IIN[:-1]}{(int(IIN[-1]) + 1) % 10}")

    await asked.taps(YES)

    assert asked.reads(
        "The check digit of this IIN does not fit: one digit is mistyped. "
        "Please compare it with the document."
    )
    assert asked.reads(WHAT)


async def test_a_suggestion_for_another_step_is_out_of_date(house: House, asked: Person) -> None:
    await suggests_text(house, asked, IIN)
    told = asked.screen
    await asked.says("/menu")

    await asked.taps(YES, on=told)

    assert asked.reads(FOR_ANOTHER)
    assert asked.labels == asked.named("Go on where I stopped", *MENU)
    assert [text for text, _ in await steered(house, asked)] == ["suggested", "suggestion_outdated"]


async def test_a_new_suggestion_stands_in_the_stead_of_the_one_before(house: House, asked: Person) -> None:
    await suggests_text(house, asked, "1200300499")
    first = asked.screen
    await suggests_text(house, asked, IIN)
    second = asked.screen

    await asked.taps(YES, on=first)
    before = asked.sees
    await asked.taps(YES, on=second)

    assert asked.t(OUTDATED) in before
    assert asked.reads(PLACE, place=1, size=9)


async def test_what_was_taken_back_is_out_of_date(house: House, asked: Person) -> None:
    await suggests_text(house, asked, IIN)
    waiting = await suggested(house, asked)
    assert waiting is not None

    await house.write(lambda tx: whispering.take_back(tx, AIGUL, waiting.id))
    await asked.taps(YES)

    assert asked.reads(OUTDATED)
    with pytest.raises(WhisperOutdated):
        await house.write(lambda tx: whispering.take_back(tx, AIGUL, waiting.id))


async def test_a_suggestion_is_good_in_the_own_conversation_only(house: House, asked: Person) -> None:
    await suggests_text(house, asked, IIN)
    waiting = await suggested(house, asked)
    stranger = await house.acquaintance("whatsapp")
    assert waiting is not None

    await stranger.presses(f"whisper:yes:{waiting.id}")

    assert stranger.reads(OUTDATED)
    assert (await suggested(house, asked)) == waiting


async def test_a_button_of_the_last_screen_is_suggested_and_pressed(house: House, asked: Person) -> None:
    await asked.says("/menu")
    await suggests_press(house, asked, "houses", "The kindergartens")

    await asked.taps(YES)

    assert asked.reads("The kindergartens")
    assert [text for text, _ in await steered(house, asked)] == ["suggested", "agreed"]


async def test_joining_the_queue_can_be_suggested_wherever_the_bot_stands(
    house: House, asked: Person
) -> None:
    await suggests_press(house, asked, "apply", "Join the queue")
    told = asked.sees

    await asked.taps(YES)

    assert asked.t("Question: {question}", question=asked.t(WHAT)) in told
    assert asked.named("General queue")[0] in asked.labels


async def test_a_button_that_is_not_there_cannot_be_suggested(house: House, asked: Person) -> None:
    with pytest.raises(WhisperOutdated):
        await does(house, asked, whispering.suggest_press, "settings")


@pytest.mark.parametrize(
    "action", ["cancel", "withdraw:1", "erase", "newphone:1", "confirmseat:1", "x" * 65, ""]
)
async def test_what_only_the_parent_may_press_is_refused(house: House, action: str) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/menu")

    with pytest.raises(WhisperForbidden):
        await does(house, person, whispering.suggest_press, action)

    assert await suggested(house, person) is None


async def test_no_code_can_be_suggested(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/settings")
    await person.taps("Sign in")
    await person.says(TIKHONOVS.parent.iin.digits)
    chat = (await house.contact_of(person)).conversation_id

    with pytest.raises(WhisperForbidden):
        await does(house, person, whispering.suggest_text, "123456")

    assert not await house.write(lambda tx: whispering.can_answer(tx, chat))


@pytest.mark.parametrize("text", ["/menu", "Cancel", "Мәзір", "  "])
async def test_what_would_be_a_command_or_a_button_is_no_answer(house: House, text: str) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/menu")
    await person.taps("Check the queue")

    with pytest.raises((WhisperForbidden, WordsBadLength)):
        await does(house, person, whispering.suggest_text, text)


async def test_where_nothing_is_asked_there_is_nothing_to_be_answered(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/menu")

    with pytest.raises(WhisperOutdated):
        await does(house, person, whispering.suggest_text, IIN)


async def test_nobody_whispers_into_anothers_drive(house: House, asked: Person) -> None:
    await drives(house, asked)

    with pytest.raises(DrivenByAnother):
        await does(house, asked, whispering.suggest_text, IIN, by=BERIK)


async def test_yes_is_obeyed_while_an_operator_talks(house: House, asked: Person) -> None:
    await drives(house, asked)
    await suggests_text(house, asked, IIN)

    await asked.taps(YES)

    assert asked.reads(PLACE, place=1, size=9)


async def test_what_can_be_suggested_is_offered_by_its_name(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/menu")
    chat = (await house.contact_of(person)).conversation_id

    offered = await house.write(lambda tx: whispering.offers(tx, chat, person.t))

    assert [each.label for each in offered] == list(person.named(*MENU))


@pytest.mark.parametrize("name", sorted(the_book().actions))
def test_of_every_action_it_is_said_whether_it_may_be_suggested(name: str) -> None:
    assert (name in whisper_limits.MAY_PRESS) is not (name in whisper_limits.NEVER)
    assert whisper_limits.may_press(name) is (name in whisper_limits.MAY_PRESS)


def test_nothing_that_cannot_be_had_back_may_be_suggested() -> None:
    dangerous = {"withdraw", "giveup", "letgo", "takeback", "privdrop", "pause", "housedrop", "cancel"}
    dangerous |= {"erase", "signout", "accounts", "phones", "newphone", "undo", "password", "newpass", "lock"}
    dangerous |= {"confirmseat", "hold", "agree", "disagree", "joining", "second", "helper", "helping"}

    assert dangerous <= whisper_limits.NEVER
    assert dangerous <= the_book().actions.keys()
    assert [each for each in dangerous if whisper_limits.may_press(f"{each}:1")] == []


@pytest.mark.parametrize("name", sorted(the_book().forms))
def test_of_every_form_it_is_said_whether_it_may_be_filled_in(name: str) -> None:
    form = the_book().forms[name]
    assert (name in whisper_limits.MAY_FILL) is not (name in whisper_limits.NEVER_FILL)

    for question in form.questions:
        open_to_others = name in whisper_limits.MAY_FILL and question.sensitivity is not Sensitivity.SECRET
        assert whisper_limits.may_press(f"answer:{name}:{question.key}:1") is open_to_others
        assert whisper_limits.may_press(f"edit:{name}:{question.key}") is open_to_others
    assert whisper_limits.may_press(f"confirm:{name}") is (name in whisper_limits.MAY_FILL)


def test_a_form_that_nobody_knows_is_nobodys_to_fill_in() -> None:
    assert [each for each in FORM_ACTIONS if whisper_limits.may_press(f"{each}:nobodys:x")] == []
    assert [each for each in FORM_ACTIONS if whisper_limits.may_press(each)] == []
