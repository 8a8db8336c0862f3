"""Telling Telegram what the bot is: its commands, its descriptions, and where updates go.

aiogram is imported when the setting up starts, in a thread: it takes seconds, and nobody should wait.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.channels.telegram.decode import ALLOWED_UPDATES
from bot.channels.telegram.secret import usable
from bot.conversation.port import TryLater

if TYPE_CHECKING:
    from aiogram import Bot

DEFAULT_LANGUAGE = "kk"
LONGEST_PAUSE_SECONDS = 300.0
log = structlog.get_logger("telegram")


class Translate(Protocol):
    """The words of one language."""

    def __call__(self, message: str, /) -> str:
        """The sentence in this language."""


class SetupRefused(Exception):
    """Telegram refuses our settings, or the token: an operator has to mend them."""


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where updates are to be pushed. Raises WebhookSecretUnusable when made without a usable secret."""

    url: str
    secret: str
    max_connections: int = 64

    def __post_init__(self) -> None:
        usable(self.secret)


def commands(t: Translate) -> dict[str, str]:
    """The commands of the menu button with what they do."""
    return {
        "start": t("Start from the beginning"),
        "menu": t("Main menu"),
        "apply": t("Join the queue"),
        "places": t("Free places"),
        "my": t("My applications"),
        "check": t("Check the queue"),
        "language": t("Change the language"),
        "settings": t("Settings"),
        "help": t("What the bot can do"),
        "cancel": t("Stop what is being filled in"),
    }


def description(t: Translate) -> str:
    """What an empty chat says, at most 512 characters."""
    return t(
        "Kezek tells where a child stands in the kindergarten queue, and why the place moved."
        " In Kazakh, Russian and English. Press Start."
    )


def short_description(t: Translate) -> str:
    """What the bot's profile says, at most 120 characters."""
    return t("The kindergarten queue in your messenger")


async def set_up(
    token: str, server: str, texts: Mapping[str, Translate], webhook: WebhookTarget | None
) -> None:
    """Set everything once. Without a webhook, updates will be polled for.

    Raises SetupRefused, or TryLater when Telegram can't be reached or is busy.
    """
    await asyncio.to_thread(import_module, "aiogram")
    from aiogram import Bot, exceptions
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.utils.token import TokenValidationError

    try:
        session = AiohttpSession(api=TelegramAPIServer.from_base(server))
        async with Bot(token, session=session) as bot:
            await _say_where(bot, webhook)
            for language, t in texts.items():
                await _say_what(bot, t, None if language == DEFAULT_LANGUAGE else language)
    except exceptions.TelegramRetryAfter as fault:
        raise TryLater("429", timedelta(seconds=fault.retry_after)) from None
    except (exceptions.TelegramNetworkError, exceptions.TelegramServerError) as fault:
        raise TryLater(type(fault).__name__) from None
    except (exceptions.AiogramError, TokenValidationError) as fault:
        raise SetupRefused(f"{type(fault).__name__}: {getattr(fault, 'message', '')}") from None


async def set_up_patiently(
    token: str,
    server: str,
    texts: Mapping[str, Translate],
    webhook: WebhookTarget | None,
    first_pause_seconds: float = 2.0,
) -> bool:
    """Set everything, trying again for as long as Telegram can't be reached; False when it refuses."""
    pause = first_pause_seconds
    while True:
        try:
            await set_up(token, server, texts, webhook)
        except TryLater as fault:
            log.warning("not set up yet", fault=str(fault))
            await asyncio.sleep(fault.after.total_seconds() if fault.after else pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        except SetupRefused as refusal:
            log.error("set-up refused", refusal=str(refusal))
            return False
        else:
            return True


async def _say_where(bot: "Bot", webhook: WebhookTarget | None) -> None:
    if webhook is None:
        await bot.delete_webhook()
        return
    await bot.set_webhook(
        webhook.url,
        secret_token=webhook.secret,
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=webhook.max_connections,
    )


async def _say_what(bot: "Bot", t: Translate, language: str | None) -> None:
    from aiogram.types import BotCommand

    listed = [BotCommand(command=name, description=text) for name, text in commands(t).items()]
    await bot.set_my_commands(listed, language_code=language)
    await bot.set_my_description(description(t), language_code=language)
    await bot.set_my_short_description(short_description(t), language_code=language)
