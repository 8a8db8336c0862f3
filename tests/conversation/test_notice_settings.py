"""How a parent is told: in the messenger, by SMS, by e-mail; in which language."""

from dataclasses import replace

import pytest

from bot.conversation.conversations import Conversations
from bot.flows.telling import tell
from domain.notice import Told
from storage import applications, profiles
from storage.profiles import Profile
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.measuring import the_book
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, code_mailed_to, is_confirmed

MAILBOX = "saken@pochta.example"
WRONG = ("The code is not right. {number} try is left.", "The code is not right. {number} tries are left.")
SENT = (
    "A letter with a code of 6 digits was sent to {address}. Type the code here. It is good for "
    "20 minutes. If the letter is not there, look among the unwanted ones, too."
)
REGISTERED = "Application № {number} is registered. Place in the queue: {place}."


async def chosen(house: House) -> tuple[str, str]:
    """What is kept of the choice."""
    me = house.world.parent_of(ALDABEKOVS)
    own: Profile = await house.write(lambda tx: profiles.read(tx, me))
    return own.notice_way, own.language


async def opens(person: Person) -> None:
    """Choose it in the settings."""
    await person.says("/settings")
    await person.taps("Notices")


async def test_what_is_chosen_is_ticked(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)

    t = person.t
    assert person.reads("How you are told: {way}", way=t("here in the messenger"))
    assert person.labels == (
        f"✓ {t('In the messenger')}",
        *(t("By SMS"), t("By e-mail"), "✓ Қазақша", "Русский", "English"),
        *(t("News of the place"), t("Settings"), t("Menu")),
    )


async def test_sms_are_chosen_for_the_parent_and_the_live_applications(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)
    await person.taps("By SMS")
    await person.taps("Русский")

    assert person.reads("Saved.")
    assert person.reads("SMS and letters are in this language: {language}.", language="Русский")
    assert await chosen(house) == ("sms", "ru")
    application = house.world.application_of(ALDABEKOVS.child)
    found = await house.write(lambda tx: applications.find(tx, application))
    assert (found.notice_way, found.language) == ("sms", "ru")
    await person.presses("journal")
    assert person.reads("Notices: by SMS from now on")
    assert person.reads("The language of notices was changed")


async def test_who_chose_sms_is_told_by_sms_in_the_chosen_language(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("By SMS")
    await parent.taps("Русский")
    seen = parent.heard

    def told(tx: Transaction) -> None:
        me = house.world.parent_of(ALDABEKOVS)
        tell(tx, me, Told.REGISTERED, tx.now, number=7, place=36)

    await house.write(told)
    await parent.waits(lambda: house.sms.sent, "an SMS")

    [sms] = house.sms.sent
    assert sms.to == ALDABEKOVS.phones[0].e164
    assert "№\N{NO-BREAK SPACE}7" in sms.text
    assert parent.heard == seen


async def test_the_same_choice_again_is_written_down_once(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    for _ in range(2):
        await parent.presses("notices:way:sms")

    await parent.presses("journal")

    assert parent.sees.count(parent.t("Notices: by SMS from now on")) == 1


async def test_who_chooses_letters_gives_an_address_and_shows_that_they_arrive(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)
    await person.taps("By e-mail")
    assert person.reads("Type your e-mail address. It is used for notices only.")
    await person.says(MAILBOX)
    assert person.reads(SENT, address=MAILBOX)
    assert (await chosen(house))[0] == "messenger"
    await person.says(await code_mailed_to(house, person, MAILBOX))

    assert person.reads("Saved.")
    assert person.reads("E-mail: {text}", text=MAILBOX)
    assert f"✓ {person.t('By e-mail')}" in person.labels
    assert (await chosen(house))[0] == "email"


async def test_a_wrong_code_confirms_nothing(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("By e-mail")
    await parent.says(MAILBOX)
    code = await code_mailed_to(house, parent, MAILBOX)

    await parent.says("000000" if code != "000000" else "000001")

    one, more = (
        "The code is not right. {number} try is left.",
        "The code is not right. {number} tries are left.",
    )
    assert parent.t.many(one, more, 2) in parent.sees
    assert (await chosen(house))[0] == "messenger"


async def test_a_code_by_mail_is_good_for_twenty_minutes_and_can_be_sent_anew(house: House) -> None:
    parent = await house.acquaintance("whatsapp")
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("By e-mail")
    await parent.says(MAILBOX)
    first = await code_mailed_to(house, parent, MAILBOX)

    house.later(minutes=20)
    await parent.says(first)
    assert (await chosen(house))[0] == "messenger"
    await parent.taps("Send a new code")
    await parent.says(await code_mailed_to(house, parent, MAILBOX, before=1))

    assert (await chosen(house))[0] == "email"


async def test_an_address_that_nothing_is_known_of_is_sent_a_code_first(house: House) -> None:
    parent, me = await house.acquaintance("whatsapp"), house.world.parent_of(ALDABEKOVS)
    await house.write(lambda tx: profiles.set_contact(tx, me, "email", MAILBOX))
    await is_confirmed(house, parent, ALDABEKOVS)

    await opens(parent)
    await parent.taps("By e-mail")

    assert parent.reads(SENT, address=MAILBOX)


async def test_a_confirmed_address_is_not_asked_again(house: House) -> None:
    parent, me = await house.acquaintance("whatsapp"), house.world.parent_of(ALDABEKOVS)
    await house.write(lambda tx: profiles.set_contact(tx, me, "email", MAILBOX, confirmed_at=tx.now))
    await is_confirmed(house, parent, ALDABEKOVS)

    await opens(parent)
    await parent.taps("By e-mail")

    assert parent.reads("Saved.")
    assert (await chosen(house))[0] == "email"
    assert house.mail.sent == ()


async def test_where_no_letters_can_be_sent_they_are_not_offered(house: House) -> None:
    parent = await house.acquaintance("whatsapp")
    await is_confirmed(house, parent, ALDABEKOVS)
    book = replace(the_book(), has_mail=False)
    house.conversations = Conversations(house.database, book, house.delivery, lambda outcome, seconds: None)

    await opens(parent)

    assert parent.t("By e-mail") not in parent.labels
    await parent.presses("notices:way:email")
    assert parent.reads(OUTDATED)


async def test_who_gives_no_address_goes_on_as_before(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("By e-mail")

    await parent.taps("Cancel")

    assert (await chosen(house))[0] == "messenger"


async def test_notices_are_set_by_the_signed_in(parent: Person) -> None:
    for action in ("notices", "notices:way:sms", "mydata"):
        await parent.presses(action)
        assert parent.reads(WHO), action


@pytest.mark.parametrize(
    "action", ["notices:way:pigeon", "notices:way", "notices:language:de", "notices:x", "notices:way:sms:1"]
)
async def test_a_forged_choice_changes_nothing(house: House, parent: Person, action: str) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.presses(action)

    assert parent.reads(OUTDATED)
    assert await chosen(house) == ("messenger", "kk")
