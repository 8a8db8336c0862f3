"""A draft that waits: over days, restarts, other forms, other rules, another consent, another language."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.flows import consent
from domain.local_time import local_date
from domain.policy import Policy
from domain.policy_data import to_data
from storage import loading, people
from storage.tables import phone
from storage.transaction import Transaction
from tests.conversation.applying import (
    ADDRESS,
    applies,
    becomes_the_father,
    begins,
    chooses_the_daughter,
    confirms_phone,
    fills_in_the_rest,
    tells_who,
)
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import PLACE, checks
from tests.conversation.world import CENTRE

CHILD = "Child: {name}, born {date}"


async def test_a_draft_is_taken_up_after_days_and_a_restart(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await becomes_the_father(house, person)
    await chooses_the_daughter(person)
    await person.says("/menu")
    house.later(days=5)
    await house.restarts()

    await person.says("/menu")
    await person.taps("Go on where I stopped")
    await looks_again(person)
    await fills_in_the_rest(person)

    assert person.reads(CHILD, name="Айла Б.", date="09.10.2024")
    await person.taps("Confirm")
    assert person.reads("Place in the queue: {place}", place=47)


async def has_heard(person: Person, message: str) -> None:
    """Wait until one of the messages says it: another may have come since."""
    words = person.t(message)
    await person.waits(lambda: any(words in each.text for each in person.heard), repr(words))


async def looks_again(person: Person) -> None:
    """More than a day after the register was asked: both names once more."""
    await has_heard(
        person, "The state register was asked a while ago. Please look once more at what it says."
    )
    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await person.taps("Yes, that's me")
    await person.hears("{name}, born {date}. Is this the child?", name="Айла Б.", date="09.10.2024")
    await person.taps("Yes, it's this child")


async def test_a_draft_of_the_same_day_asks_the_register_nothing_again(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await applies(house, person)
    house.later(hours=23)

    await person.taps("Confirm")

    assert person.reads("You are in the queue")


async def test_other_forms_in_between_do_not_lose_it(house: House, parent: Person) -> None:
    await becomes_the_father(house, parent)
    await checks(parent, ALDABEKOVS.child.person.iin.digits)
    assert parent.reads(PLACE, place=36, size=46)
    await parent.says("/menu")
    await parent.taps("Operator")
    await parent.says("Сұрағым бар")

    await parent.says("/menu")
    await parent.taps("Join the queue")

    assert parent.reads(
        "Which child is it? Choose, or type the child's IIN: 12 digits from the birth certificate."
    )


async def test_cancelling_asks_whether_the_draft_is_to_be_dropped(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await becomes_the_father(house, person)

    await person.taps("Cancel")
    assert person.reads("What you have filled in can wait here as long as you like. Drop it?")
    await person.taps("Keep it for later")
    assert person.labels[0] == person.t("Go on where I stopped")
    await person.taps("Go on where I stopped")
    await person.taps("Cancel")
    await person.taps("Drop it")

    assert person.reads("Cancelled. Nothing was saved.")
    assert person.t("Go on where I stopped") not in person.labels


async def test_a_draft_is_begun_anew(house: House, parent: Person) -> None:
    await applies(house, parent)
    await parent.says("/menu")
    await parent.taps("Join the queue")

    await parent.taps("Begin anew")

    assert parent.reads("Join the queue")
    assert parent.labels[0] == "General queue"


async def test_the_language_changes_in_the_middle(house: House, kind: str) -> None:
    person = await house.acquaintance(kind, "kk")
    await becomes_the_father(house, person)
    await person.says("/language ru")
    person.language = "ru"

    await chooses_the_daughter(person)
    await fills_in_the_rest(person)
    await person.taps("Confirm")

    assert person.reads("You are in the queue")


async def test_a_new_version_of_the_consent_is_asked_before_it_goes_on(
    house: House, kind: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await house.acquaintance(kind, language)
    await applies(house, person)
    monkeypatch.setattr(consent, "VERSION", "2027-01")

    await person.taps("Confirm")
    assert person.reads("The data policy has changed. Please look at it again.")
    await person.taps("I agree")

    assert person.reads("Please check everything")
    await person.taps("Confirm")
    assert person.reads("You are in the queue")


async def test_the_child_has_aged_out_meanwhile(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await applies(house, person)
    house.later(days=365 * 4)

    await person.taps("Confirm")

    # What the register says by now is asked and shown after it.
    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    refusal = person.heard[-2].text
    too_old = "A child can join the queue only while younger than {years}. For this one that ended on {date}."
    assert person.t(too_old, years=6, date="01.09.2030") in refusal
    assert person.t("Please choose another child.") in refusal


async def new_rules(house: House, policy: Policy) -> None:
    """The rules of the region change with the next day."""
    since = house.clock.read() + timedelta(days=1)

    await house.write(
        lambda tx: loading.put_policies(
            tx,
            [
                {
                    "territory_id": house.world.territories["region"],
                    "in_force_from": since,
                    "data": to_data(policy),
                }
            ],
        )
    )
    house.later(days=2)
    assert local_date(house.clock.read()) > local_date(since)


async def test_the_languages_of_the_place_have_changed(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await applies(house, person)
    await new_rules(house, Policy(contact_centre=CENTRE, languages=("kk", "en")))

    await person.taps("Confirm")

    await has_heard(person, "The languages of instruction in this place have changed. Please choose anew.")
    await looks_again(person)
    await person.taps("Either will do")
    await person.taps("Confirm")
    assert person.reads("You are in the queue")


async def test_one_phone_is_enough_where_the_rules_say_so(house: House) -> None:
    await new_rules(house, Policy(contact_centre=CENTRE, confirmed_phones=1))
    person = await house.acquaintance("whatsapp")
    await begins(person)
    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await person.waits(lambda: person.t("Yes, that's me") in person.labels, "the name to be shown")

    await person.taps("Yes, that's me")

    assert person.reads("The child")


async def test_many_languages_are_ticked(house: House, kind: str, language: str) -> None:
    await new_rules(house, Policy(contact_centre=CENTRE, languages=("kk", "ru", "uz")))
    person = await house.acquaintance(kind, language)
    await becomes_the_father(house, person)
    await chooses_the_daughter(person)
    await person.says(ADDRESS)

    await person.says("1")
    await person.says("3")
    await person.says("3")
    await person.says("2")
    await person.taps("Go on")
    await person.taps("No, go on")
    await person.taps("That's good")

    assert person.reads("Please check everything")


async def test_any_one_answer_is_changed_at_the_review(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await applies(house, person)

    await person.taps("Address")
    await person.says("Абай көшесі, 3-үй")
    await person.taps("News")
    await person.taps("By e-mail instead")
    await person.says("timur@pochta.example")
    await person.taps("Confirm later")

    assert person.reads("Address: {address}", address="Абай көшесі, 3-үй")
    assert person.reads("Please check everything")
    await person.taps("Confirm")
    assert person.reads("You are in the queue")


async def test_the_account_signs_out_before_confirming(house: House, parent: Person) -> None:
    await applies(house, parent)
    await house.changes_contact(parent, parent_id=None)

    await parent.taps("Confirm")

    assert parent.reads("Another parent is signed in now. Please choose the child once more.")
    assert parent.reads("Type your own IIN, the parent's: 12 digits from the identity card.")


async def test_a_second_phone_that_is_wanted_by_now_is_asked_for(
    house: House, kind: str, language: str
) -> None:
    await new_rules(house, Policy(contact_centre=CENTRE, confirmed_phones=1))
    person = await house.acquaintance(kind, language)
    await begins(person)
    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await person.waits(lambda: person.t("Yes, that's me") in person.labels, "the name to be shown")
    await person.taps("Yes, that's me")
    await person.waits(lambda: "09.10.2024" in str(person.labels), "the question for the child")
    await chooses_the_daughter(person)
    await fills_in_the_rest(person)
    await new_rules(house, Policy(contact_centre=CENTRE, confirmed_phones=2))

    await person.taps("Confirm")
    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await person.taps("Yes, that's me")
    await confirms_phone(house, person, NEWCOMERS.phones[1])
    await person.hears("{name}, born {date}. Is this the child?", name="Айла Б.", date="09.10.2024")
    await person.taps("Yes, it's this child")

    assert person.reads("Please check everything")
    await person.taps("Confirm")
    assert person.reads("You are in the queue")


async def test_a_second_phone_that_is_gone_is_asked_for_again(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await applies(house, person)
    gone = NEWCOMERS.phones[1]

    def drop(tx: Transaction) -> None:
        me = people.find_parent_by_iin(tx, NEWCOMERS.father.iin)
        assert me is not None
        blinds = tx.vault.blinds("phone", gone.e164)
        tx.conn.execute(update(phone).where(phone.c.phone_index.in_(blinds)).values(replaced_at=tx.now))
        assert people.confirmed_phones(tx, me) == [NEWCOMERS.phones[0]]

    await house.write(drop)
    await person.taps("Confirm")
    assert person.reads("One more phone is needed here.")
    await confirms_phone(house, person, gone)

    assert person.reads("Please check everything")
