"""The channels by their names."""

from bot.texts import Texts
from domain.assisting import CHANNEL

_NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp", "sms": "SMS"}


def channel_name(t: Texts, channel: str) -> str:
    """A channel as people call it."""
    if channel == "email":
        return t("E-mail")
    if channel == CHANNEL:
        return t("By telephone, with the contact centre")
    return _NAMES.get(channel) or t("Web chat")
