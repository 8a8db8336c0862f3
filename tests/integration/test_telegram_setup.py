"""What Telegram is told about the bot."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.errors import CallFailed, Refused
from bot.channels.telegram.secret import WebhookSecretUnusable
from bot.channels.telegram.setup import WebhookTarget, commands, set_up, set_up_patiently
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


@pytest.fixture
async def telegram(server: BotApi) -> AsyncIterator[TelegramApi]:
    api = TelegramApi(TOKEN, server.url)
    yield api
    await api.close()


async def test_commands_and_descriptions_are_set_for_each_language_kazakh_for_all_others(
    server: BotApi, telegram: TelegramApi
) -> None:
    await set_up(telegram, TEXTS, None)

    methods = server.methods
    assert set(methods.commands) == set(methods.descriptions) == set(methods.short_descriptions)
    assert set(methods.commands) == {"", "ru", "en"}
    assert [each["command"] for each in methods.commands[""]] == list(commands(TEXTS["kk"]))
    assert methods.commands["ru"][1] == {"command": "menu", "description": "ru: Main menu"}
    assert methods.descriptions[""].startswith("kk: Kezek ")
    assert methods.short_descriptions["en"].startswith("en: ")


async def test_a_webhook_is_set_with_its_secret_and_for_what_we_read_only(
    server: BotApi, telegram: TelegramApi
) -> None:
    await set_up(telegram, TEXTS, WEBHOOK)

    assert server.updates.webhook is not None
    assert server.updates.webhook["url"] == WEBHOOK.url
    assert server.updates.webhook["secret_token"] == WEBHOOK.secret
    assert server.updates.webhook["allowed_updates"] == ["message", "callback_query"]
    assert int(server.updates.webhook["max_connections"]) == 40


async def test_polling_removes_the_webhook_and_loses_nothing(server: BotApi, telegram: TelegramApi) -> None:
    server.updates.set_webhook({"url": "http://127.0.0.1:9/"})
    await server.chat(42).says("сәлем")

    await set_up(telegram, TEXTS, None)

    assert server.updates.webhook is None
    assert len(server.updates.pending) == 1


async def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(WebhookSecretUnusable):
        WebhookTarget("https://kezek.example/telegram/webhook", "")


async def test_a_wrong_token_is_refused_and_not_shown(server: BotApi) -> None:
    wrong = TelegramApi("701:WRONG-token", server.url)
    try:
        with pytest.raises(Refused) as raised:
            await set_up(wrong, TEXTS, None)
        with capture_logs() as logged:
            done = await set_up_patiently(wrong, TEXTS, None)
    finally:
        await wrong.close()

    assert str(raised.value) == "401 Unauthorized"
    assert not done
    assert [(each["event"], each["refusal"]) for each in logged] == [("set-up refused", "401 Unauthorized")]


async def test_settings_that_telegram_refuses_are_not_sent_again(
    server: BotApi, telegram: TelegramApi
) -> None:
    server.breaks("setWebhook", faults.refused(400, "Bad Request: bad webhook: HTTPS url must be provided"))

    assert not await set_up_patiently(telegram, TEXTS, WEBHOOK)

    assert [method for method, _ in server.calls] == ["setWebhook"]


@pytest.mark.parametrize(
    "fault",
    [faults.BAD_GATEWAY, faults.HANG_UP, faults.GARBAGE, faults.too_many_requests(0)],
    ids=["down", "hangs up", "a page of a proxy", "busy"],
)
async def test_a_server_that_is_down_or_busy_is_tried_again_until_it_works(
    server: BotApi, telegram: TelegramApi, fault: faults.Fault
) -> None:
    server.breaks("deleteWebhook", fault, fault)

    with pytest.raises(CallFailed):
        await set_up(telegram, TEXTS, None)
    done = await set_up_patiently(telegram, TEXTS, None, first_pause_seconds=0.001)

    assert done
    assert set(server.methods.commands) == {"", "ru", "en"}
