"""A question asked in a chat is given to an operator who is there."""

from bot.centre import line as deeds
from bot.clock import real_now
from bot.department.officer import Officer
from storage import staff, staff_sessions
from storage.centre import line
from storage.transaction import Transaction
from tests.conversation.house import House


async def test_whoever_speaks_the_language_and_is_on_duty_is_given_it(
    house: House, kind: str, language: str
) -> None:
    def hire(tx: Transaction, login: str, speaks: tuple[str, ...]) -> int:
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

    others = tuple(each for each in ("kk", "ru", "en") if each != language)
    await house.write(lambda tx: hire(tx, "others", others))
    speaks_it = await house.write(lambda tx: hire(tx, "speaks-it", (language,)))
    person = await house.acquaintance(kind, language)
    conversation_id = (await house.contact_of(person)).conversation_id

    await person.says("/menu")
    await person.taps("Operator")
    await person.says("?!")

    assert person.reads("You are number {number} in the line.", number=1)
    asked = await house.write(lambda tx: line.live_of(tx, conversation_id))
    assert (asked.state, asked.assigned_to, asked.language) == ("assigned", speaks_it, language)
