"""The third way in: staff saw the document. No screen yet; what the console will call."""

from typing import Any

import pytest

from bot.flows.circumstances import Circumstances
from bot.flows.staff_entry import Audited, let_in
from domain.errors import PhonesMissing, Refused
from domain.notice import Deed
from domain.phone import Phone
from storage import conversations, journal, phone_changes, phones
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import is_confirmed

CONTACT, SECOND = ALDABEKOVS.phones
NEW = Phone("+77015550177")
STAFF = 4711


async def staff_lets_in(house: House, person: Person, **given: Any) -> Audited:
    """Somebody of the staff has seen the document of whoever sits at this account."""

    def work(tx: Transaction) -> Audited:
        entered = conversations.enter(tx, person.channel, person.chat)
        case = Circumstances(
            tx,
            tx.now,
            house.world.parent_of(ALDABEKOVS),
            journal.by_staff(STAFF),
            person.channel,
            entered.conversation_id,
            entered.contact_id,
        )
        return let_in(case, role="operator", reason="identity card", **given)

    audited: Audited = await house.write(work)
    return audited


async def phones_of(house: House) -> list[Phone]:
    """The confirmed phones of the family now."""
    found: list[Phone] = await house.write(
        lambda tx: phones.confirmed_phones(tx, house.world.parent_of(ALDABEKOVS))
    )
    return found


async def test_whoever_was_seen_is_in_the_cabinet(house: House, parent: Person) -> None:
    audited = await staff_lets_in(house, parent)
    me = house.world.parent_of(ALDABEKOVS)

    await parent.says("/check")

    assert ALDABEKOVS.child.person.name in parent.sees
    assert await phones_of(house) == [CONTACT, SECOND]
    assert audited == Audited(
        actor=journal.by_staff(STAFF),
        what="let_in",
        about=f"parent:{me}",
        data={
            "way": "staff_saw_document",
            "role": "operator",
            "reason": "identity card",
            "phone_changed": False,
        },
    )


async def test_it_stands_in_the_parents_journal_as_the_staffs_doing(house: House) -> None:
    person = await house.acquaintance("telegram")
    await staff_lets_in(house, person)

    [entry] = await house.write(lambda tx: journal.page(tx, house.world.parent_of(ALDABEKOVS), 9))

    assert (entry.what, entry.actor) == (Deed.SIGNED_IN, journal.by_staff(STAFF))
    account = (await house.contact_of(person)).contact_id
    assert entry.data == {"way": "staff_saw_document", "role": "operator", "account": account}


async def test_the_parents_other_accounts_are_told(house: House, language: str) -> None:
    other = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, other, ALDABEKOVS)
    person = await house.acquaintance("telegram")

    await staff_lets_in(house, person)

    await other.hears(
        "An account entered your cabinet: {channel}, {moment}.",
        channel="Telegram",
        moment="20.11.2026\N{NO-BREAK SPACE}16:20",
    )


async def test_a_lost_phone_is_replaced_by_one_that_was_shown(house: House) -> None:
    person = await house.acquaintance("telegram")

    audited = await staff_lets_in(house, person, new=NEW, new_was_shown=True)

    assert audited.data["phone_changed"]
    assert await phones_of(house) == [NEW, SECOND]
    await person.waits(lambda: {each.to for each in house.sms.sent} == {CONTACT.e164, NEW.e164}, "two SMS")
    changes = await house.write(lambda tx: phone_changes.changes_of(tx, house.world.parent_of(ALDABEKOVS)))
    assert [(each.old, each.new) for each in changes] == [(CONTACT, NEW)]


async def test_a_phone_that_was_not_shown_changes_nothing(house: House) -> None:
    person = await house.acquaintance("telegram")

    with pytest.raises(Refused) as refused:
        await staff_lets_in(house, person, new=NEW)

    assert refused.value == PhonesMissing(1)
    assert (await house.contact_of(person)).parent_id is None
    assert await phones_of(house) == [CONTACT, SECOND]
