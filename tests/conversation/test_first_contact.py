"""The first contact: language, consent, territory, each asked once, and then what was wanted."""

import pytest

from bot.texts import LANGUAGES
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import MENU

TOWN = {"kk": "Түркістан", "ru": "Туркестан", "en": "Turkistan"}
LANGUAGE_QUESTION = ("Қазақша", "Русский", "English")
CONSENT = ("I agree", "Read the policy", "I do not agree")
TERRITORY = "In which city, district or village is your queue? Type its name, or choose below."
WHAT = "Type the child's IIN, the parent's IIN, or the application number. I will find the place."


async def test_a_newcomer_gets_to_the_menu_in_each_language(house: House, kind: str, language: str) -> None:
    person = await house.newcomer(kind, language)

    await person.says("/start")
    assert person.labels == LANGUAGE_QUESTION
    await person.taps(LANGUAGES[language])
    await person.taps("I agree")
    await person.says(TOWN[language])

    assert person.labels == person.named(*MENU)
    assert person.reads("Territory: {territory}.", territory=TOWN[language])


async def test_whatever_comes_first_the_language_is_asked(newcomer: Person) -> None:
    await newcomer.says("Сәлеметсіз бе! 👋")

    assert newcomer.labels == LANGUAGE_QUESTION


async def test_what_was_wanted_is_done_after_the_first_contact(newcomer: Person) -> None:
    await newcomer.says("/check")
    await newcomer.taps("English")
    await newcomer.taps("I agree")
    await newcomer.says("Turkistan")

    assert newcomer.reads("Territory: {territory}.", territory="Turkistan")
    assert newcomer.reads(WHAT)


async def test_an_iin_typed_first_leads_to_the_first_contact(newcomer: Person) -> None:
    await newcomer.says(ALDABEKOVS.child.person.iin.digits)

    assert newcomer.labels == LANGUAGE_QUESTION


async def test_nothing_is_looked_up_before_consent(newcomer: Person) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.says(ALDABEKOVS.child.person.iin.digits)

    assert newcomer.labels == newcomer.named(*CONSENT)
    assert "36" not in newcomer.sees


async def test_the_policy_can_be_read_before_it_is_agreed_to(newcomer: Person) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.taps("Read the policy")

    policy, question = newcomer.heard[-2:]
    assert policy.text.startswith(newcomer.t("Data policy"))
    assert question.labels == newcomer.named(*CONSENT)


async def test_who_does_not_agree_can_still_change_their_mind(newcomer: Person) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.taps("I do not agree")
    assert newcomer.labels == newcomer.named("I agree", "Read the policy")

    await newcomer.taps("I agree")

    assert newcomer.reads(TERRITORY)


async def test_a_new_version_of_the_policy_is_asked_again_and_then_the_wish_is_done(
    house: House, parent: Person
) -> None:
    await house.changes_contact(parent, consent_version="2019-06")

    await parent.says("/check")
    assert parent.reads("The data policy has changed. Please look at it again.")
    await parent.taps("I agree")

    assert parent.reads(WHAT)


async def test_each_is_asked_once(house: House, parent: Person) -> None:
    before = await house.contact_of(parent)

    await parent.says("/start")

    assert parent.labels == parent.named(*MENU)
    assert (await house.contact_of(parent)).consent_at == before.consent_at


@pytest.mark.parametrize("words", ["Қазақша", "1", "қазақша"])
async def test_the_language_can_be_typed(newcomer: Person, words: str) -> None:
    await newcomer.says("/start")
    await newcomer.says(words)

    newcomer.language = "kk"
    assert newcomer.labels == newcomer.named(*CONSENT)
