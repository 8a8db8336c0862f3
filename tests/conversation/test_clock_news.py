"""What the clockwork tells a family, as the family reads it, and what can be tapped under it."""

from datetime import timedelta

from sqlalchemy import insert, select

from bot.clockwork import Clockwork
from domain.application import PauseCause
from storage.tables import access, seat_list, silence
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.mine_plays import CHILD, parent_at, whole
from tests.integration.rows import add

ASKED = "Is a seat still wanted for application № {number}?"
DAY = timedelta(days=1)


async def was_silent(house: House) -> None:
    """Two periods of access passed without a word of the family, which said its last a minute ago."""
    house.later(minutes=1)

    def work(tx: Transaction) -> None:
        for days in (9, 8):
            made_at, ends_at = tx.now - days * DAY, tx.now - (days - 3) * DAY
            span = {"publish_at": made_at, "opens_at": made_at, "priority_ends_at": ends_at}
            list_id = add(tx, seat_list, territory_id=house.world.town, access_made_at=made_at, **span)
            row = {"list_id": list_id, "application_id": house.world.application_of(CHILD)}
            times = {"made_at": made_at, "ends_at": ends_at, "told_at": made_at}
            tx.conn.execute(insert(access).values(**row, **times))

    await house.write(work)
    await looks(house)


async def looks(house: House) -> None:
    """The clockwork looks what is due."""
    await Clockwork(house.database).look()


async def asked(house: House) -> int:
    """How many questions wait for an answer."""
    return len(await house.database.read(lambda tx: tx.conn.execute(select(silence)).all()))


async def test_who_was_silent_is_asked_and_says_with_one_tap_that_a_seat_is_wanted(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)
    await was_silent(house)
    await person.hears(ASKED, number=CHILD.number)

    await person.taps("Yes, still wanted")

    assert person.reads("Good. Seats are offered to it as before.")
    house.clock.move_to(house.clock.read() + 20 * DAY)
    await looks(house)
    assert ((await whole(house)).paused_at, await asked(house)) == (None, 0)


async def test_who_does_not_answer_is_paused_and_comes_back_with_one_tap(house: House) -> None:
    person = await parent_at(house, "telegram")
    await was_silent(house)
    await person.hears(ASKED, number=CHILD.number)

    house.clock.move_to(house.clock.read() + 8 * DAY)
    await looks(house)
    await person.hears("Application № {number} is paused, as nothing was heard of you.", number=CHILD.number)
    assert (await whole(house)).pause_reason == PauseCause.BY_SILENCE.value
    await person.taps("Take part again")

    assert person.reads("The application takes part again.")
    found = await whole(house)
    assert (found.paused_at, found.silent_periods) == (None, 0)


async def test_any_word_is_an_answer(house: House) -> None:
    person = await parent_at(house, "telegram")
    await was_silent(house)
    await person.hears(ASKED, number=CHILD.number)

    await person.says("/menu")
    house.clock.move_to(house.clock.read() + 8 * DAY)
    await looks(house)

    assert ((await whole(house)).paused_at, await asked(house)) == (None, 0)


async def test_who_wrote_while_the_access_ran_was_not_silent(house: House) -> None:
    await parent_at(house, "telegram")
    house.clock.move_to(house.clock.read() + 8 * DAY)

    await was_silent(house)

    assert ((await whole(house)).silent_periods, await asked(house)) == (1, 0)


async def test_the_answer_that_comes_after_the_pause_ends_it(house: House) -> None:
    person = await parent_at(house, "telegram")
    await was_silent(house)
    await person.hears(ASKED, number=CHILD.number)
    question = person.screen
    house.clock.move_to(house.clock.read() + 8 * DAY)
    await looks(house)
    await person.hears("Application № {number} is paused, as nothing was heard of you.", number=CHILD.number)

    await person.taps("Yes, still wanted", on=question)

    assert person.reads("The application takes part again.")
    assert (await whole(house)).paused_at is None
