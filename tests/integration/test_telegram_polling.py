"""Updates asked for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.not_saved import NotSavedNotice
from bot.channels.telegram.polling import MOST_TRIES, Polling
from bot.conversation.incoming import Incoming, Text
from storage.errors import StorageBusy, StorageFull
from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.listener import Listener

Start = Callable[[], Awaitable[Polling]]
MENU = {"inline_keyboard": [[{"text": "Мәзір", "callback_data": "menu"}]]}


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
async def api(server: BotApi) -> AsyncIterator[TelegramApi]:
    telegram = TelegramApi(TOKEN, server.url)
    yield telegram
    await telegram.close()


@pytest.fixture
async def start(api: TelegramApi, listener: Listener, told: list[str]) -> AsyncIterator[Start]:
    running: list[tuple[Polling, asyncio.Task[None]]] = []

    async def say(incoming: Incoming) -> None:
        told.append(incoming.address.chat)

    async def start() -> Polling:
        polling = Polling(api, listener, NotSavedNotice(say), first_pause_seconds=0.001)
        running.append((polling, asyncio.create_task(polling.run())))
        return polling

    yield start
    for polling, task in running:
        polling.stop()
        async with asyncio.timeout(5):
            await task


def texts(listener: Listener, chat: int) -> list[str]:
    return [
        each.content.text
        for each in listener.taken
        if isinstance(each.content, Text) and each.address.chat == str(chat)
    ]


async def test_updates_are_taken_in_order_and_acknowledged(
    server: BotApi, listener: Listener, start: Start
) -> None:
    await server.chat(42).says("бір")
    await server.chat(42).says("екі")
    await start()
    await listener.has_taken(2)
    await server.chat(42).says("үш")

    await server.settled()

    assert texts(listener, 42) == ["бір", "екі", "үш"]


async def test_a_press_is_answered_by_a_call_before_its_turn_ends(
    server: BotApi, listener: Listener, api: TelegramApi, start: Start
) -> None:
    chat = server.chat(42)
    await api.call("sendMessage", {"chat_id": 42, "text": "?", "reply_markup": MENU})
    release = listener.holds("42")
    await start()

    await chat.taps("Мәзір")
    await chat.waits(lambda chat: not chat.unanswered)

    assert listener.taken == []
    release.set()
    await listener.has_taken(1)


async def test_a_slow_chat_does_not_hold_up_the_others_of_its_batch(
    server: BotApi, listener: Listener, start: Start
) -> None:
    release = listener.holds("1")
    await server.chat(1).says("slow")
    await server.chat(1).says("after it")
    await server.chat(2).says("quick")

    await start()
    await listener.has_taken(1)

    assert texts(listener, 2) == ["quick"]
    release.set()
    await server.settled()
    assert texts(listener, 1) == ["slow", "after it"]


async def test_nothing_is_acknowledged_before_it_is_kept(
    server: BotApi, listener: Listener, start: Start, told: list[str]
) -> None:
    listener.fails(StorageBusy(), StorageFull(), StorageFull())
    await server.chat(42).says("сәлем")
    await start()

    await listener.has_tried(3)

    assert len(server.updates.pending) == 1
    await server.settled()
    assert texts(listener, 42) == ["сәлем"]
    assert told == ["42"]


async def test_a_stop_in_the_middle_leaves_what_was_not_kept_for_the_next_start(
    server: BotApi, listener: Listener, start: Start
) -> None:
    listener.fails(*(StorageBusy() for _ in range(1000)))
    await server.chat(42).says("сәлем")
    polling = await start()
    await listener.has_tried(2)

    polling.stop()
    await asyncio.gather(*(task for task in asyncio.all_tasks() if _runs_polling(task)))

    assert [update["message"]["text"] for update in server.updates.pending] == ["сәлем"]


def _runs_polling(task: asyncio.Task[object]) -> bool:
    return getattr(task.get_coro(), "__qualname__", "") == "Polling.run"


async def test_a_stop_acknowledges_what_was_taken(server: BotApi, listener: Listener, start: Start) -> None:
    polling = await start()
    await server.chat(42).says("сәлем")
    await listener.has_taken(1)

    polling.stop()
    await server.settled()

    assert server.updates.pending == []


async def test_an_update_that_breaks_our_code_does_not_stop_the_others(
    server: BotApi, listener: Listener, start: Start
) -> None:
    listener.fails(*(ZeroDivisionError() for _ in range(MOST_TRIES)))
    await server.chat(42).says("poison")
    await server.chat(42).says("сәлем")
    await start()

    await server.settled()

    assert texts(listener, 42) == ["сәлем"]
    assert listener.tries == MOST_TRIES + 1


async def test_faults_of_the_server_are_outlived(server: BotApi, listener: Listener, start: Start) -> None:
    server.breaks(
        "getUpdates",
        faults.SERVER_ERROR,
        faults.HANG_UP,
        faults.GARBAGE,
        faults.ODD,
        faults.LOST_ANSWER,
        faults.refused(409, "Conflict: terminated by other getUpdates request"),
    )
    await server.chat(42).says("сәлем")
    await start()

    await server.settled()

    assert texts(listener, 42) == ["сәлем"]


async def test_what_is_not_for_us_is_passed_over(server: BotApi, listener: Listener, start: Start) -> None:
    await server.chat(42).sends(pinned_message={})
    await server.chat(42).sends(location={"latitude": "nowhere"})
    await start()

    await server.settled()

    assert listener.tries == 0
