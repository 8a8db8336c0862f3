"""The fake Bot API server keeps the promises that other tests lean on."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def call(client: aiohttp.ClientSession, api: BotApi, method: str, **params: Any) -> Any:
    async with client.post(f"{api.url}/bot{TOKEN}/{method}", json=params) as response:
        return await response.json()


async def test_a_message_is_seen_with_its_buttons_and_its_bold_title(
    api: BotApi, client: aiohttp.ClientSession
) -> None:
    chat = api.chat(42)

    await call(
        client,
        api,
        "sendMessage",
        chat_id=42,
        text="😀 Мәзір\nТаңдаңыз",
        entities=[{"type": "bold", "offset": 0, "length": 8}],
        reply_markup={
            "inline_keyboard": [
                [{"text": "Бір", "callback_data": "1"}],
                [{"text": "Екі", "callback_data": "2"}],
            ]
        },
    )

    assert chat.screen.text == "😀 Мәзір\nТаңдаңыз"
    assert chat.screen.bold == ("😀 Мәзір",)
    assert chat.screen.rows == (("Бір",), ("Екі",))


async def test_a_press_is_an_update_that_carries_the_data_of_the_button(
    api: BotApi, client: aiohttp.ClientSession
) -> None:
    markup = {"inline_keyboard": [[{"text": "Бір", "callback_data": "one"}]]}
    chat = api.chat(42)
    await call(client, api, "sendMessage", chat_id=42, text="?", reply_markup=markup)

    await chat.taps("Бір")
    answer = await call(client, api, "getUpdates", timeout=5)

    [update] = answer["result"]
    assert update["callback_query"]["data"] == "one"
    assert update["callback_query"]["message"]["message_id"] == chat.screen.message_id
    assert chat.unanswered == {update["callback_query"]["id"]}


async def test_an_edit_is_seen_in_place_and_the_same_again_is_refused(
    api: BotApi, client: aiohttp.ClientSession
) -> None:
    chat = api.chat(42)
    sent = await call(client, api, "sendMessage", chat_id=42, text="one")
    message_id = sent["result"]["message_id"]

    await call(client, api, "editMessageText", chat_id=42, message_id=message_id, text="two")
    again = await call(client, api, "editMessageText", chat_id=42, message_id=message_id, text="two")

    assert [(seen.text, seen.edited) for seen in chat.messages] == [("two", True)]
    assert again["error_code"] == 400
    assert again["description"].startswith("Bad Request: message is not modified")


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": " "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "colour": "red"}, "unknown parameters colour"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]},
         "entity begins or ends in a middle of a UTF-16 symbol"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "y", "callback_data": "ә" * 33}]]}},
         "BUTTON_DATA_INVALID"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses_is_refused(
    api: BotApi, client: aiohttp.ClientSession, params: dict[str, Any], description: str
) -> None:
    api.chat(42)

    answer = await call(client, api, "sendMessage", chat_id=42, **params)

    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}


async def test_a_keyboard_shares_the_phone_and_goes_after_use(
    api: BotApi, client: aiohttp.ClientSession
) -> None:
    chat = api.chat(42, phone="+77010000077")
    keyboard = {"keyboard": [[{"text": "Нөмірім", "request_contact": True}]], "one_time_keyboard": True}
    await call(client, api, "sendMessage", chat_id=42, text="?", reply_markup=keyboard)

    update = await chat.taps("Нөмірім")

    contact = update["message"]["contact"]
    assert contact == {"phone_number": "+77010000077", "first_name": "Person", "user_id": 42}
    assert chat.keyboard == ()


async def test_an_offset_acknowledges_what_is_before_it(api: BotApi, client: aiohttp.ClientSession) -> None:
    chat = api.chat(42)
    first, second = await chat.says("1"), await chat.says("2")

    await call(client, api, "getUpdates", offset=second["update_id"])
    rest = await call(client, api, "getUpdates")

    assert first["update_id"] + 1 == second["update_id"]
    assert [update["message"]["text"] for update in rest["result"]] == ["2"]


async def test_faults_come_once_each_and_in_order(api: BotApi, client: aiohttp.ClientSession) -> None:
    chat = api.chat(42)
    api.breaks("sendMessage", faults.too_many_requests(3), faults.LOST_ANSWER)

    limited = await call(client, api, "sendMessage", chat_id=42, text="a")
    with pytest.raises(aiohttp.ClientError):
        await call(client, api, "sendMessage", chat_id=42, text="b")
    await call(client, api, "sendMessage", chat_id=42, text="c")

    assert limited["parameters"] == {"retry_after": 3}
    assert [seen.text for seen in chat.messages] == ["b", "c"]


async def test_the_counting_server_counts_by_chat() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.bot_api", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()

    async with aiohttp.ClientSession() as client:
        for chat_id in (1, 2, 2):
            async with client.post(
                f"{url}/bot{TOKEN}/sendMessage", json={"chat_id": chat_id, "text": "x"}
            ) as sent:
                assert (await sent.json())["result"]["chat"]["id"] == chat_id
        form = {"chat_id": "2", "text": "x"}
        async with client.post(f"{url}/bot{TOKEN}/sendMessage", data=form) as sent:
            assert (await sent.json())["ok"] is True
        async with client.get(f"{url}/stats") as response:
            stats = await response.json()
    process.terminate()
    await process.wait()

    assert stats["calls"] == {"sendMessage": 4}
    assert stats["sent"] == {"1": 1, "2": 3}
