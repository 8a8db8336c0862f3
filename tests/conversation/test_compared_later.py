"""What was typed while the state register was down is compared later, and what the parents hear of it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from domain.iin import Sex
from storage import profiles
from storage.tables import message
from tests.conversation.applying import begins, confirms_phone, tells_who
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import PLACE, asks_for_code, code_sent_to, is_confirmed
from tests.conversation.unconfirmed import LOOKED_AT, hears_the_silence, typed_while_it_was_down

CHILD = ALDABEKOVS.child.person
DIFFERS = "Your data and the state register do not agree: {what}."
CHILD_DIFFERS = "{child}: the data and the state register do not agree: {what}."
UNVERIFIED = "Your data will be compared with the state register later; the application counts."


@pytest.fixture
async def family(house: House, language: str) -> Person:
    """The parent of a family in the queue, signed in, in each language."""
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await person.says("/menu")
    return person


async def test_when_the_register_agrees_nobody_is_bothered(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS)
    seen = family.heard

    await house.asks_the_register()
    await family.says("/check")

    assert len(family.heard) - len(seen) <= 1
    assert family.reads(PLACE, place=36, size=46)


async def test_a_difference_is_told_by_its_field_and_never_by_its_words(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Басқаев")

    await house.asks_the_register()

    await family.hears(DIFFERS, what=family.t("surname"))
    assert family.reads("If you mistyped, correct it in your profile.")
    assert family.reads(LOOKED_AT)
    assert family.labels == family.named("Profile", "Operator", "Menu")
    assert ALDABEKOVS.parent.surname not in family.sees
    await family.says("/check")
    assert family.reads(PLACE, place=36, size=46)


async def test_a_difference_about_the_child_says_which_child(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, child="Басқаева")
    house.register.people[CHILD.iin] = replace(CHILD, sex=Sex.MALE)

    await house.asks_the_register()

    what = f"{family.t('surname')}, {family.t('sex')}"
    await family.hears(CHILD_DIFFERS, child=CHILD.name, what=what)
    assert family.labels == family.named("Operator", "Menu")


async def test_each_field_has_its_word(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Басқаев")
    other = replace(ALDABEKOVS.parent, name="Басқа", birth_date=date(1992, 5, 18), sex=Sex.FEMALE)
    house.register.people[ALDABEKOVS.parent.iin] = other

    await house.asks_the_register()

    named = family.named("surname", "given name", "date of birth", "sex")
    await family.hears(DIFFERS, what=", ".join(named))


async def test_somebody_unknown_to_the_register_is_told_and_later_that_all_is_well(
    house: House, family: Person
) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS)
    house.register.missing = {ALDABEKOVS.parent.iin, CHILD.iin}
    await house.asks_the_register()
    await family.hears("{child}: the state register does not know this IIN.", child=CHILD.name)
    assert any(family.t("The state register does not know your IIN.") in each.text for each in family.heard)

    house.register.missing = set()
    house.later(days=1)
    await house.asks_the_register()

    await family.hears("{child}: the data is confirmed now. All is well.", child=CHILD.name)
    assert any(family.t("Your data is confirmed now. All is well.") in each.text for each in family.heard)


async def test_an_applicant_whom_the_register_does_not_name_is_told(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS)
    house.register.people[CHILD.iin] = replace(CHILD, parents=(NEWCOMERS.father.iin,))

    await house.asks_the_register()

    await family.hears("{child}: the state register names other parents than you.", child=CHILD.name)


async def test_a_difference_stands_in_the_inbox_too(house: House, family: Person) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Басқаев")
    await house.asks_the_register()
    await family.hears(DIFFERS, what=family.t("surname"))

    await family.says("/menu")
    await family.taps(next(each for each in family.labels if family.t("Messages") in each))

    assert family.reads(DIFFERS, what=family.t("surname"))


async def test_neither_an_sms_about_the_child_nor_its_log_has_the_childs_name(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/menu")
    parent_id = house.world.parent_of(ALDABEKOVS)
    await house.write(lambda tx: profiles.set_notices(tx, parent_id, way="sms", language="en"))
    await typed_while_it_was_down(house, ALDABEKOVS, child="Басқаева")

    await house.asks_the_register()
    await parent.waits(lambda: house.sms.sent, "the SMS")

    assert house.sms.sent[-1].text.startswith("The child: the data")
    assert CHILD.name not in house.sms.sent[-1].text
    logged = await house.write(lambda tx: list(tx.conn.execute(select(message.c.text)).scalars()))
    assert [text for text in logged if text and CHILD.name in text] == []


async def test_nothing_is_told_twice_however_often_the_register_is_asked(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/menu")
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Басқаев")
    await house.asks_the_register()
    await parent.hears(DIFFERS, what="surname")

    house.later(days=2)
    await house.asks_the_register()
    await parent.says("/check")

    assert sum(parent.t(DIFFERS, what="surname") in each.text for each in parent.heard) == 1


async def test_a_name_that_is_corrected_in_the_profile_is_compared_at_once(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/menu")
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Алдабаев")
    await house.asks_the_register()
    await parent.hears(DIFFERS, what="surname")

    await parent.taps("Profile")
    await parent.taps("Name")
    await parent.says("Алдабеков Сәкен")
    assert parent.reads("Saved.")
    await house.asks_the_register()

    await parent.hears("Your data is confirmed now. All is well.")


async def test_one_who_signs_in_meets_the_difference_on_the_screen_and_not_once_more_as_a_message(
    house: House, parent: Person
) -> None:
    await typed_while_it_was_down(house, ALDABEKOVS, parent="Басқаев")

    await asks_for_code(parent, ALDABEKOVS)
    await parent.says(await code_sent_to(house, parent, ALDABEKOVS.phones[0].e164))
    await parent.hears(
        "Your data and the state register do not agree. The education department will look at it."
    )
    await house.asks_the_register()
    await parent.says("/check")

    assert ALDABEKOVS.parent.name not in "".join(each.text for each in parent.heard)
    assert not any(parent.t(DIFFERS, what="surname") in each.text for each in parent.heard)


async def test_a_father_applies_while_the_register_is_down_and_is_compared_when_it_is_back(
    house: House, parent: Person
) -> None:
    house.register.down = True
    await begins(parent)
    await tells_who(house, parent, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await hears_the_silence(house, parent, asked=1)
    await parent.says("Бекжанов Темір")
    await confirms_phone(house, parent, NEWCOMERS.phones[1])
    await parent.says(NEWCOMERS.daughter.iin.digits)
    await hears_the_silence(house, parent, asked=2)
    await parent.says("бекжанова айла")
    await parent.says("Есім хан көшесі 5")
    await parent.taps("Either will do")
    await parent.taps("No, go on")
    await parent.taps("That's good")
    await parent.taps("Confirm")
    assert parent.reads(UNVERIFIED)

    house.register.down = False
    await house.asks_the_register()

    await parent.hears(DIFFERS, what="given name")
    assert parent.reads(LOOKED_AT)
