"""A question asked in a chat is given to an operator who is there, once."""

from bot.centre import line as deeds
from bot.clock import real_now
from bot.department.officer import Officer
from bot.texts import LANGUAGES
from storage import staff, staff_sessions
from storage.centre import line
from storage.centre.line import HelpRequest
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.person import Person


async def hired(house: House, login: str, *speaks: str) -> int:
    """An operator of the region, signed in and on duty."""

    def hire(tx: Transaction) -> int:
        staff_id = staff.add(
            tx,
            login=login,
            password_hash="",
            role="operator",
            language="kk",
            territories=[house.world.territories["region"]],
            kindergartens=(),
            at=tx.now,
            speaks=speaks,
        )
        staff_sessions.start(tx, staff_id, real_now(), None)
        deeds.on_duty(tx, Officer(staff_id, "operator"), True)
        return staff_id

    return int(await house.write(hire))


async def asks(house: House, person: Person) -> HelpRequest:
    """Somebody asks; how the question stands then."""
    conversation_id = (await house.contact_of(person)).conversation_id
    await person.says("/menu")
    await person.taps("Operator")
    await person.says("?!")
    asked: HelpRequest = await house.write(lambda tx: line.live_of(tx, conversation_id))
    return asked


async def test_whoever_speaks_the_language_and_is_on_duty_is_given_it(
    house: House, kind: str, language: str
) -> None:
    await hired(house, "others", *(each for each in LANGUAGES if each != language))
    speaks_it = await hired(house, "speaks-it", language)
    person = await house.acquaintance(kind, language)

    asked = await asks(house, person)

    assert person.reads("You are number {number} in the line.", number=1)
    assert (asked.state, asked.assigned_to, asked.language) == ("assigned", speaks_it, language)


async def test_a_question_that_silence_gave_back_is_not_given_once_more_by_a_word(
    house: House, parent: Person
) -> None:
    silent = await hired(house, "silent", "en")
    first = await asks(house, parent)
    house.later(minutes=5)

    again = await asks(house, parent)

    assert (first.assigned_to, again.assigned_to, again.id) == (silent, None, first.id)
