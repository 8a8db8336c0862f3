"""Updates pushed to us."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.not_saved import NotSavedNotice
from bot.channels.telegram.secret import WebhookSecretUnusable
from bot.channels.telegram.send import TelegramSender
from bot.conversation.incoming import Address, Incoming, Press, Text
from bot.conversation.port import TryLater
from bot.conversation.reply import Button, Operation, Outgoing, Screen
from bot.web.telegram_webhook import SECRET_HEADER, WEBHOOK_PATH, TelegramWebhook
from storage.errors import StorageBusy, StorageFull
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.listener import Listener

SECRET = "a-secret_42"
UPDATE: dict[str, Any] = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "text": "сәлем",
        "from": {"id": 42, "is_bot": False, "first_name": "P"},
        "chat": {"id": 42, "type": "private"},
    },
}


@dataclass
class Site:
    """A running webhook and what came of it."""

    url: str
    client: aiohttp.ClientSession
    listener: Listener
    told: list[str] = field(default_factory=list)
    clock: float = 0.0

    async def post(self, secret: str | None = SECRET, **body: Any) -> tuple[int, bytes]:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.client.post(self.url, headers=headers, **body) as response:
            return response.status, await response.read()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    listener = Listener()
    async with aiohttp.ClientSession() as client:
        running = Site("", client, listener)

        async def say(incoming: Incoming) -> None:
            running.told.append(incoming.address.chat)

        notice = NotSavedNotice(say, seconds=lambda: running.clock)
        app = web.Application()
        app.router.add_post(WEBHOOK_PATH, TelegramWebhook(listener, SECRET, notice).handle)
        async with TestServer(app) as server:
            running.url = str(server.make_url(WEBHOOK_PATH))
            yield running


async def test_an_update_is_acknowledged_after_its_turn(site: Site) -> None:
    assert await site.post(json=UPDATE) == (200, b"")
    assert [each.content for each in site.listener.taken] == [Text("сәлем")]


async def test_a_replay_is_acknowledged_and_has_no_second_effect(site: Site) -> None:
    await site.post(json=UPDATE)

    assert await site.post(json=UPDATE) == (200, b"")
    assert len(site.listener.taken) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "құпия"])
async def test_without_the_secret_nothing_is_taken(site: Site, secret: str | None) -> None:
    status, _ = await site.post(secret, json=UPDATE)

    assert status == 401
    assert site.listener.tries == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"text"', b"{}", b'{"update_id":1,"message":{}}', b"\xff\xfe"]
)
async def test_what_is_no_update_is_a_bad_request(site: Site, body: bytes) -> None:
    status, answer = await site.post(data=body)

    assert (status, answer) == (400, b"")
    assert site.listener.tries == 0


async def test_more_than_a_mebibyte_is_too_large(site: Site) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b" " * 65536

    announced, _ = await site.post(data=BytesIO(b" " * (1024 * 1024 + 1)))
    chunked, _ = await site.post(data=chunks())

    assert (announced, chunked) == (413, 413)


async def test_a_group_is_acknowledged_and_ignored(site: Site) -> None:
    message = {**UPDATE["message"], "chat": {"id": -1, "type": "group"}}

    assert await site.post(json={"update_id": 2, "message": message}) == (200, b"")
    assert site.listener.tries == 0


async def test_what_the_storage_cannot_keep_is_to_be_sent_again(site: Site) -> None:
    site.listener.fails(StorageBusy())

    async with site.client.post(site.url, json=UPDATE, headers={SECRET_HEADER: SECRET}) as response:
        first = (response.status, response.headers["Retry-After"])
    second = await site.post(json=UPDATE)

    assert first == (503, "5")
    assert second == (200, b"")
    assert len(site.listener.taken) == 1
    assert site.told == []


async def test_a_full_disk_is_told_at_most_once_a_minute_a_chat(site: Site) -> None:
    other = {**UPDATE["message"], "chat": {"id": 43, "type": "private"}}
    site.listener.fails(*(StorageFull() for _ in range(5)))

    statuses = [(await site.post(json=UPDATE))[0], (await site.post(json=UPDATE))[0]]
    statuses.append((await site.post(json={"update_id": 9, "message": other}))[0])
    site.clock = 59.9
    statuses.append((await site.post(json=UPDATE))[0])
    site.clock = 60.0
    statuses.append((await site.post(json=UPDATE))[0])

    assert statuses == [503] * 5
    assert site.told == ["42", "43", "42"]


async def test_a_notice_that_cannot_be_sent_changes_nothing() -> None:
    async def say(incoming: Incoming) -> None:
        raise TryLater("no way out")

    incoming = Incoming(address=Address("telegram", "42"), external_id="1", content=Text("x"))

    await NotSavedNotice(say).tell(incoming)


@pytest.mark.parametrize("secret", [None, "", "with space", "құпия", "x" * 257])
async def test_a_webhook_is_not_set_up_without_a_usable_secret(secret: str | None) -> None:
    async def say(incoming: Incoming) -> None:
        raise AssertionError

    with pytest.raises(WebhookSecretUnusable):
        TelegramWebhook(Listener(), secret, NotSavedNotice(say))


async def test_a_press_is_answered_in_the_reply_and_goes_the_whole_way(site: Site) -> None:
    async with BotApi() as api:
        telegram = TelegramApi(TOKEN, api.url)
        chat = api.chat(42)
        screen = Screen("?", rows=((Button("Мәзір", "menu"),),))
        await TelegramSender(telegram).send("42", Outgoing(Operation.SEND, screen), 1)
        await telegram.call("setWebhook", {"url": site.url, "secret_token": SECRET})

        await chat.taps("Мәзір")
        await api.settled()
        await telegram.close()

        assert chat.unanswered == set()
        assert api.updates.statuses == [200]
        assert [name for name, _ in api.calls] == ["sendMessage", "setWebhook", "answerCallbackQuery"]
    assert [each.content for each in site.listener.taken] == [Press("menu", str(chat.screen.message_id))]


async def test_telegram_sends_again_until_it_is_kept_in_the_order_of_the_chat(site: Site) -> None:
    async with BotApi(first_retry_seconds=0.001) as api:
        telegram = TelegramApi(TOKEN, api.url)
        await telegram.call("setWebhook", {"url": site.url, "secret_token": SECRET})
        await telegram.close()
        site.listener.fails(StorageBusy(), StorageFull())

        for text in ("бір", "екі", "үш"):
            await api.chat(42).says(text)
        await api.settled()

        assert api.updates.statuses == [503, 503, 200, 200, 200]
    assert [each.content for each in site.listener.taken] == [Text("бір"), Text("екі"), Text("үш")]
