"""Whatever people write or send is answered, shown as it is, and breaks nothing."""

import pytest

from bot.conversation.incoming import Text
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU, WHAT, asks_for_code
from tests.conversation.telegram_parent import TelegramParent
from tests.conversation.web_parent import WebParent
from tests.conversation.whatsapp_parent import WhatsAppParent

NOT_UNDERSTOOD = "I did not understand that. Please choose one of these:"
UNREADABLE = "I can't read this kind of message yet. Please type it in words or press a button."
TOO_LONG = "This is too long for me. Please say it more briefly."
KEPT = "Your question is kept. An operator will answer you here; you can go on meanwhile."
CODE = (
    "If this IIN has a confirmed phone, a code of 6 digits was sent to it by SMS. Type it here. "
    "It is good for 5 minutes."
)
ODD = {
    "4096 characters": "ұ" * 4096,
    "emoji": "👩‍👩‍👧‍👦🇰🇿🤷🏽‍♀️",
    "4096 emoji": "🤷" * 2048,
    "control": "\x01\x07\x1b[31m\u200b\ufeff\u2028 x",
    "right to left": "\u202e123\u202c مرحبا שלום",
    "markup": "<b>x</b> *y* _z_ [a](tg://user?id=1) `c` &lt; {name} %s",
    "zalgo": "Қ" + "\u0336\u0489" * 200,
    "braces": "{place} {0} {}",
    "newlines": "\n\n\n?\n\n",
    "slash": "/",
    "colon": "own:1",
}


@pytest.mark.parametrize("odd", list(ODD))
async def test_odd_text_in_the_menu_is_answered_with_the_menu(house: House, kind: str, odd: str) -> None:
    person = await house.acquaintance(kind)
    await person.says("/menu")

    await person.says(ODD[odd])

    assert person.reads(NOT_UNDERSTOOD)
    assert person.labels == person.named(*MENU)


@pytest.mark.parametrize("odd", list(ODD))
async def test_odd_text_in_the_middle_of_forms_is_explained(house: House, odd: str) -> None:
    person = await house.acquaintance("telegram")

    await person.says("/check")
    await person.says(ODD[odd])
    assert person.reads(WHAT)
    await asks_for_code(person, ALDABEKOVS)
    await person.says(ODD[odd])
    assert person.reads(CODE)
    await person.says("/settings")
    await person.taps("Territory")
    await person.says(ODD[odd])
    assert person.reads("I found no such place. Try another spelling, or go down the list.")


@pytest.mark.parametrize("odd", list(ODD))
async def test_odd_text_can_be_asked_of_an_operator(house: House, odd: str) -> None:
    person = await house.acquaintance("webchat")
    await person.says("/menu")
    await person.taps("Operator")

    await person.says(ODD[odd])

    assert person.reads(KEPT)


async def test_the_same_words_stay_in_the_chat_as_they_were_written(house: House, kind: str) -> None:
    person = await house.acquaintance(kind)

    await person.says(ODD["markup"])

    assert person.own_words[-1] == ODD["markup"]


@pytest.mark.parametrize("length", [4097, 70_000])
async def test_text_of_more_than_4096_characters_is_too_long(house: House, length: int) -> None:
    person = await house.acquaintance("whatsapp")
    await person.says("/check")

    await person.says("9" * length)

    assert person.reads(TOO_LONG)
    assert person.reads(WHAT)


async def test_the_page_says_how_long_a_text_may_be(house: House) -> None:
    person = await house.acquaintance("webchat")
    assert isinstance(person, WebParent)
    await person.says("/check")

    await person.says("9" * 4097)

    assert person.refusals == [
        person.t("This message is too long. At most {number} characters, please.", number=4096)
    ]
    assert person.reads(WHAT)


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "x"}},
        {"voice": {"file_id": "x"}},
        {"video_note": {"file_id": "x"}},
        {"something_new_of_next_year": {}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_a_sticker_or_a_voice_is_answered_and_the_form_stays(
    house: House, content: dict[str, object]
) -> None:
    person = await house.acquaintance("telegram")
    assert isinstance(person, TelegramParent)
    await person.says("/check")

    await person.sends(**content)

    assert person.reads(UNREADABLE)
    assert person.reads(WHAT)


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "x", "width": 600, "height": 800}], "caption": "мұнда"},
        {"document": {"file_id": "x"}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_a_picture_where_digits_are_asked_for_is_answered_and_the_form_stays(
    house: House, content: dict[str, object]
) -> None:
    person = await house.acquaintance("telegram")
    assert isinstance(person, TelegramParent)
    await person.says("/check")

    await person.sends(**content)

    assert person.reads("Please type it in digits.")
    assert person.reads(WHAT)


async def test_a_voice_message_of_another_messenger_is_answered(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    assert isinstance(person, WhatsAppParent)
    await person.says("/menu")

    await person.sends_unreadable("audio")

    assert person.reads(UNREADABLE)
    assert person.labels == person.named(*MENU)


@pytest.mark.parametrize("before", ["/menu", "/check"])
async def test_a_phone_or_a_place_that_nobody_asked_for_is_answered(
    house: House, parent: Person, before: str
) -> None:
    await parent.says(before)
    await parent.shares_location(43.3, 68.25)
    assert parent.labels

    if isinstance(parent, TelegramParent | WhatsAppParent):
        await parent.shares_phone("+77015550101")
        assert parent.labels


async def test_nothing_at_all_is_answered_too(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    assert isinstance(person, WhatsAppParent)

    for text in ("", " ", "\n"):
        await person.sends(Text(text))

    assert person.reads(NOT_UNDERSTOOD)
