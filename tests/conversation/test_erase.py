"""A parent has everything erased: what is said before, what it takes, what becomes of the applications."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.erasing import erase_rest
from bot.flows.words import words
from bot.texts import NUMBER_SIGN
from domain.application import Status
from domain.claim import ClaimKind
from domain.errors import SeatInHand
from domain.notice import Told
from domain.phone import Phone
from domain.phone_change import UNDO_WITHIN
from storage import applications, guardians, helpers, journal, notices, people
from storage.message_history import history
from storage.recount import recount
from storage.tables import parent
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NOBODY, OSPANOVS, TIKHONOVS, Family
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, code_sent_to, is_confirmed, signs_in
from tests.conversation.seats import holds_a_seat

LAST_QUESTION = (
    "The last question: shall everything be erased? Applications that no other parent shares are "
    "withdrawn by it. It can't be undone."
)
ERASED = (
    "Your data are erased, and this account is signed out. What is left of the conversations goes within "
    "an hour. If you ever need us again, just write: everything begins anew."
)
LOST = "Withdrawn by it, the place in the queue is lost: {numbers}"
STAYS = "Stays with the other parent, with its documents, without your address: {numbers}"
PHONE = ALDABEKOVS.phones[0].e164


async def reads_on(house: House, person: Person, family: Family = ALDABEKOVS) -> None:
    """Go on to the last question, with the code."""
    await person.presses("erase")
    await person.taps("Go on to erasing")
    await person.says(await code_sent_to(house, person, family.phones[0].e164))
    assert person.reads(LAST_QUESTION)


async def erases(house: House, person: Person, family: Family = ALDABEKOVS) -> None:
    """Go all the way."""
    await reads_on(house, person, family)
    await person.taps("Confirm")
    assert person.reads(ERASED)


async def status_of(house: House, number: int) -> Status:
    found = await house.write(lambda tx: applications.find_by_number(tx, number))
    assert found is not None
    return Status(found.status)


async def test_what_goes_and_what_stays_is_said_before(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, TIKHONOVS)

    await person.presses("erase")

    said = person.heard[-2].text
    numbers = ", ".join(f"{NUMBER_SIGN}{child.number}" for child in TIKHONOVS.children)
    assert person.t("Erased at once:") in said
    assert person.t("Kept by law:") in said
    assert person.t(LOST, numbers=numbers) in said
    assert person.reads("Have you read it? Nothing is erased yet.")


async def test_a_parent_is_erased(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await erases(house, person)

    contact = await house.contact_of(person)
    assert (contact.parent_id, contact.consent_version) == (None, None)
    assert await status_of(house, ALDABEKOVS.child.number) is Status.WITHDRAWN
    await person.says("/menu")
    assert person.t("I agree") in person.labels


async def test_the_sms_says_what_the_code_is_for(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)

    await person.presses("erase")
    await person.taps("Go on to erasing")
    code = await code_sent_to(house, person, PHONE)

    said = person.t(
        "Kezek: {code} is the code to ERASE your data. If that is not you, tell it to nobody.", code=code
    )
    assert [(sms.to, sms.text) for sms in house.sms.sent] == [(PHONE, said)]


async def test_without_the_code_nothing_is_erased(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await parent.presses("erase")
    await parent.taps("Go on to erasing")

    await parent.presses("confirm:erase")
    assert parent.reads(OUTDATED)
    await parent.says("000000")
    await parent.presses("confirm:erase")

    assert parent.reads(OUTDATED)
    assert await status_of(house, ALDABEKOVS.child.number) is Status.AWAITING_PLACE


async def test_a_stranger_is_asked_to_sign_in_and_goes_on_from_there(house: House, parent: Person) -> None:
    await parent.presses("erase")
    await parent.says(ALDABEKOVS.parent.iin.digits)
    await parent.says(await code_sent_to(house, parent, PHONE))

    await parent.hears("Have you read it? Nothing is erased yet.")


@pytest.mark.parametrize(("minutes", "good"), [(14, True), (16, False)])
async def test_a_code_typed_long_ago_is_no_proof(house: House, minutes: int, good: bool) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await reads_on(house, person)

    house.later(minutes=minutes)
    await person.taps("Confirm")

    assert person.reads(ERASED) == good
    assert person.reads("That was a while ago. A new code is on its way, to be sure it is you.") != good
    if not good:
        await person.waits(lambda: len(house.sms.sent) == 2, "another SMS")
        await person.says(await code_sent_to(house, person, PHONE))
        await person.taps("Confirm")
        assert person.reads(ERASED)


async def test_a_parent_can_think_better_of_it(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await reads_on(house, parent)

    await parent.taps("Cancel")

    assert parent.reads("Cancelled. Nothing was saved.")
    assert (await house.contact_of(parent)).parent_id == house.world.parent_of(ALDABEKOVS)
    assert await status_of(house, ALDABEKOVS.child.number) is Status.AWAITING_PLACE


@pytest.mark.parametrize("state", list(ClaimKind))
async def test_with_a_seat_in_hand_nothing_is_erased(house: House, language: str, state: ClaimKind) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await holds_a_seat(house, ALDABEKOVS, state)

    await person.presses("erase")

    assert words(person.t, SeatInHand(ALDABEKOVS.child.number)) in person.sees


async def test_a_seat_taken_between_the_first_word_and_the_last_stops_it(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await reads_on(house, parent)
    await holds_a_seat(house, ALDABEKOVS, ClaimKind.HELD)

    await parent.taps("Confirm")

    assert words(parent.t, SeatInHand(ALDABEKOVS.child.number)) in parent.sees
    assert (await house.contact_of(parent)).parent_id == house.world.parent_of(ALDABEKOVS)


ERASED_FROM = (
    "Your data can be erased from {moment} on: the phones were changed lately, and until then an older "
    "number can undo that."
)


@pytest.mark.parametrize(("before_its_end", "barred"), [(1, True), (0, False)])
async def test_for_72_hours_after_a_change_of_phone_nothing_is_erased(
    house: House, before_its_end: int, barred: bool
) -> None:
    person = await house.acquaintance("webchat")
    await is_confirmed(house, person, ALDABEKOVS)
    until = await house.write(lambda tx: _changes_phone(tx, house.world.parent_of(ALDABEKOVS)))

    house.clock.move_to(until - timedelta(minutes=before_its_end))
    await person.presses("erase")

    assert person.reads(ERASED_FROM, moment=person.t.moment(until)) == barred
    assert person.reads("Who looked at your data:") == barred


def _changes_phone(tx: Transaction, parent_id: int) -> datetime:
    """The phone is another from now on; until when that can be undone."""
    until = tx.now + UNDO_WITHIN
    people.confirm_phone(tx, parent_id, 1, Phone("+77015550109"), tx.now, undo_until=until)
    return until


async def test_what_another_parent_shares_stays_with_them_and_they_are_told(
    house: House, language: str
) -> None:
    mine, theirs = house.world.parent_of(ALDABEKOVS), house.world.parent_of(OSPANOVS)
    child_id = await house.write(lambda tx: people.find_child_by_iin(tx, ALDABEKOVS.child.person.iin))
    await house.write(lambda tx: guardians.join(tx, theirs, child_id, "agreed", tx.now))
    person, other = await house.acquaintance("telegram"), await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, ALDABEKOVS)
    await is_confirmed(house, other, OSPANOVS)

    await person.presses("erase")
    assert person.t(STAYS, numbers=f"{NUMBER_SIGN}{ALDABEKOVS.child.number}") in person.heard[-2].text
    await erases(house, person)

    await other.hears(
        "The other parent has had their own data erased. The applications of your children stay with you."
    )
    found = await house.write(lambda tx: applications.find_by_number(tx, ALDABEKOVS.child.number))
    assert (found.status, found.parent_id) == (Status.AWAITING_PLACE, theirs)
    [guardian] = await house.write(lambda tx: guardians.guardians_of(tx, child_id))
    assert guardian.parent_id == theirs
    assert await house.write(lambda tx: people.name_of_child(tx, child_id)) == "Інжу"
    [told] = await house.write(lambda tx: notices.page(tx, theirs, 5))
    assert told.kind is Told.OTHER_PARENT_ERASED
    [noted] = await house.write(lambda tx: journal.page(tx, theirs, 5))
    assert noted.actor == journal.by_parent(mine)


async def test_other_accounts_are_signed_out_and_told(house: House, kind: str) -> None:
    person, other = await house.acquaintance("telegram"), await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    await is_confirmed(house, other, ALDABEKOVS)

    await erases(house, person)

    await other.hears("Your data in Kezek were erased from another account of yours. This one is signed out.")
    assert (await house.contact_of(other)).parent_id is None
    await other.presses(f"own:{house.world.application_of(ALDABEKOVS.child)}")
    assert other.t("I agree") in other.labels


async def test_confirming_at_two_accounts_erases_once(house: House) -> None:
    first, second = await house.acquaintance("telegram"), await house.acquaintance("whatsapp")
    for person in (first, second):
        await is_confirmed(house, person, ALDABEKOVS)
        await reads_on(house, person)
        house.later(minutes=2)

    await first.taps("Confirm")
    await second.waits(lambda: "signed out" in second.sees, "the other one to be told")
    await second.presses("confirm:erase")

    assert first.reads(ERASED)
    assert second.reads(OUTDATED)


async def test_confirming_twice_erases_once(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await reads_on(house, parent)

    await parent.taps("Confirm")
    await parent.repeats(at_once=3)
    assert parent.reads(ERASED)
    await parent.presses("confirm:erase")

    assert parent.reads(OUTDATED)


async def test_the_iin_is_free_again_and_begins_anew(house: House) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await erases(house, person)

    iin = ALDABEKOVS.parent.iin
    assert await house.write(lambda tx: people.find_parent_by_iin(tx, iin)) is None
    anew = await house.write(
        lambda tx: people.parent_for(tx, iin, at=tx.now, language="kk", notice_way="messenger")
    )
    assert anew != house.world.parent_of(ALDABEKOVS)
    assert await house.write(lambda tx: people.confirmed_phones(tx, anew)) == []


async def test_other_families_only_move_up(house: House) -> None:
    person, neighbour = await house.acquaintance("telegram"), await house.acquaintance("whatsapp")
    await is_confirmed(house, person, ALDABEKOVS)
    await is_confirmed(house, neighbour, TIKHONOVS)

    await erases(house, person)
    await erase_rest(house.database)

    assert await recount(house.database, repair=False) == []
    await neighbour.says(str(TIKHONOVS.children[1].number))
    assert neighbour.reads("Place in the queue: {place} of {size}", place=45, size=45)


async def test_a_parent_without_a_phone_is_sent_to_the_department(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, OSPANOVS)

    await person.presses("erase")
    await person.taps("Go on to erasing")

    assert person.reads(
        "Erasing is confirmed by a code to your phone, and no phone is confirmed here. "
        "Please go to the education department with your identity document."
    )


async def test_whoever_writes_again_is_a_newcomer(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await erases(house, parent)
    house.later(hours=1, seconds=1)
    await erase_rest(house.database)

    await parent.says(NOBODY.digits)

    assert parent.screen.labels == ("Қазақша", "Русский", "English")


async def test_nothing_of_the_parents_row_is_left(house: House) -> None:
    person = await house.acquaintance("telegram")
    await is_confirmed(house, person, ALDABEKOVS)
    await erases(house, person)

    row = await house.write(
        lambda tx: (
            tx.conn.execute(select(parent).where(parent.c.id == house.world.parent_of(ALDABEKOVS)))
            .mappings()
            .one()
        )
    )

    assert {name for name, value in row.items() if value is not None} == {
        "id", "language", "notice_way", "place_news", "created_at", "erased_at",
    }  # fmt: skip


async def test_the_helper_is_told_and_sees_the_family_no_more(house: House, kind: str) -> None:
    person, aunt = await house.acquaintance("telegram"), await house.acquaintance(kind)
    await is_confirmed(house, person, ALDABEKOVS)
    me, contact = house.world.parent_of(ALDABEKOVS), await house.contact_of(aunt)
    helper = await house.write(lambda tx: helpers.name(tx, me, Phone("+77015550777"), "Әже", tx.now))
    await house.write(lambda tx: helpers.confirm(tx, helper, contact.contact_id, tx.now))

    await erases(house, person)

    await aunt.hears("The family does not need your help any more. Thank you!")
    await aunt.presses("helping")
    assert ALDABEKOVS.child.person.name not in aunt.sees
    await erase_rest(house.database)
    assert aunt.heard


async def test_what_was_said_at_an_account_that_signed_out_before_goes_too(house: House) -> None:
    before, person = await house.acquaintance("whatsapp"), await house.acquaintance("telegram")
    await signs_in(house, before, ALDABEKOVS)
    await before.says("/menu")
    await before.taps("Operator")
    await before.says("Менің атым Сәкен")
    await before.presses("signout")
    await is_confirmed(house, person, ALDABEKOVS)
    house.later(hours=1)
    await erases(house, person)

    await erase_rest(house.database)

    conversation = (await house.contact_of(before)).conversation_id
    said = await house.write(lambda tx: history(tx, conversation))
    assert {each.text for each in said} == {""}
    assert (await house.contact_of(before)).consent_version is not None
