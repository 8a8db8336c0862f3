"""A message that comes twice, at the same instant or later, has its effect once."""

from sqlalchemy import func, select

from storage.tables import attempt, help_request, message
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import PLACE, asks_for_code

IIN = ALDABEKOVS.child.person.iin.digits


async def rows(house: House, table: object) -> int:
    """How many rows a table has."""
    counted = select(func.count()).select_from(table)  # type: ignore[arg-type]
    return int(await house.write(lambda tx: tx.conn.execute(counted).scalar_one()))


async def test_the_same_message_later_has_no_second_effect(house: House, parent: Person) -> None:
    await parent.says("/check")
    await parent.says(IIN)
    heard, tries = parent.heard, await rows(house, attempt)

    await parent.repeats()

    assert parent.heard == heard
    assert await rows(house, attempt) == tries


async def test_the_same_message_a_week_later_after_a_restart(house: House, parent: Person) -> None:
    await parent.says("/check")
    await parent.says(IIN)
    heard = parent.heard
    house.later(days=7)
    await house.restarts()

    await parent.repeats()

    assert parent.heard == heard


async def test_the_same_message_many_times_at_once(house: House, parent: Person) -> None:
    await parent.says("/menu")
    await parent.taps("Operator")
    await parent.says("When does the office open?")
    heard = parent.heard

    await parent.repeats(at_once=6)

    assert parent.heard == heard
    assert await rows(house, help_request) == 1


async def test_a_press_that_comes_twice_sends_one_code(house: House, parent: Person) -> None:
    await asks_for_code(parent, ALDABEKOVS)
    house.later(seconds=61)
    await parent.taps("Send a new code")

    await parent.repeats(at_once=3)

    assert len(house.sms.sent) == 2


async def test_the_duplicate_is_logged_once(house: House, parent: Person) -> None:
    await parent.says("/menu")
    logged = await rows(house, message)

    await parent.repeats(at_once=4)

    assert await rows(house, message) == logged
    assert house.witness.effects(parent.channel, parent.chat) == {False: 1, True: 4}


async def test_two_devices_at_the_same_instant_are_both_answered(house: House, parent: Person) -> None:
    await parent.says("/menu")
    before = len(parent.heard)

    await parent.says_on_two_devices(IIN, str(ALDABEKOVS.child.number), "/settings")

    assert len(parent.heard) == before + 3
    answers = [shown.text for shown in parent.heard[before:]]
    assert sum(parent.t(PLACE, place=36, size=46) in text for text in answers) == 2


async def test_two_first_messages_at_the_same_instant_make_one_contact(
    house: House, newcomer: Person
) -> None:
    await newcomer.says_on_two_devices("/start", "сәлем", "hello")

    assert len(newcomer.heard) == 3
    assert newcomer.labels == ("Қазақша", "Русский", "English")


async def test_two_devices_spend_tries_together(house: House, parent: Person) -> None:
    await parent.says_on_two_devices(*[IIN] * 7)

    found = [shown for shown in parent.heard if parent.t(PLACE, place=36, size=46) in shown.text]
    assert len(found) == 5
