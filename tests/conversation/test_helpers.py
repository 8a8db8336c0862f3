"""A helper: named by the parent, confirmed by whoever holds the phone; looks on and changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from bot.flows.telling import tell
from domain.helping import HELPS_FOR, NAMED_FOR
from domain.notice import Told
from storage import applications, journal
from storage.transaction import Transaction
from tests.conversation.helper_plays import (
    PHONE,
    SAID_YES,
    THANKS,
    a_parent,
    helper_of,
    helps,
    names_helper,
    parent_and_helper,
    says_yes,
)
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.measuring import the_book
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, PLACE, code_sent_to, is_confirmed
from tests.conversation.telegram_parent import TelegramParent

CHILD = ALDABEKOVS.child
NAME = CHILD.person.name
WAITS = "You have named a helper: {name}."
WHO = f"Әже ({PHONE.masked})"
NOBODY = "At present nobody helps you."
NO_FAMILY = (
    "No family waits for this number. Ask them to name it under My cabinet – Helper's phone, "
    "and to compare the digits."
)
IF_NAMED = (
    "If a family has named this number, a code of 6 digits was sent to it by SMS. Type it here. "
    "It is good for 5 minutes."
)
NOT_ACT = "As a helper you can look on, but not act for the family. That takes the parent's own sign-in."
ENDED = "{name} does not need your help any more. Thank you!"
SMS = (
    "Kezek: {name} asks you to help follow the kindergarten queue. If you agree, write to Kezek "
    "in a messenger and send /helper. Else just ignore this."
)


async def test_a_helper_is_named_says_yes_and_looks_on(house: House, kind: str, language: str) -> None:
    parent = await a_parent(house, kind, language)
    helper = await house.acquaintance(kind, language)

    await names_helper(house, parent)
    assert parent.reads(WAITS, name=WHO)
    await parent.waits(lambda: len(house.sms.sent) == 1, "the SMS to the helper")
    assert (house.sms.sent[0].to, house.sms.sent[0].text) == (PHONE.e164, parent.t(SMS, name="Сәкен А."))
    await says_yes(house, helper)

    assert helper.reads(THANKS)
    assert NAME in helper.sees
    assert helper.reads(PLACE, place=36, size=46)
    await parent.hears(SAID_YES, name="Әже")
    await parent.taps("Helper's phone")
    assert parent.reads("{name} helps you.", name=WHO)
    assert parent.reads("Since {date}, until {until} at the latest.", date="20.11.2026", until="20.11.2027")


async def test_a_number_the_messenger_vouches_for_needs_no_code(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    await names_helper(house, parent)
    helper = await house.acquaintance("telegram")
    assert isinstance(helper, TelegramParent)

    await helper.says("/helper")
    await helper.shares_phone(PHONE.e164)

    assert helper.reads(THANKS)
    assert len(house.sms.sent) == 1


async def test_a_card_of_somebody_else_needs_a_code(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    await names_helper(house, parent)
    thief = await house.acquaintance("telegram")
    assert isinstance(thief, TelegramParent)

    await thief.says("/helper")
    await thief.shares_phone(PHONE.e164, own=False)

    assert thief.reads(IF_NAMED)


async def test_the_helper_sees_the_steps_the_class_and_why_it_moved(
    house: House, kind: str, language: str
) -> None:
    _, helper = await parent_and_helper(house, kind, language)

    await helper.taps("Families I help")
    await helper.taps(NAME)
    assert helper.reads("Class: {name}", name=helper.t("general basis"))
    assert helper.labels == helper.named("Why did it move?", "Back", "Menu")
    await helper.taps("Why did it move?")
    assert helper.labels == helper.named("Back", "Menu")
    await helper.taps("Back")
    await helper.taps("Back")

    assert helper.reads(PLACE, place=36, size=46)


async def test_a_helper_never_sees_what_names_the_family(house: House) -> None:
    _, helper = await parent_and_helper(house, "whatsapp")

    await helper.presses("helping")
    for label in (NAME, "Why did it move?", "Back", "Back", "Don't help any more", "Back"):
        await helper.taps(label)

    seen = "\n".join(each.text for each in helper.heard)
    person = ALDABEKOVS.parent
    hidden = [
        person.iin.digits,
        person.surname,
        person.address,
        CHILD.person.iin.digits,
        CHILD.person.surname,
    ]
    hidden += [phone.e164[-7:] for phone in ALDABEKOVS.phones]
    assert [each for each in hidden if each in seen] == []


async def test_a_helper_can_not_act_whatever_is_pressed(house: House, language: str) -> None:
    _, helper = await parent_and_helper(house, "whatsapp", language)
    application = house.world.application_of(CHILD)
    before = await house.write(lambda tx: applications.find(tx, application))

    for name in sorted(the_book().cabinet & the_book().actions.keys()):
        for arguments in ("", f":{application}", f":{application}:yes", f":{application}:sure"):
            await helper.presses(name + arguments)
            assert helper.reads(NOT_ACT), (name, arguments)

    assert await house.write(lambda tx: applications.find(tx, application)) == before
    assert (await house.contact_of(helper)).parent_id is None


async def test_a_helper_who_is_a_parent_too_can_not_act_for_the_other_family(house: House) -> None:
    _, helper = await parent_and_helper(house, "whatsapp")
    await is_confirmed(house, helper, TIKHONOVS)
    application = house.world.application_of(CHILD)

    for name in ("own", "more", "pause", "withdraw", "privileges", "why", "around", "moves"):
        await helper.presses(f"{name}:{application}")
        assert helper.reads(OUTDATED), name

    await helper.presses(f"helping:one:{application}")
    assert NAME in helper.sees


# --- what is told ---------------------------------------------------------------------------


async def told(house: House, kind: Told) -> None:
    """The parent is told something."""
    parent_id = house.world.parent_of(ALDABEKOVS)
    application = house.world.application_of(CHILD)
    facts: dict[str, Any] = {"number": CHILD.number, "place": 35, "channel": "telegram", "name": "Әже"}
    facts |= dict.fromkeys(("until", "when"), house.clock.read().isoformat())

    def work(tx: Transaction) -> None:
        tell(tx, parent_id, kind, tx.now, application_id=application, **facts)

    await house.write(work)


async def test_news_goes_to_the_helper_without_the_parents_buttons(
    house: House, kind: str, language: str
) -> None:
    parent, helper = await parent_and_helper(house, kind, language)

    await told(house, Told.REGISTERED)

    registered = "Application № {number} is registered. Place in the queue: {place}."
    await parent.hears(registered, number=CHILD.number, place=35)
    await helper.hears("News of the family you help ({name}):", name="Сәкен А.")
    assert helper.reads(registered, number=CHILD.number, place=35)
    assert helper.labels == helper.named("Families I help", "Menu")


@pytest.mark.parametrize("kind", sorted({Told.SIGNED_IN, Told.PASSWORD_SET, Told.HELPER_JOINED}))
async def test_what_is_about_the_cabinet_is_told_to_the_parent_alone(house: House, kind: Told) -> None:
    parent, helper = await parent_and_helper(house, "whatsapp")
    heard, before = len(parent.heard), helper.heard

    await told(house, kind)
    await parent.waits(lambda: len(parent.heard) > heard, "the notice")
    await told(house, Told.REGISTERED)
    await helper.waits(lambda: len(helper.heard) > len(before), "the other notice")

    assert len(helper.heard) == len(before) + 1


# --- how it ends ----------------------------------------------------------------------------


async def test_the_parent_ends_it_with_one_tap(house: House, kind: str, language: str) -> None:
    parent, helper = await parent_and_helper(house, kind, language)
    await helper.taps("Families I help")
    looked = helper.screen

    await parent.presses("helper")
    await parent.taps("End it")

    assert parent.reads("Ended. Nobody looks on any more.")
    assert parent.reads(NOBODY)
    await helper.hears(ENDED, name="Сәкен А.")
    await helper.taps(NAME, on=looked)
    assert helper.reads(OUTDATED)
    assert helper.t("Families I help") not in helper.labels


async def test_the_helper_stops(house: House, kind: str, language: str) -> None:
    parent, helper = await parent_and_helper(house, kind, language)

    await helper.taps("Families I help")
    await helper.taps("Don't help any more")
    await helper.taps("Yes, stop helping")

    assert helper.reads("You don't look on any more. The family has been told.")
    assert helper.t("Families I help") not in helper.labels
    await parent.hears("Your helper does not help any more: {name}. You can name another one.", name="Әже")


@pytest.mark.parametrize(("after", "sees"), [(timedelta(minutes=-1), True), (timedelta(minutes=1), False)])
async def test_after_a_year_it_is_over_by_itself(house: House, after: timedelta, sees: bool) -> None:
    _, helper = await parent_and_helper(house, "whatsapp")

    house.clock.advance(HELPS_FOR + after)
    await helper.presses(f"helping:one:{house.world.application_of(CHILD)}")

    assert (NAME in helper.sees, helper.reads(OUTDATED)) == (sees, not sees)


@pytest.mark.parametrize(
    ("after", "said"), [(timedelta(minutes=-2), THANKS), (timedelta(minutes=1), NO_FAMILY)]
)
async def test_who_was_named_can_say_yes_for_seven_days(house: House, after: timedelta, said: str) -> None:
    parent = await a_parent(house, "whatsapp")
    await names_helper(house, parent)
    helper = await house.acquaintance("telegram")
    assert isinstance(helper, TelegramParent)
    await helper.says("/helper")

    house.clock.advance(NAMED_FOR + after)
    await helper.shares_phone(PHONE.e164)

    assert helper.reads(said)


async def test_a_naming_that_was_taken_back_can_not_be_confirmed(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    await names_helper(house, parent)
    helper = await house.acquaintance("whatsapp")
    await helper.says("/helper")
    await helper.says(PHONE.e164)
    await helper.waits(lambda: len(house.sms.sent) == 2, "the code")
    code = await code_sent_to(house, helper, PHONE.e164)

    await parent.taps("Take it back")
    assert parent.reads(NOBODY)
    await helper.says(code)

    assert not helper.reads(THANKS)
    assert NAME not in helper.sees


# --- several --------------------------------------------------------------------------------


async def test_a_parent_has_one_helper(house: House, kind: str) -> None:
    parent, _ = await parent_and_helper(house, kind)

    await parent.presses("helper:name")

    assert parent.reads("{name} helps you.", name=WHO)


async def test_the_second_of_two_who_were_named_at_once_is_refused(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    await parent.presses("helper:name")
    await parent.says("+77015550778")
    await parent.taps("Without a name")
    helper = await house.acquaintance("whatsapp")
    await helps(house, helper)

    await parent.taps("Confirm")

    assert parent.reads("You have a helper already. End that first, then name another one.")


async def test_one_helper_of_several_families_chooses_among_them(
    house: House, kind: str, language: str
) -> None:
    _, helper = await parent_and_helper(house, kind, language)
    await a_parent(house, "whatsapp", family=TIKHONOVS)
    await helps(house, helper, TIKHONOVS)

    await helper.says("/helper")
    assert sorted(helper.labels[:2]) == ["Вера Т.", "Сәкен А."]
    assert helper.labels[2:] == helper.named("Another family", "Menu")
    await helper.taps("Вера Т.")

    assert TIKHONOVS.child.person.name in helper.sees
    assert NAME not in helper.sees


async def test_families_whose_names_are_not_known_are_numbered(house: House) -> None:
    helper = await house.acquaintance("whatsapp")
    for family in (ALDABEKOVS, TIKHONOVS):
        await helps(house, helper, family)

    await helper.says("/helper")

    numbered = [helper.t("Family {number}", number=number) for number in (1, 2)]
    assert helper.labels == (*numbered, *helper.named("Another family", "Menu"))


async def test_a_family_without_a_child_in_a_queue_is_shown_so(house: House) -> None:
    _, helper = await parent_and_helper(house, "whatsapp")
    await house.withdraws(CHILD)

    await helper.taps("Families I help")

    assert helper.reads("No child of this family is in a queue at present.")


# --- who must not ---------------------------------------------------------------------------


async def test_nobody_learns_whether_a_number_was_named(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    await names_helper(house, parent)
    seen: list[list[str]] = []
    for number in (PHONE.e164, "+77015550779"):
        somebody = await house.acquaintance("whatsapp")
        await somebody.says("/helper")
        seen.append([])
        for typed in (number, "000000", "000001", "000002"):
            await somebody.says(typed)
            seen[-1].append(somebody.sees)

    assert seen[0] == seen[1]
    assert len(house.sms.sent) == 2


async def test_the_code_is_good_in_the_chat_that_asked_for_it_alone(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    await names_helper(house, parent)
    helper, thief = await house.acquaintance("whatsapp"), await house.acquaintance("whatsapp")
    await helper.says("/helper")
    await helper.says(PHONE.e164)
    await helper.waits(lambda: len(house.sms.sent) == 2, "the code")
    code = await code_sent_to(house, helper, PHONE.e164)

    await thief.says("/helper")
    await thief.says("+77015550779")
    await thief.says(code)

    assert NAME not in thief.sees
    assert not thief.reads(THANKS)


async def forged(house: House) -> list[str]:
    """Buttons that name another family's application, or another's helping."""
    helper_id = await helper_of(house)
    application = house.world.application_of(CHILD)
    deeds = [f"one:{application}", f"why:{application}", f"of:{helper_id}", f"leave:{helper_id}:sure"]
    return [f"helping:{each}" for each in (*deeds, f"leave:{helper_id}", "of:1", "one", "x", "of:x")]


async def test_buttons_of_a_helper_are_nobody_elses(house: House) -> None:
    await parent_and_helper(house, "whatsapp")
    stranger, other = await house.acquaintance("whatsapp"), await house.acquaintance("whatsapp")
    await helps(house, other, TIKHONOVS)

    for each in await forged(house):
        for person in (stranger, other):
            await person.presses(each)
            assert person.reads(OUTDATED), each
            assert NAME not in person.sees

    assert await helper_of(house)


async def test_another_parents_helper_is_not_ended(house: House) -> None:
    await parent_and_helper(house, "whatsapp")
    other = await a_parent(house, "whatsapp", family=TIKHONOVS)
    helper_id = await helper_of(house)

    for each in (f"helper:end:{helper_id}", "helper:end:1", "helper:end", "helper:x"):
        await other.presses(each)
        assert other.reads(OUTDATED), each

    assert await helper_of(house) == helper_id


# --- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (ALDABEKOVS.phones[0].e164, "This is your own phone. The helper's is needed here."),
        ("123", "This is no phone number. Please type it like +7 701 000 00 00."),
        ("+7 7172 70 00 00", "A mobile number of Kazakhstan is needed: codes come to it by SMS."),
        ("әжем", "Please type the number in digits."),
    ],
    ids=["the own", "no phone", "no mobile", "words"],
)
async def test_a_wrong_number_is_explained_to_the_parent(
    house: House, language: str, typed: str, said: str
) -> None:
    parent = await a_parent(house, "whatsapp", language)
    await parent.presses("helper:name")

    await parent.says(typed)

    assert parent.reads(said)
    assert parent.reads("Type the helper's mobile number, or send their contact.")


async def test_a_card_of_the_helper_can_be_sent(house: House) -> None:
    parent = await a_parent(house, "telegram")
    assert isinstance(parent, TelegramParent)
    await parent.presses("helper:name")

    await parent.shares_phone(PHONE.e164, own=False)
    await parent.taps("Without a name")

    assert PHONE.e164 in parent.sees


async def test_a_name_that_is_too_long_is_refused(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.says("/menu")
    await parent.presses("helper:name")
    await parent.says(PHONE.e164)

    await parent.says("ә" * 31)
    assert parent.reads("This is too long for a name. A word or two are enough.")
    await parent.says("ә" * 30)

    assert "ә" * 30 in parent.sees


async def test_a_wrong_number_is_explained_to_the_helper(house: House, language: str) -> None:
    helper = await house.acquaintance("whatsapp", language)
    await helper.says("/helper")

    await helper.says("123")
    assert helper.reads("This is no phone number. Please type it like +7 701 000 00 00.")
    await helper.says("иә")

    assert helper.reads("Please type the number in digits.")


async def test_three_helpers_a_day_can_be_named(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    for number in range(3):
        await parent.presses("helper:name")
        await parent.says(f"+7701555077{number}")
        await parent.taps("Without a name")
        await parent.taps("Confirm")
        await parent.taps("Take it back")
    await parent.presses("helper:name")
    await parent.says("+77015550775")
    await parent.taps("Without a name")
    await parent.taps("Confirm")

    assert parent.reads("That was tried often enough for now. You can try again at {time}.", time="16:20")
    await parent.waits(lambda: len(house.sms.sent) == 3, "the SMS")


async def test_naming_saying_yes_and_ending_stand_in_the_journal(house: House) -> None:
    parent = await a_parent(house, "whatsapp")
    helper = await house.acquaintance("telegram")
    await names_helper(house, parent)
    await says_yes(house, helper)
    helper_id = await helper_of(house)
    await helper.taps("Don't help any more")
    await helper.taps("Yes, stop helping")

    parent_id = house.world.parent_of(ALDABEKOVS)
    entries = await house.write(lambda tx: journal.page(tx, parent_id, 3))

    assert [(each.actor, each.what.value, each.channel) for each in reversed(entries)] == [
        (journal.by_parent(parent_id), "helper_named", "whatsapp"),
        (journal.by_helper(helper_id), "helper_joined", "telegram"),
        (journal.by_helper(helper_id), "helper_removed", "telegram"),
    ]
