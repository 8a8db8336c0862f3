"""Codes are counted so that no stranger uses up an owner's, and so that no count tells anything."""

from tests.conversation.applying import begins, tells_who
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import asks_for_code, code_sent_to, is_confirmed

PHONE, OTHER_PHONE = (phone.e164 for phone in ALDABEKOVS.phones)
GUESSES = (PHONE, "+77015550999")
NEXT = NEWCOMERS.phones[1]
OFTEN = "That was tried often enough for now. You can try again at {time}."


async def uses_up(house: House, thief: Person) -> None:
    """Ask for as many codes for signing in as there are for the parent's IIN."""
    await asks_for_code(thief, ALDABEKOVS)
    for _ in range(3):
        house.later(seconds=61)
        await thief.taps("Send a new code")
    assert thief.reads(OFTEN, time="17:20")


async def test_codes_that_a_stranger_used_up_leave_those_of_the_cabinet(house: House) -> None:
    owner = await house.acquaintance("whatsapp")
    await is_confirmed(house, owner, ALDABEKOVS)
    await uses_up(house, await house.acquaintance("telegram"))

    await owner.presses("newphone:2")
    await owner.says("+77015550180")
    await owner.says(await code_sent_to(house, owner, PHONE, before=3))
    assert owner.reads(
        "A code of 6 digits was sent by SMS to the new number, ending in {digits}. Type it here. "
        "It is good for 5 minutes.",
        digits="80",
    )
    await owner.presses("erase:go")

    assert owner.reads(
        "A code of 6 digits was sent to your confirmed phone by SMS. Type it here if you want to go on."
    )


async def test_right_codes_come_off_the_count(house: House) -> None:
    person = await house.acquaintance("whatsapp")

    for before in range(4):
        await asks_for_code(person, ALDABEKOVS)
        await person.says(await code_sent_to(house, person, PHONE, before=before))
        await person.hears("Good day, {name}!", name=ALDABEKOVS.parent.name)
        await person.says("/settings")
        await person.taps("Sign out")
        house.later(seconds=61)


async def test_no_right_code_makes_room_for_codes_to_a_hundred_numbers(house: House) -> None:
    person = await house.acquaintance("whatsapp")
    await begins(person)
    await tells_who(house, person, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await person.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await person.taps("Yes, that's me")

    for number in range(10, 15):
        await person.says(f"+770155507{number}")
        if person.reads(OFTEN, time="17:20"):
            break
        await person.taps("Back")

    assert person.reads(OFTEN, time="17:20")
    assert len(house.sms.sent) == 5


async def test_no_count_tells_which_phone_belongs_to_an_iin(house: House) -> None:
    """Codes for signing in are used up by the IIN; then numbers are guessed where any can be typed."""
    await uses_up(house, await house.acquaintance("telegram"))
    seen = []
    for guess in GUESSES:
        spy = await house.acquaintance("whatsapp")
        await spy.says("/undo")
        await spy.says(guess)
        undoing = spy.sees
        await begins(spy)
        await spy.says(NEWCOMERS.mother.iin.digits)
        await spy.says(guess)
        seen.append([text.replace(guess[-2:], "…") for text in (undoing, spy.sees)])

    assert seen[0] == seen[1]


async def test_a_stranger_cannot_use_up_the_code_of_a_second_phone(house: House) -> None:
    father, stranger = await house.acquaintance("whatsapp"), await house.acquaintance("telegram")
    await begins(father)
    await tells_who(house, father, NEWCOMERS.father.iin.digits, NEWCOMERS.phones[0])
    await father.hears("{name}, born {date}. Is that you?", name="Тимур Б.", date="14.03.1991")
    await father.taps("Yes, that's me")
    await father.says(NEXT.e164)
    code = await code_sent_to(house, father, NEXT.e164)

    await stranger.says("/code")
    await stranger.says(NEXT.e164)
    for number in range(5):
        await stranger.says(f"{(int(code) + 1 + number) % 1_000_000:06}")
    assert stranger.reads(OFTEN, time="17:20")
    await father.says(code)

    await father.waits(lambda: "09.10.2024" in str(father.labels), "the question for the child")
