"""An operator's own words: in the chat at once, kept in the inbox, told by SMS when they do not arrive."""

import pytest

from bot.centre import answering
from domain.errors import WordsBadLength
from domain.notice import Told
from storage import journal, notices
from storage.notices import Notice
from tests.conversation.driving_plays import AIGUL, does, log_of, question_of, says
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.mine_plays import parent_at
from tests.conversation.person import Person
from tests.conversation.plays import PLACE
from tests.conversation.telegram_parent import TelegramParent

WORDS = "<b>Анықтаманы</b> *1-терезеден* алыңыз & _күтіңіз_"
IIN = TIKHONOVS.children[0].person.iin.digits


async def inbox_of(house: House) -> list[Notice]:
    """What the family was told by operators."""
    me = house.world.parent_of(ALDABEKOVS)
    found: list[Notice] = await house.write(lambda tx: notices.page(tx, me, 9))
    return [each for each in found if each.kind is Told.OPERATOR_ANSWERED]


async def test_it_is_read_as_it_was_typed_under_the_title_of_the_operator(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/menu")

    await says(house, person, WORDS)

    assert person.reads("Operator")
    assert person.labels == ()


async def test_the_log_has_it_masked_with_whoever_said_it(house: House, parent: Person) -> None:
    await parent.says("/menu")

    await says(house, parent, f"ЖСН {IIN}")

    logged = (await log_of(house, parent))[-1]
    assert (logged.kind, logged.direction) == ("operator", "out")
    assert (logged.text, logged.cause) == (f"ЖСН ••••••{IIN[-2:]}", journal.by_staff(AIGUL.staff_id))


async def test_nobody_waits_any_more_and_the_question_is_whose_answer_it_was(
    house: House, parent: Person
) -> None:
    await parent.says("/menu")
    await parent.taps("Operator")
    await parent.says("Қайда?")

    await says(house, parent, "Осында.")

    question = await question_of(house, parent)
    assert question is not None
    assert (question.waits_since, question.assigned_to) == (None, AIGUL.staff_id)


async def test_without_a_drive_the_bot_goes_on_answering(house: House, parent: Person) -> None:
    await parent.says("/menu")
    await parent.taps("Check the queue")

    await says(house, parent, "Жүйе жұмыс істейді.")
    await parent.says(IIN)

    assert parent.reads(PLACE, place=1, size=9)


@pytest.mark.parametrize("text", ["", " \n", "\u202e\u200b", "ә" * 4001])
async def test_nothing_and_too_much_is_refused(house: House, text: str) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/menu")
    before = len(await log_of(house, person))

    with pytest.raises(WordsBadLength) as refused:
        await does(house, person, answering.say, text)

    assert (refused.value.shortest, refused.value.longest) == (1, 4000)
    assert len(await log_of(house, person)) == before


async def test_the_longest_answer_fits_every_messenger(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await person.says("/menu")

    await says(house, person, "ә" * 4000)

    assert house.witness.faults == []


async def test_the_title_is_in_the_language_of_the_words(house: House) -> None:
    person = await house.acquaintance("whatsapp", "ru")
    await person.says("/menu")
    chat = (await house.contact_of(person)).conversation_id

    await house.write(lambda tx: answering.say(tx, AIGUL, chat, "Келіңіз.", language="kk"))
    await person.waits(lambda: "Келіңіз." in person.sees, "the answer")

    assert "Оператор" in person.sees


async def test_whoever_is_signed_in_finds_it_in_the_inbox(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await says(house, person, WORDS)
    await says(house, person, "ұ" * 1500)

    await person.presses("messages")

    long, short = await inbox_of(house)
    assert (short.data, len(long.data["reason"])) == ({"reason": WORDS}, 500)
    assert person.reads("An operator has answered you in the chat.")
    assert WORDS in person.sees


async def test_a_stranger_has_no_inbox(house: House, parent: Person) -> None:
    await parent.says("/menu")

    await says(house, parent, WORDS)

    assert await inbox_of(house) == []


async def test_what_does_not_arrive_is_told_by_sms_without_the_words(house: House) -> None:
    person = await parent_at(house, "telegram", "ru")
    assert isinstance(person, TelegramParent)
    person.messenger.blocks()

    await does(house, person, answering.say, WORDS)
    await person.waits(lambda: len(house.sms.sent) == 2, "the notice and the question by SMS")

    told = house.sms.sent[0]
    assert told.to == ALDABEKOVS.phones[0].e164
    assert "Оператор ответил Вам в чате." in told.text or "Оператор Сізге чатта жауап берді." in told.text
    assert "Анықтаманы" not in told.text
