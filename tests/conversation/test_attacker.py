"""Somebody who knows both IINs, the parent's and the child's, and has a phone of their own: gets nowhere."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from domain.phone import Phone
from storage import applications, people, phones
from storage.transaction import Transaction
from tests.conversation.applying import applies, begins, chooses_the_daughter, confirms_phone, tells_who
from tests.conversation.house import House
from tests.conversation.identity_plays import OTHER_PASSWORD, PASSWORD, has_password, is_set_to
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to, is_confirmed

FAMILY = ALDABEKOVS
PARENTS_IIN, CHILDS_IIN = FAMILY.parent.iin.digits, FAMILY.child.person.iin.digits
CONTACT, SECOND = FAMILY.phones
OWN, OTHER = Phone("+77015550166"), Phone("+77015550167")
SECRETS = (
    FAMILY.parent.name,
    FAMILY.parent.surname,
    FAMILY.child.person.name,
    FAMILY.parent.address,
    CONTACT.e164[-4:],
    SECOND.e164[-4:],
)
NEWLY_JOINED = (
    "Until {moment} you cannot withdraw, give up or add anything here: you joined this child less than "
    "72 hours ago. The other parent can do it at once."
)
OFTEN = "That was tried often enough for now. You can try again at {time}."
Attack = Callable[[House, Person], Awaitable[None]]


async def guesses_codes(_house: House, thief: Person) -> None:
    """The parent's IIN, and then codes out of the air."""
    await thief.presses("signin")
    await thief.says(PARENTS_IIN)
    for code in ("000000", "123456", "111111", "999999"):
        await thief.says(code)


async def takes_the_childs_iin_for_the_parents(_house: House, thief: Person) -> None:
    """Nobody is known as a parent by it."""
    await thief.presses("signin")
    await thief.says(CHILDS_IIN)
    await thief.says("000000")


async def uses_a_code_of_its_own(house: House, thief: Person) -> None:
    """A code that came to the thief's own phone, for undoing, typed where one to the parent's is asked."""
    await thief.says("/undo")
    await thief.says(OWN.e164)
    code = await code_sent_to(house, thief, OWN.e164)
    await thief.presses("signin")
    await thief.says(PARENTS_IIN)
    await thief.says(code)


async def claims_to_have_lost_the_phone(house: House, thief: Person) -> None:
    """Passwords out of the air, more often than is allowed."""
    await thief.presses("signin")
    await thief.says(PARENTS_IIN)
    await thief.presses("answer:signin:code:lost")
    for word in ("12345678", "password", "qwertyui", PARENTS_IIN, CHILDS_IIN, OTHER_PASSWORD):
        await thief.says(word)
        await thief.waits(lambda: not thief.reads("One moment, please."), "an answer")
    again_at = thief.t.time(house.clock.read() + timedelta(hours=1))
    assert thief.reads(OFTEN, time=again_at)


async def undoes_what_was_never_changed(house: House, thief: Person) -> None:
    """With the own number, and with the parent's without its code."""
    await thief.says("/undo")
    await thief.says(OWN.e164)
    await thief.says(await code_sent_to(house, thief, OWN.e164))
    await thief.says("/undo")
    await thief.says(CONTACT.e164)
    await thief.says("000000")


async def asks_for_the_cabinet(_house: House, thief: Person) -> None:
    """By every button of it, and then with the IIN alone."""
    for wanted in ("cabinet", "phones", "newphone:1", "newphone:2", "password", "newpass:set", "lock"):
        await thief.presses(wanted)
    await thief.says(PARENTS_IIN)
    await thief.presses("phones")
    await thief.presses("password")


async def forges_answers(_house: House, thief: Person) -> None:
    """Buttons of forms that are not open, or whose question was never asked."""
    forged = (
        *("answer:newphone:proof:password", "answer:newphone:phone:" + OWN.e164, "confirm:newphone"),
        *("answer:newpass:old:code", "answer:newpass:code:again:0", "edit:newpass:new"),
        *("answer:unlock:word:forgot", "answer:unlock:word:1", "confirm:unlock", "back:unlock"),
        *("answer:signin:code:" + OWN.e164, "answer:signin:word:1", "edit:signin:newcode"),
        *("answer:undo:code:1", "confirm:undo", "newpass:remove", "lock:1"),
    )
    for each in forged:
        await thief.presses(each)
    await thief.presses("signin")
    await thief.says(PARENTS_IIN)
    for each in forged:
        await thief.presses(each)


