"""What Telegram is told about the bot."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.secret import WebhookSecretUnusable
from bot.channels.telegram.setup import (
    SetupRefused,
    WebhookTarget,
    commands,
    set_up,
    set_up_patiently,
)
from bot.conversation.port import TryLater
from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi


class Words:
    """Words of a language that are seen to be of it."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, /) -> str:
        return f"{self.language}: {message}"


TEXTS = {language: Words(language) for language in ("kk", "ru", "en")}
WEBHOOK = WebhookTarget("https://kezek.example/telegram/webhook", "a-secret_42", max_connections=40)


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


async def test_commands_and_descriptions_are_set_for_each_language_kazakh_for_all_others(
    server: BotApi,
) -> None:
    await set_up(TOKEN, server.url, TEXTS, None)

    methods = server.methods
    assert set(methods.commands) == set(methods.descriptions) == set(methods.short_descriptions)
    assert set(methods.commands) == {"", "ru", "en"}
    assert [each["command"] for each in methods.commands[""]] == list(commands(TEXTS["kk"]))
    assert methods.commands["ru"][1] == {"command": "menu", "description": "ru: Main menu"}
    assert methods.descriptions[""].startswith("kk: Kezek ")
    assert methods.short_descriptions["en"].startswith("en: ")


async def test_a_webhook_is_set_with_its_secret_and_for_what_we_read_only(server: BotApi) -> None:
    await set_up(TOKEN, server.url, TEXTS, WEBHOOK)

    assert server.updates.webhook is not None
    assert server.updates.webhook["url"] == WEBHOOK.url
    assert server.updates.webhook["secret_token"] == WEBHOOK.secret
    assert server.updates.webhook["allowed_updates"] == ["message", "callback_query"]
    assert int(server.updates.webhook["max_connections"]) == 40


async def test_polling_removes_the_webhook_and_loses_nothing(server: BotApi) -> None:
    server.updates.set_webhook({"url": "http://127.0.0.1:9/"})
    await server.chat(42).says("сәлем")

    await set_up(TOKEN, server.url, TEXTS, None)

    assert server.updates.webhook is None
    assert len(server.updates.pending) == 1


async def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(WebhookSecretUnusable):
        WebhookTarget("https://kezek.example/telegram/webhook", "")


async def test_a_wrong_token_is_refused_and_not_shown(server: BotApi) -> None:
    wrong = "701:WRONG-token"

    with pytest.raises(SetupRefused) as raised:
        await set_up(wrong, server.url, TEXTS, None)
    with pytest.raises(SetupRefused):
        await set_up("no token at all", server.url, TEXTS, None)

    assert wrong not in str(raised.value)
    assert not await set_up_patiently(wrong, server.url, TEXTS, None)


async def test_a_server_that_is_down_or_busy_is_tried_again_until_it_works(server: BotApi) -> None:
    server.breaks("deleteWebhook", faults.BAD_GATEWAY, faults.HANG_UP)

    with pytest.raises(TryLater):
        await set_up(TOKEN, server.url, TEXTS, None)
    done = await set_up_patiently(TOKEN, server.url, TEXTS, None, first_pause_seconds=0.001)

    assert done
    assert set(server.methods.commands) == {"", "ru", "en"}
