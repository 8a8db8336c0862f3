"""Telegram in this process: its sender, and its webhook or polling; nothing where there is no token."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.not_saved import NotSavedNotice
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.send import TelegramSender
from bot.channels.telegram.setup import WebhookTarget, set_up_patiently
from bot.conversation.incoming import Incoming
from bot.conversation.port import TakesIncoming
from bot.conversation.reply import Operation, Outgoing, Screen
from bot.settings import Settings, TelegramMode
from bot.texts import LANGUAGES, texts_in
from bot.web.telegram_webhook import WEBHOOK_PATH, TelegramWebhook


@dataclass(slots=True)
class TelegramPart:
    """One bot: what sends, what takes in, and what fetches files."""

    api: TelegramApi
    sender: TelegramSender
    files: TelegramFiles
    webhook: TelegramWebhook | None
    polling: Polling | None
    set_up: Coroutine[Any, Any, bool]

    def work(self) -> list[Coroutine[Any, Any, None]]:
        """What has to run: the set-up, then polling where that is the mode."""
        return [self._run()]

    async def _run(self) -> None:
        # A webhook that was set before would keep updates from polling: the set-up takes it away first.
        await self.set_up
        if self.polling is not None:
            await self.polling.run()

    def stop(self) -> None:
        """Take nothing more in."""
        if self.polling is not None:
            self.polling.stop()

    async def close(self) -> None:
        """Let go of the connections."""
        self.set_up.close()
        await self.api.close()


async def telegram_part(settings: Settings, conversation: TakesIncoming) -> TelegramPart | None:
    """The bot that the settings name. Called in a running loop."""
    if settings.telegram_token is None:
        return None
    api = TelegramApi(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    sender = TelegramSender(api)
    notice = NotSavedNotice(partial(_say_not_saved, sender))
    target, webhook, polling = None, None, None
    if settings.telegram_mode is TelegramMode.WEBHOOK:
        secret = settings.telegram_webhook_secret
        plain = secret.get_secret_value() if secret else ""
        target = WebhookTarget(f"{settings.public}{WEBHOOK_PATH}", plain)
        webhook = TelegramWebhook(conversation, plain, notice)
    else:
        polling = Polling(api, conversation, notice)
    texts = {language: texts_in(language) for language in LANGUAGES}
    set_up = set_up_patiently(api, texts, target)
    return TelegramPart(api, sender, TelegramFiles(api), webhook, polling, set_up)


async def _say_not_saved(sender: TelegramSender, incoming: Incoming) -> None:
    """Past the log, which can't be written: the disk is full."""
    t = texts_in(incoming.language_hint)
    screen = Screen(t("Your message could not be saved yet. It comes again by itself as soon as it can be."))
    async with asyncio.timeout(10):
        await sender.send(incoming.address.chat, Outgoing(Operation.SEND, screen), 0)
