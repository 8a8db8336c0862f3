"""kill -9 in the middle of turns: nothing acknowledged is lost, nothing has its effect twice."""

import asyncio
import sqlite3
from pathlib import Path

from tests.e2e.service_process import ServiceProcess
from tests.fakes.bot_api import TOKEN, BotApi

CHATS = 40
KILLS = 3


def a_service(api: BotApi, folder: Path) -> ServiceProcess:
    return ServiceProcess(
        database_url=f"sqlite+aiosqlite:///{folder}/kezek.db",
        data_dir=str(folder),
        secret_key="1:a secret that is long enough for the tests",
        telegram_token=TOKEN,
        telegram_api_url=api.url,
        telegram_mode="webhook",
        telegram_webhook_secret="told-to-telegram-only",
    )


async def test_a_killed_service_answers_everybody_and_takes_nothing_twice(tmp_path: Path) -> None:
    async with BotApi() as api:
        service = a_service(api, tmp_path)
        code, _, err = await service.run("migrate")
        assert (code, err) == (0, err)
        await service.start()
        await _webhook_is_set(api)

        for kill in range(KILLS):
            for chat in range(CHATS):
                await api.chat(chat + 1).says("/start" if kill == 0 else "/help")
            await _some_are_taken(api, at_least=5 + 7 * kill)
            await service.kill()
            await service.start()
            await api.settled(60)
        await _everybody_was_answered(api, KILLS)
        await service.stop()

    taken, answered = _log(tmp_path)
    assert taken == CHATS * KILLS
    assert answered == {1: CHATS * KILLS}


async def _webhook_is_set(api: BotApi) -> None:
    async with asyncio.timeout(60):
        while api.updates.webhook is None:
            await asyncio.sleep(0.02)


async def _some_are_taken(api: BotApi, at_least: int) -> None:
    async with asyncio.timeout(30):
        while len(api.updates.pending) > CHATS - at_least:
            await asyncio.sleep(0.001)


async def _everybody_was_answered(api: BotApi, times: int) -> None:
    """At least once each: the one on the wire when the process died may have come twice."""
    chats = [api.chat(number + 1) for number in range(CHATS)]
    async with asyncio.timeout(90):
        while any(sum(not seen.mine for seen in chat.messages) < times for chat in chats):
            await asyncio.sleep(0.1)


def _log(folder: Path) -> tuple[int, dict[int, int]]:
    """How many messages were taken, and how many of them have how many answers."""
    with sqlite3.connect(folder / "kezek.db") as db:
        (taken,) = db.execute("SELECT count(*) FROM message WHERE direction = 'in'").fetchone()
        rows = db.execute(
            "SELECT n, count(*) FROM (SELECT answers, count(*) AS n FROM message"
            " WHERE direction = 'out' GROUP BY answers) GROUP BY n"
        ).fetchall()
    return taken, dict(rows)
