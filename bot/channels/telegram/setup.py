"""Telling Telegram what the bot is: its commands, its descriptions, and where updates go."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.decode import ALLOWED_UPDATES
from bot.channels.telegram.errors import CallFailed, Refused, asked_pause
from bot.channels.telegram.message import Params
from bot.channels.telegram.secret import usable

DEFAULT_LANGUAGE = "kk"
LONGEST_PAUSE_SECONDS = 300.0
log = structlog.get_logger("telegram")


class Translate(Protocol):
    """The words of one language."""

    def __call__(self, message: str, /) -> str:
        """The sentence in this language."""


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


async def set_up(api: TelegramApi, texts: Mapping[str, Translate], webhook: WebhookTarget | None) -> None:
    """Set everything once. Without a webhook, updates will be polled for. Raises CallFailed."""
    await _say_where(api, webhook)
    for language, t in texts.items():
        await _say_what(api, t, {} if language == DEFAULT_LANGUAGE else {"language_code": language})


async def set_up_patiently(
    api: TelegramApi,
    texts: Mapping[str, Translate],
    webhook: WebhookTarget | None,
    first_pause_seconds: float = 2.0,
) -> bool:
    """Set everything, trying again for as long as Telegram can't be reached or is busy.

    False when it refuses our settings, or the token: an operator has to mend them.
    """
    pause = first_pause_seconds
    while True:
        try:
            await set_up(api, texts, webhook)
        except CallFailed as fault:
            if isinstance(fault, Refused) and not fault.passes:
                log.error("set-up refused", refusal=str(fault))
                return False
            log.warning("not set up yet", fault=str(fault))
            await asyncio.sleep(asked_pause(fault) or pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            return True


async def _say_where(api: TelegramApi, webhook: WebhookTarget | None) -> None:
    if webhook is None:
        await api.call("deleteWebhook", {})
        return
    params: Params = {
        "url": webhook.url,
        "secret_token": webhook.secret,
        "allowed_updates": ALLOWED_UPDATES,
        "max_connections": webhook.max_connections,
    }
    await api.call("setWebhook", params)


async def _say_what(api: TelegramApi, t: Translate, to: Params) -> None:
    """`to` names the language of those who are told, nothing all who have none of their own."""
    listed = [{"command": name, "description": text} for name, text in commands(t).items()]
    await api.call("setMyCommands", {"commands": listed, **to})
    await api.call("setMyDescription", {"description": description(t), **to})
    await api.call("setMyShortDescription", {"short_description": short_description(t), **to})
