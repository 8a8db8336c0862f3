"""What the clockwork writes down of the line: however late and however many look, each thing once."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.clockwork import Clockwork
from domain.contact_line import PATIENCE, SILENCE
from storage.centre import line
from storage.database import Database
from storage.tables import help_request
from tests.fakes.clock import START, SetClock
from tests.integration.line_town import FRIDAY_18_00, MONDAY_09_00, SECOND, ask, build, operator


@pytest.fixture
async def places(database: Database) -> dict[str, int]:
    return await database.write(build)


async def look(database: Database, times: int = 1) -> list[int]:
    """So many clockworks look at once; the questions for which there was an alarm."""
    with capture_logs() as logs:
        await asyncio.gather(*(Clockwork(database).look() for _ in range(times)))
    return [each["request"] for each in logs if each["event"] == "somebody waits for an operator"]


async def written(database: Database, request_id: int) -> tuple[str, datetime | None]:
    """State and alarm as they stand in the row."""
    row = select(help_request.c.state, help_request.c.alarmed_at).where(help_request.c.id == request_id)
    return await database.read(lambda tx: tuple(tx.conn.execute(row).one()))


@pytest.mark.parametrize(
    ("span", "state"), [(-SECOND, "assigned"), (timedelta(0), "open"), (timedelta(days=3), "open")]
)
async def test_the_question_of_a_silent_operator_is_put_back_when_that_is_looked_for(
    database: Database, clock: SetClock, places: dict[str, int], span: timedelta, state: str
) -> None:
    await database.write(lambda tx: operator(tx, "aigul"))
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))

    clock.at = START + SILENCE + span
    await look(database, times=2)

    assert (await written(database, asked.id))[0] == state


async def test_a_question_that_was_answered_is_left_where_it_is(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul"))
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))
    await database.write(lambda tx: line.answered(tx, asked.conversation_id, officer.staff_id, tx.now))

    clock.at += timedelta(days=1)
    alarms = await look(database)

    assert (await written(database, asked.id), alarms) == (("assigned", None), [])


@pytest.mark.parametrize(
    ("span", "alarmed"), [(-SECOND, False), (timedelta(0), True), (timedelta(minutes=9), True)]
)
async def test_who_waits_for_three_minutes_is_one_alarm_of_two_clockworks(
    database: Database, clock: SetClock, places: dict[str, int], span: timedelta, alarmed: bool
) -> None:
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))

    clock.at = START + PATIENCE + span
    alarms = await look(database, times=2)
    alarms += await look(database)

    assert alarms == ([asked.id] if alarmed else [])
    assert await written(database, asked.id) == ("open", clock.at if alarmed else None)


async def test_at_night_nobody_is_alarmed_and_in_the_morning_three_minutes_after_opening(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    clock.at = FRIDAY_18_00
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))

    clock.at = MONDAY_09_00 + PATIENCE - SECOND
    at_night = await look(database)
    clock.at += SECOND
    in_the_morning = await look(database)

    assert (at_night, in_the_morning) == ([], [asked.id])


async def test_each_wait_has_an_alarm_of_its_own(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul", on=False))
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))
    clock.at += PATIENCE
    first = await look(database)

    await database.write(lambda tx: line.answered(tx, asked.conversation_id, officer.staff_id, tx.now))
    await database.write(lambda tx: line.waiting_again(tx, asked.conversation_id, tx.now))
    clock.at += PATIENCE
    second = await look(database)

    assert (first, second) == ([asked.id], [asked.id])


async def test_the_clock_of_the_demo_stops_where_the_line_has_something_due(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    await database.write(lambda tx: operator(tx, "aigul"))
    await database.write(lambda tx: ask(tx, "1", places["town"]))
    clockwork = Clockwork(database)
    await clockwork.look()

    alarm = await clockwork.next_before(START + timedelta(hours=1))
    clock.at = START + PATIENCE
    await clockwork.look()
    silence = await clockwork.next_before(START + timedelta(hours=1))

    assert (alarm, silence) == (START + PATIENCE, START + SILENCE)