async def looks_the_child_up(house: House, thief: Person) -> None:
    """What anybody may see, and old buttons of the family's application."""
    await thief.says("/check")
    await thief.says(CHILDS_IIN)
    application = house.world.application_of(FAMILY.child)
    for button in ("own", "why", "around"):
        await thief.presses(f"{button}:{application}")


async def comes_in_as_another_parent(house: House, thief: Person) -> None:
    """A real parent, signed in with an own IIN, reaches for another family's."""
    await is_confirmed(house, thief, TIKHONOVS)
    application = house.world.application_of(FAMILY.child)
    for button in ("own", "why", "around"):
        await thief.presses(f"{button}:{application}")
    await thief.says("/check")
    await thief.says(CHILDS_IIN)
    await thief.presses("newphone:1")
    await thief.says(CONTACT.e164)
    await thief.says(await code_sent_to(house, thief, TIKHONOVS.phones[0].e164))
    await thief.says("000000")
    await house.changes_contact(thief, parent_id=None)


ATTACKS: tuple[Attack, ...] = (
    guesses_codes,
    takes_the_childs_iin_for_the_parents,
    uses_a_code_of_its_own,
    claims_to_have_lost_the_phone,
    undoes_what_was_never_changed,
    asks_for_the_cabinet,
    forges_answers,
    looks_the_child_up,
    comes_in_as_another_parent,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
async def test_who_knows_both_iins_gets_nowhere_and_learns_nothing(
    house: House, kind: str, attack: Attack
) -> None:
    await has_password(house, FAMILY, PASSWORD)
    parent, thief = await house.acquaintance("whatsapp"), await house.acquaintance(kind)
    await is_confirmed(house, parent, FAMILY)

    await attack(house, thief)

    assert (await house.contact_of(thief)).parent_id is None
    assert (await house.contact_of(parent)).parent_id == house.world.parent_of(FAMILY)
    found = await house.write(lambda tx: phones.confirmed_phones(tx, house.world.parent_of(FAMILY)))
    assert found == [CONTACT, SECOND]
    assert await is_set_to(house, FAMILY, PASSWORD)
    heard = "\n".join(shown.text for shown in thief.heard)
    assert [secret for secret in SECRETS if secret in heard] == []
    assert parent.heard == ()


async def test_all_of_it_one_after_another_in_one_account_neither(house: House, kind: str) -> None:
    await has_password(house, FAMILY, PASSWORD)
    thief = await house.acquaintance(kind)

    for attack in ATTACKS:
        await attack(house, thief)
        house.later(hours=2)

    assert (await house.contact_of(thief)).parent_id is None
    heard = "\n".join(shown.text for shown in thief.heard)
    assert [secret for secret in SECRETS if secret in heard] == []
    assert await is_set_to(house, FAMILY, PASSWORD)


async def test_who_takes_the_mothers_unused_iin_takes_nothing_away(house: House, kind: str) -> None:
    """The father has applied; whoever confirms a phone for her IIN first is joined by the register."""
    father, thief = await house.acquaintance("whatsapp"), await house.acquaintance(kind)
    await applies(house, father)
    await father.taps("Confirm")
    house.later(hours=2)
    await begins(thief)
    await tells_who(house, thief, NEWCOMERS.mother.iin.digits, OWN)
    await thief.waits(lambda: thief.t("Yes, that's me") in thief.labels, "the name to be shown")
    await thief.taps("Yes, that's me")
    await confirms_phone(house, thief, OTHER)
    await thief.waits(lambda: "09.10.2024" in str(thief.labels), "the question for the child")
    await chooses_the_daughter(thief)
    await thief.taps("Confirm")
    assert thief.reads("You are joined as the second parent.")
    until = thief.t.moment(house.clock.read() + timedelta(hours=72))

    def of_the_daughter(tx: Transaction) -> tuple[int, int]:
        child_id = people.find_child_by_iin(tx, NEWCOMERS.daughter.iin)
        assert child_id is not None
        [only] = applications.live_of_child(tx, child_id)
        return only.id, child_id

    application, child = await house.write(of_the_daughter)
    for deed in (f"withdraw:{application}", f"withdraw:{application}:sure:awaiting_place"):
        await thief.presses(deed)
        assert thief.reads(NEWLY_JOINED, moment=until)

    live = await house.write(lambda tx: applications.live_of_child(tx, child))
    assert [each.id for each in live] == [application]
    await father.presses(f"withdraw:{application}")
    assert father.t("Yes, withdraw it") in father.labels
