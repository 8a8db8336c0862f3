"""The channels by their names."""

from bot.texts import Texts

_NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp", "sms": "SMS"}


def channel_name(t: Texts, channel: str) -> str:
    """A channel as people call it."""
    if channel == "email":
        return t("E-mail")
    return _NAMES.get(channel) or t("Web chat")
