"""The webhook's secret: without one anybody could speak for anybody."""

import re

_ALLOWED = re.compile(r"[A-Za-z0-9_-]{1,256}")


class WebhookSecretUnusable(ValueError):
    """There is no secret, or not of 1–256 letters, digits, `_` and `-`, as Telegram demands."""


def usable(secret: str | None) -> str:
    """The secret itself. Raises WebhookSecretUnusable."""
    if secret is None or not _ALLOWED.fullmatch(secret):
        raise WebhookSecretUnusable
    return secret
