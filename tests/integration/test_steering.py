"""Drives and prepared steps on both databases: what is read at which second, and what two do at once."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.centre import driving
from bot.clockwork import Clockwork
from bot.department.officer import Officer
from domain.errors import DrivenByAnother
from domain.steering import SILENCE, Wheel
from storage.centre import assigning, line, steering, whispers
from storage.database import Database
from storage.due import Due, earliest
from storage.message_history import history
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.rows import add_conversation

AIGUL, BERIK = Officer(1, "operator"), Officer(2, "operator")
UNTIL = START + SILENCE
SECOND = timedelta(seconds=1)


@pytest.fixture
async def chat(database: Database) -> int:
    """A conversation that AIGUL drives since just now."""

    def begin(tx: Transaction) -> int:
        conversation_id = add_conversation(tx)
        driving.drive(tx, AIGUL, conversation_id)
        return conversation_id

    return await database.write(begin)


async def steered(database: Database, chat: int) -> list[str]:
    """What staff read of the wheel."""
    lines = await database.read(lambda tx: history(tx, chat))
    return [each.text for each in lines if each.kind == steering.KIND]


async def looks(database: Database) -> None:
    """A clockwork makes what is due."""
    await Clockwork(database).look()


@pytest.mark.parametrize(
    ("at", "wheel"),
    [(UNTIL - SECOND, Wheel(1, UNTIL)), (UNTIL, None), (UNTIL + SECOND, None)],
)
async def test_who_drives_is_read_by_the_time(
    database: Database, chat: int, clock: SetClock, at: datetime, wheel: Wheel | None
) -> None:
    clock.at = at

    assert await database.read(lambda tx: steering.wheel_of(tx, chat)) == wheel


async def test_it_is_due_at_its_second(database: Database, chat: int, clock: SetClock) -> None:
    assert (await database.read(earliest))[Due.DRIVES] == UNTIL

    clock.at = UNTIL - SECOND
    await looks(database)
    before = await steered(database, chat)
    clock.at = UNTIL
    await looks(database)

    assert before == ["taken"]
    assert await steered(database, chat) == ["taken", "silent"]
    assert Due.DRIVES not in await database.read(earliest)


async def test_two_clocks_end_each_once_however_long_they_were_away(
    database: Database, chat: int, clock: SetClock
) -> None:
    def others(tx: Transaction) -> list[int]:
        made = [add_conversation(tx, str(number)) for number in range(2, 2 + 2 * driving.AT_ONCE)]
        for each in made:
            driving.drive(tx, BERIK, each)
        return made

    chats = [chat, *await database.write(others)]
    clock.at = UNTIL + timedelta(days=3)

    await asyncio.gather(looks(database), looks(database))

    assert [await steered(database, each) for each in chats] == [["taken", "silent"]] * len(chats)


async def test_of_two_who_drive_at_once_one_does(database: Database) -> None:
    chat = await database.write(add_conversation)

    done = await asyncio.gather(
        *(
            database.write(partial(driving.drive, officer=each, conversation_id=chat))
            for each in (AIGUL, BERIK)
        ),
        return_exceptions=True,
    )

    assert [isinstance(each, DrivenByAnother) for each in done].count(True) == 1
    assert await steered(database, chat) == ["taken"]


async def test_a_question_that_waits_goes_from_the_silent_one_to_everybody(
    database: Database, chat: int, clock: SetClock
) -> None:
    def asks(tx: Transaction) -> None:
        line.open_request(tx, chat, None, "kk", tx.now)
        waiting = line.lock_live(tx, chat)
        assert waiting is not None
        assigning.give(tx, waiting, AIGUL.staff_id)

    await database.write(asks)
    clock.at = UNTIL

    await looks(database)

    left = await database.read(lambda tx: line.live_of(tx, chat))
    assert left is not None
    assert (left.state, left.assigned_to, left.waits_since) == (line.OPEN, None, START)


async def test_a_step_is_decided_once(database: Database, chat: int) -> None:
    whisper_id = await database.write(
        lambda tx: whispers.offer(tx, chat, 1, "0:check.what", {"text": "150105500123"}, tx.now)
    )

    def agree(tx: Transaction) -> bool:
        return whispers.decide(tx, whisper_id, whispers.AGREED, tx.now)

    decided = await asyncio.gather(*(database.write(agree) for _ in range(4)))

    assert sorted(decided) == [False, False, False, True]
    kept = await database.read(lambda tx: whispers.find(tx, whisper_id))
    assert kept is not None
    assert (kept.state, kept.content) == (whispers.AGREED, {"text": "150105500123"})
    assert "150105500123" not in repr(kept)


async def test_a_new_step_takes_the_place_of_the_one_before(database: Database, chat: int) -> None:
    first, second = [
        await database.write(lambda tx: whispers.offer(tx, chat, 1, "0:", {"press": "menu"}, tx.now))
        for _ in range(2)
    ]

    waiting = await database.read(lambda tx: whispers.offered(tx, chat))
    before = await database.read(lambda tx: whispers.find(tx, first))

    assert waiting is not None
    assert waiting.id == second
    assert before is not None
    assert before.state == whispers.TAKEN_BACK
