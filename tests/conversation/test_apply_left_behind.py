"""A draft of an account that was signed out, or that went on elsewhere: nothing in it opens anything."""

from storage import people
from storage.transaction import Transaction
from tests.conversation.applying import applies, becomes_the_father, begins, confirms_phone, tells_who
from tests.conversation.house import House
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import code_sent_to

ANOTHER = "Another parent is signed in now. Please choose the child once more."


async def is_signed_out(house: House, person: Person) -> None:
    """By another account of the parent, from elsewhere."""
    await house.changes_contact(person, parent_id=None)


async def phones_of_the_father(house: House) -> list[str]:
    """The confirmed phones."""

    def read(tx: Transaction) -> list[str]:
        parent_id = people.find_parent_by_iin(tx, NEWCOMERS.father.iin)
        assert parent_id is not None
        return [phone.e164 for phone in people.confirmed_phones(tx, parent_id)]

    found: list[str] = await house.write(read)
    return found


async def test_who_was_signed_out_confirms_no_second_phone_with_an_old_button(
    house: House, kind: str, language: str
) -> None:
    thief = await house.acquaintance(kind, language)
    await begins(thief)
    await tells_who(house, thief, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await thief.waits(lambda: thief.t("Yes, that's me") in thief.labels, "the name to be shown")
    await thief.taps("Yes, that's me")
    await thief.says("+77015559901")
    await is_signed_out(house, thief)
    house.later(days=2)

    await thief.presses("answer:apply:code2:again:0")
    assert thief.reads(ANOTHER)
    await thief.says(await code_sent_to(house, thief, "+77015559901"))

    assert await phones_of_the_father(house) == [NEWCOMERS.phones[0].e164]


async def test_who_was_signed_out_sees_nothing_of_the_review(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await applies(house, person)
    await is_signed_out(house, person)
    heard = len(person.heard)

    for press in ("back:apply", "edit:apply:address", "confirm:apply", "resume", "apply"):
        await person.presses(press)
    await person.says("1")

    said = "\n".join(shown.text for shown in person.heard[heard:])
    assert NEWCOMERS.daughter.name not in said
    assert NEWCOMERS.father.surname not in said
    assert "Тәуке хан" not in said


async def test_an_old_button_lets_no_iin_go_that_was_gone_on_with_elsewhere(house: House) -> None:
    here, elsewhere = await house.acquaintance("telegram"), await house.acquaintance("whatsapp")
    await begins(here)
    await tells_who(house, here, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await here.waits(lambda: here.t("No, I mistyped") in here.labels, "the name to be shown")
    house.later(minutes=2)
    await begins(elsewhere)
    await tells_who(house, elsewhere, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await elsewhere.waits(lambda: elsewhere.t("Yes, that's me") in elsewhere.labels, "the name")
    await elsewhere.taps("Yes, that's me")
    await confirms_phone(house, elsewhere, NEWCOMERS.phones[1])

    await here.presses("answer:apply:who:mistyped")

    assert await phones_of_the_father(house) == [phone.e164 for phone in NEWCOMERS.phones]


async def test_the_draft_goes_on_for_the_same_parent_who_comes_in_again(house: House, parent: Person) -> None:
    await becomes_the_father(house, parent)
    await is_signed_out(house, parent)
    house.later(minutes=2)
    await parent.says("/menu")
    await parent.taps("Go on where I stopped")
    assert parent.reads("Type your own IIN, the parent's: 12 digits from the identity card.")

    await parent.says(NEWCOMERS.father.iin.digits)
    await confirms_phone(house, parent, NEWCOMERS.phones[0])

    await parent.waits(lambda: parent.t("Cancel") in parent.labels, "the next question")
    assert (await house.contact_of(parent)).parent_id is not None
