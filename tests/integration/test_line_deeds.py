"""What operators do with questions: on duty, taking, giving back, handing over, closing, being rated."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import select

from bot.centre import line as deeds
from bot.department.officer import Officer
from domain.errors import CannotTake, NothingWaits, TakenByAnother
from storage.centre import closing, duty, line
from storage.centre.line import HelpRequest
from storage.database import Database
from storage.tables import help_request
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.line_town import REALLY, ask, build, of, operator


@pytest.fixture
async def places(database: Database) -> dict[str, int]:
    return await database.write(build)


async def test_off_duty_what_waits_goes_back_and_what_is_answered_stays(
    database: Database, places: dict[str, int]
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul"))
    waiting = await database.write(lambda tx: ask(tx, "1", places["town"]))
    answered = await database.write(lambda tx: ask(tx, "2", places["town"]))
    await database.write(lambda tx: line.answered(tx, answered.conversation_id, officer.staff_id, tx.now))

    audited = await database.write(lambda tx: deeds.on_duty(tx, officer, False))

    assert (audited.what, audited.about) == ("duty_ended", f"staff:{officer.staff_id}")
    assert await database.read(lambda tx: duty.on_duty(tx, None, REALLY)) == []
    assert (await database.read(lambda tx: of(tx, waiting.conversation_id))).state == "open"
    assert (await database.read(lambda tx: of(tx, answered.conversation_id))).state == "assigned"


async def test_an_operator_takes_gives_back_and_hands_over(
    database: Database, places: dict[str, int]
) -> None:
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))
    chat_id = asked.conversation_id
    one = await database.write(lambda tx: operator(tx, "one"))
    two = await database.write(lambda tx: operator(tx, "two"))
    away = await database.write(lambda tx: operator(tx, "away", [places["city"]]))

    async def holder() -> int | None:
        return (await database.read(lambda tx: of(tx, chat_id))).assigned_to

    taken = await database.write(lambda tx: deeds.take(tx, one, chat_id))
    assert (taken.what, taken.about, await holder()) == (
        "question_taken",
        f"conversation:{chat_id}",
        one.staff_id,
    )
    with pytest.raises(TakenByAnother):
        await database.write(lambda tx: deeds.give_back(tx, two, chat_id))
    with pytest.raises(CannotTake):
        await database.write(lambda tx: deeds.hand_over(tx, one, chat_id, away.staff_id, really=REALLY))
    await database.write(lambda tx: deeds.hand_over(tx, one, chat_id, two.staff_id, really=REALLY))
    assert await holder() == two.staff_id
    await database.write(lambda tx: deeds.give_back(tx, two, chat_id))
    assert await holder() is None
    await database.write(lambda tx: deeds.close(tx, two, chat_id))
    for deed in (deeds.take, deeds.give_back, deeds.close):
        with pytest.raises(NothingWaits):
            await database.write(lambda tx: deed(tx, one, chat_id))  # noqa: B023


async def test_stars_are_given_once_and_only_where_staff_have_closed(
    database: Database, places: dict[str, int]
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul"))
    helped = await database.write(lambda tx: ask(tx, "1", places["town"]))
    given_up = await database.write(lambda tx: ask(tx, "2", places["town"]))

    def rate(tx: Transaction, request: HelpRequest, stars: int) -> bool:
        return closing.rate(tx, request.conversation_id, request.id, stars, tx.now)

    assert not await database.write(lambda tx: rate(tx, helped, 5))
    await database.write(lambda tx: deeds.close(tx, officer, helped.conversation_id))
    await database.write(lambda tx: closing.close(tx, given_up, closing.BY_PARENT))

    assert await database.write(lambda tx: rate(tx, helped, 4))
    assert not await database.write(lambda tx: rate(tx, helped, 1))
    assert not await database.write(lambda tx: rate(tx, given_up, 5))
    stars = select(help_request.c.id, help_request.c.rating, help_request.c.rated_at)
    kept = {row.id: row[1:] for row in await database.read(lambda tx: tx.conn.execute(stars).all())}
    assert kept == {helped.id: (4, START), given_up.id: (None, None)}


async def test_two_operators_take_one_question_and_one_gets_it(
    database: Database, places: dict[str, int]
) -> None:
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))
    officers = [
        await database.write(lambda tx: operator(tx, f"op-{n}", on=False))  # noqa: B023
        for n in range(4)
    ]

    tries = await asyncio.gather(
        *(database.write(partial(take, each, asked.conversation_id)) for each in officers),
        return_exceptions=True,
    )

    holder = (await database.read(lambda tx: of(tx, asked.conversation_id))).assigned_to
    assert holder is not None
    assert sorted(map(str, tries)) == sorted(["None", *[str(TakenByAnother(holder))] * 3])


def take(officer: Officer, conversation_id: int, tx: Transaction) -> None:
    deeds.take(tx, officer, conversation_id)
