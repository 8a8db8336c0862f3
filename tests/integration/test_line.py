"""The line of those who wait for a person: who stands where, who is given what, and what silence does."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.centre import line as deeds
from domain.contact_line import PATIENCE, SILENCE
from domain.errors import TakenByAnother
from storage import staff_sessions
from storage.centre import duty, line
from storage.database import Database
from storage.tables import staff as staff_rows
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.line_town import (
    FRIDAY_18_00,
    MINUTE,
    MONDAY_09_00,
    REALLY,
    SECOND,
    ask,
    build,
    chat,
    of,
    operator,
)


@pytest.fixture
async def places(database: Database) -> dict[str, int]:
    return await database.write(build)


async def test_who_asks_twice_waits_once_and_keeps_the_place(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    first = await database.write(lambda tx: ask(tx, "1", places["town"]))
    clock.at += timedelta(minutes=1)

    again = await database.write(lambda tx: ask(tx, "1", places["town"]))

    assert (again.id, again.waits_since) == (first.id, START)


async def test_the_line_is_that_of_one_contact_centre_and_one_language(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    asked = []
    for address, place, language in (
        ("1", "town", "kk"),
        ("2", "village", "kk"),
        ("3", "city", "kk"),
        ("4", "town", "ru"),
        ("5", "region", "kk"),
        ("6", "city", "kk"),
    ):
        clock.at += SECOND
        asked.append(await database.write(lambda tx: ask(tx, address, places[place], language)))  # noqa: B023

    ahead = [await database.read(lambda tx: line.ahead_of(tx, each)) for each in asked]  # noqa: B023

    assert ahead == [0, 1, 0, 0, 2, 1]


async def test_without_any_rules_one_waits_with_those_of_the_same_place(
    database: Database, clock: SetClock
) -> None:
    first = await database.write(lambda tx: ask(tx, "1", None))
    clock.at += SECOND
    second = await database.write(lambda tx: ask(tx, "2", None))

    ahead = [await database.read(lambda tx: line.ahead_of(tx, each)) for each in (first, second)]  # noqa: B023

    assert ahead == [0, 1]


async def test_whoever_is_answered_waits_no_more_and_again_after_the_next_word(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul", on=False))
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))
    behind = await database.write(lambda tx: ask(tx, "2", places["town"]))
    clock.at += MINUTE
    await database.write(lambda tx: line.answered(tx, asked.conversation_id, officer.staff_id, tx.now))

    answered = await database.read(lambda tx: of(tx, asked.conversation_id))
    assert (answered.state, answered.assigned_to) == ("assigned", officer.staff_id)
    assert (answered.waits_since, answered.answered_at, answered.alarm_at) == (None, START + MINUTE, None)
    assert await database.read(lambda tx: line.ahead_of(tx, behind)) == 0

    clock.at += MINUTE
    for _ in range(2):
        await database.write(lambda tx: line.waiting_again(tx, asked.conversation_id, tx.now))
        clock.at += SECOND

    again = await database.read(lambda tx: of(tx, asked.conversation_id))
    assert (again.waits_since, again.alarm_at) == (START + 2 * MINUTE, START + 2 * MINUTE + PATIENCE)
    assert await database.read(lambda tx: line.ahead_of(tx, again)) == 1


async def test_an_answer_or_a_word_without_a_question_does_nothing(database: Database) -> None:
    conversation_id = await database.write(lambda tx: chat(tx, "1"))

    await database.write(lambda tx: line.answered(tx, conversation_id, 1, tx.now))
    heard = await database.write(lambda tx: line.waiting_again(tx, conversation_id, tx.now))

    assert heard is None
    assert await database.read(lambda tx: line.live_of(tx, conversation_id)) is None


async def test_a_question_goes_to_whoever_speaks_the_language_and_reaches_the_place(
    database: Database, places: dict[str, int]
) -> None:
    def hire(tx: Transaction) -> dict[str, int]:
        people = {
            "russian": operator(tx, "russian", [places["region"]], ["ru"]),
            "kazakh": operator(tx, "kazakh", [places["region"]], ["kk"]),
            "elsewhere": operator(tx, "elsewhere", [places["city"]], ["kk", "ru", "en"]),
            "off": operator(tx, "off", [], ["kk", "ru", "en"], on=False),
            "gone": operator(tx, "gone", [], ["kk", "ru", "en"], signed_in=False),
            "officer": operator(tx, "officer", [], ["kk", "ru", "en"], role="department"),
        }
        return {login: each.staff_id for login, each in people.items()}

    staff_ids = await database.write(hire)

    async def goes_to(address: str, place: str | None, language: str) -> int | None:
        at = places[place] if place else None
        return (await database.write(lambda tx: ask(tx, address, at, language))).assigned_to

    assert await goes_to("1", "town", "kk") == staff_ids["kazakh"]
    assert await goes_to("2", "town", "ru") == staff_ids["russian"]
    assert await goes_to("3", "town", "en") is None
    assert await goes_to("4", "city", "en") == staff_ids["elsewhere"]
    assert await goes_to("5", None, "en") == staff_ids["elsewhere"]


async def test_an_operator_without_named_territories_reaches_all_of_them(
    database: Database, places: dict[str, int]
) -> None:
    anywhere = await database.write(lambda tx: operator(tx, "anywhere"))

    asked = await database.write(lambda tx: ask(tx, "1", places["village"]))

    assert (asked.state, asked.assigned_to) == ("assigned", anywhere.staff_id)


async def test_whoever_has_the_fewest_in_hand_is_given_the_next(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    officers = []
    for login in ("first", "second"):
        officers.append(await database.write(lambda tx: operator(tx, login)))  # noqa: B023
        clock.at += SECOND
    first, second = (each.staff_id for each in officers)

    given = [await database.write(lambda tx: ask(tx, str(n), places["town"])) for n in range(3)]  # noqa: B023
    await database.write(lambda tx: deeds.close(tx, officers[0], given[0].conversation_id))
    await database.write(lambda tx: deeds.close(tx, officers[0], given[2].conversation_id))
    last = await database.write(lambda tx: ask(tx, "last", places["town"]))

    assert [each.assigned_to for each in given] == [first, second, first]
    assert last.assigned_to == first


@pytest.mark.parametrize("disabled", [False, True], ids=["idle", "shut out"])
async def test_nobody_without_a_living_session_is_given_anything(
    database: Database, places: dict[str, int], disabled: bool
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul"))

    def on_duty(tx: Transaction, really: datetime) -> list[int]:
        return [each.staff_id for each in duty.on_duty(tx, places["town"], really)]

    over = REALLY + staff_sessions.IDLE
    assert await database.read(lambda tx: on_duty(tx, over - SECOND)) == [officer.staff_id]
    assert await database.read(lambda tx: on_duty(tx, over)) == []
    if disabled:
        shut = update(staff_rows).values(disabled_at=START)
        await database.write(lambda tx: tx.conn.execute(shut))
        assert await database.read(lambda tx: on_duty(tx, REALLY)) == []

    at = REALLY if disabled else over
    assert await database.write(lambda tx: duty.end_of_gone(tx, at)) == 1
    assert await database.read(lambda tx: duty.on_duty_since(tx, officer.staff_id)) is None


async def test_outside_the_hours_a_question_waits_in_the_pool_until_it_opens(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    await database.write(lambda tx: operator(tx, "aigul"))
    clock.at = FRIDAY_18_00

    kept = await database.write(lambda tx: ask(tx, "1", places["town"]))

    assert (kept.state, kept.waits_since) == ("open", FRIDAY_18_00)
    assert kept.alarm_at == MONDAY_09_00 + PATIENCE


@pytest.mark.parametrize(("span", "state"), [(-SECOND, "assigned"), (timedelta(0), "open"), (SECOND, "open")])
async def test_silence_gives_a_question_back_at_that_second_though_no_clock_runs(
    database: Database, clock: SetClock, places: dict[str, int], span: timedelta, state: str
) -> None:
    silent = await database.write(lambda tx: operator(tx, "silent"))
    other = await database.write(lambda tx: operator(tx, "other", on=False))
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))

    clock.at = START + SILENCE + span

    assert (await database.read(lambda tx: of(tx, asked.conversation_id))).state == state
    in_hand = [each.in_hand for each in await database.read(lambda tx: duty.on_duty(tx, None, REALLY))]
    assert in_hand == [1 if state == "assigned" else 0]
    if state == "assigned":
        with pytest.raises(TakenByAnother) as refused:
            await database.write(lambda tx: deeds.take(tx, other, asked.conversation_id))
        assert refused.value == TakenByAnother(silent.staff_id)
    else:
        await database.write(lambda tx: deeds.take(tx, other, asked.conversation_id))
        taken = await database.read(lambda tx: of(tx, asked.conversation_id))
        assert (taken.assigned_to, taken.assigned_at) == (other.staff_id, clock.at)


async def test_whoever_has_answered_is_not_silent(
    database: Database, clock: SetClock, places: dict[str, int]
) -> None:
    officer = await database.write(lambda tx: operator(tx, "aigul"))
    asked = await database.write(lambda tx: ask(tx, "1", places["town"]))
    await database.write(lambda tx: line.answered(tx, asked.conversation_id, officer.staff_id, tx.now))
    clock.at += timedelta(days=1)
    await database.write(lambda tx: line.waiting_again(tx, asked.conversation_id, tx.now))

    clock.at += SILENCE - SECOND
    assert (await database.read(lambda tx: of(tx, asked.conversation_id))).assigned_to == officer.staff_id

    clock.at += SECOND
    assert (await database.read(lambda tx: of(tx, asked.conversation_id))).assigned_to is None
