"""Settings: each thing that was chosen can be seen and changed."""

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

LABELS = (
    *("Language", "Territory", "Sign in", "Rules of the queue", "Data policy", "I help a family", "Menu"),
)
OF_A_PARENT = (
    *("Language", "Territory", "Notices", "My alerts", "My cabinet", "Rules of the queue"),
    *("Data policy", "I help a family", "Sign out", "Menu"),
)


async def test_what_is_set_is_shown(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    name, town = {
        "kk": ("Қазақша", "Түркістан"),
        "ru": ("Русский", "Туркестан"),
        "en": ("English", "Turkistan"),
    }[language]

    await person.says("/settings")

    assert person.reads("Language: {language}", language=name)
    assert person.reads("Territory: {territory}", territory=town)
    assert person.reads("You are not signed in.")
    assert person.labels == person.named(*LABELS)


async def test_the_language_is_changed(parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Language")
    await parent.taps("Русский")

    parent.language = "ru"
    await parent.says("/settings")
    assert parent.reads("Language: {language}", language="Русский")


async def test_the_policy_can_be_read_at_any_time(house: House, parent: Person) -> None:
    await parent.says("/settings")
    await parent.taps("Data policy")

    assert parent.heard[-2].text.startswith(parent.t("Data policy"))
    assert parent.reads("You agreed on {date}.", date="20.11.2026")
    assert parent.labels == parent.named("Menu")


async def test_reading_the_policy_keeps_a_form_open(house: House, parent: Person) -> None:
    await parent.says("/settings")
    settings = parent.screen
    await parent.says("/check")
    await parent.taps("Data policy", on=settings)

    await parent.says(ALDABEKOVS.child.person.iin.digits)

    assert parent.reads("Place in the queue: {place} of {size}", place=36, size=46)


async def test_one_who_is_signed_in_can_sign_out(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/settings")
    assert parent.reads("You are signed in as a parent.")
    assert parent.labels == parent.named(*OF_A_PARENT)

    await parent.taps("Sign out")

    assert (await house.contact_of(parent)).parent_id is None
