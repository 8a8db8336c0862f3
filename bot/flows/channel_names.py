"""The messengers by their names."""

from bot.texts import Texts

_NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp"}


def channel_name(t: Texts, channel: str) -> str:
    """A channel as people call it."""
    return _NAMES.get(channel) or t("Web chat")
