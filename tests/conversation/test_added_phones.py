"""A phone that is only added: told to the older one, which takes it back within 72 hours."""

from datetime import timedelta

from domain.notice import Deed, Told
from domain.phone import Phone
from storage import journal, notices, phones
from tests.conversation.applying import begins
from tests.conversation.house import House
from tests.conversation.made_up import TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, is_confirmed
from tests.conversation.undoing_plays import (
    ALREADY,
    NOT_THE_OLD,
    THIEFS,
    THIEFS_OTHER,
    is_changed,
    phones_of,
    undoes,
)

CONTACT = TIKHONOVS.phones[0]
BARRED = (
    "The phones were changed lately. Until {moment} an older number can undo that; so long nothing is "
    "withdrawn or given up, and no second parent is added."
)
IS_BACK_OUT = (
    "It is undone: the phone that was added is gone. All other accounts were signed out. "
    "A password and a helper that came since are gone, too."
)
ADDED = "Kezek: a phone ending in {new} was added to your cabinet."
IF_NOT_YOU = "If that was not you, send /undo to Kezek before {moment}."


async def adds_while_applying(house: House, thief: Person) -> None:
    """Somebody who has read one code on the parent's telephone, by the way of an application."""
    await begins(thief)
    await thief.says(TIKHONOVS.parent.iin.digits)
    await thief.says(THIEFS.e164)
    await thief.says(await code_sent_to(house, thief, THIEFS.e164))
    await thief.says(await code_sent_to(house, thief, CONTACT.e164))
    await thief.waits(lambda: "Вера" in thief.sees, "the thief to be in")
    assert await phones_of(house, TIKHONOVS) == [CONTACT, THIEFS]


async def added(house: House, ago: timedelta) -> None:
    """A second phone came to the cabinet so long ago."""
    house.later(days=10)
    me = house.world.parent_of(TIKHONOVS)
    await house.write(lambda tx: phones.confirm_phone(tx, me, 2, THIEFS_OTHER, tx.now - ago))


async def test_a_phone_added_while_applying_is_told_to_the_one_that_was_there(house: House) -> None:
    owner, thief = await house.acquaintance("whatsapp"), await house.acquaintance("telegram")
    await is_confirmed(house, owner, TIKHONOVS)
    await adds_while_applying(house, thief)

    until = house.clock.read() + timedelta(hours=72)
    words = (await house.acquaintance("whatsapp", "kk")).t
    told = words(ADDED, new=THIEFS.e164[-2:]) + " " + words(IF_NOT_YOU, moment=words.moment(until))
    await owner.waits(lambda: (CONTACT.e164, told) in [(s.to, s.text) for s in house.sms.sent], "the SMS")
    me = house.world.parent_of(TIKHONOVS)
    kinds = [each.kind for each in await house.write(lambda tx: notices.page(tx, me, 9))]
    deeds = [each.what for each in await house.write(lambda tx: journal.page(tx, me, 9))]
    assert Told.PHONE_ADDED in kinds
    assert Deed.PHONE_CONFIRMED in deeds


async def test_the_older_number_takes_it_back_and_nothing_was_taken_away_meanwhile(
    house: House, kind: str
) -> None:
    thief, owner = await house.acquaintance("telegram"), await house.acquaintance(kind)
    await adds_while_applying(house, thief)
    until = house.clock.read() + timedelta(hours=72)
    house.later(seconds=1)
    await thief.presses(f"withdraw:{house.world.application_of(TIKHONOVS.children[0])}")
    assert thief.reads(BARRED, moment=thief.t.moment(until))

    await undoes(house, owner, CONTACT, before=1)

    assert owner.reads(IS_BACK_OUT)
    assert await phones_of(house, TIKHONOVS) == [CONTACT]
    assert (await house.contact_of(thief)).parent_id is None
    await undoes(house, owner, CONTACT, before=2)
    assert owner.reads(NOT_THE_OLD)


async def test_after_72_hours_it_stays(house: House) -> None:
    await added(house, timedelta(hours=72))
    owner = await house.acquaintance("whatsapp")

    await undoes(house, owner, CONTACT)

    assert owner.reads(NOT_THE_OLD)
    assert await phones_of(house, TIKHONOVS) == [CONTACT, THIEFS_OTHER]


async def test_what_was_added_shortly_before_a_change_goes_with_it(house: House) -> None:
    await added(house, timedelta(hours=2))
    await is_changed(house, CONTACT, THIEFS, ago=timedelta(hours=1), family=TIKHONOVS)

    await undoes(house, await house.acquaintance("whatsapp"), CONTACT)

    assert await phones_of(house, TIKHONOVS) == [CONTACT]


async def test_an_added_phone_does_not_undo_what_the_owner_puts_in_its_place(house: House) -> None:
    await added(house, timedelta(hours=2))
    owner, thief = await house.acquaintance("whatsapp"), await house.acquaintance("telegram")
    await is_confirmed(house, owner, TIKHONOVS)
    new = Phone("+77015550180")
    await owner.presses("newphone:2")
    await owner.says(new.e164)
    await owner.says(await code_sent_to(house, owner, CONTACT.e164))
    await owner.says(await code_sent_to(house, owner, new.e164))
    assert await phones_of(house, TIKHONOVS) == [CONTACT, new]

    await undoes(house, thief, THIEFS_OTHER)

    assert thief.reads(NOT_THE_OLD)
    assert await phones_of(house, TIKHONOVS) == [CONTACT, new]
    assert (await house.contact_of(owner)).parent_id == house.world.parent_of(TIKHONOVS)


async def test_a_number_that_is_back_has_nothing_more_to_undo(house: House) -> None:
    await is_changed(house, CONTACT, THIEFS, family=TIKHONOVS)
    owner = await house.acquaintance("whatsapp")
    await undoes(house, owner, CONTACT)

    await undoes(house, owner, CONTACT, before=1)

    assert owner.reads(ALREADY)
