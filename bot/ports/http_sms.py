"""Text messages through a gateway over HTTP.

    POST {KEZEK_SMS_URL}   Authorization: Bearer {KEZEK_SMS_TOKEN}
         {"to": "+77010000000", "text": "…", "id": "123"}
    2xx       taken; `{"id": "…"}` is the gateway's own name of it, if it gives one
    410, 422  no SMS reaches this number, now or later
    401, 403, 404, 429, 5xx, silence  tried again, not before `Retry-After` (in seconds) if it says that
    any other: this very message is refused

The same id is the same message: a gateway that knows it already need not send it again. What became of it
is told by the gateway later, under its own name or else ours: `bot/web/sms_reports.py`.
"""

from datetime import timedelta
from typing import Any

import aiohttp
import orjson

from bot.conversation.port import TryLater, Undeliverable, Unreachable
from bot.conversation.reply import Outgoing
from bot.ports.sms import CHANNEL, sms_text

ONE_TRY = aiohttp.ClientTimeout(total=10)
LONGEST_ANSWER = 64 * 1024
LONGEST_WAIT = timedelta(hours=1)
_DEAD_NUMBER = frozenset({410, 422})
# The token was withdrawn or mistyped: an operator will mend it, the message is fine.
_OURS_TO_MEND = frozenset({401, 403, 404, 429})


class HttpSms:
    """Sender for the channel "sms"."""

    channel = CHANNEL

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def send(self, chat: str, outgoing: Outgoing, dedup_key: int) -> str | None:
        """Hand a text over to the gateway; `chat` is the phone. Returns the name under which it reports.

        Raises TryLater, Unreachable, Undeliverable.
        """
        body = {"to": chat, "text": sms_text(outgoing), "id": str(dedup_key)}
        try:
            # Codes are few: a connection each leaves nothing to be kept alive or closed.
            async with (
                aiohttp.ClientSession(timeout=ONE_TRY, headers=self._headers) as session,
                session.post(self._url, json=body, allow_redirects=False) as response,
            ):
                answer = await response.content.read(LONGEST_ANSWER)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            # The cause is dropped: its text may hold the address, and with it a secret.
            raise TryLater(type(fault).__name__) from None
        if response.status in _DEAD_NUMBER:
            raise Unreachable(str(response.status))
        if response.status >= 500 or response.status in _OURS_TO_MEND:
            raise TryLater(str(response.status), _asked_to_wait(response.headers.get("Retry-After", "")))
        if not 200 <= response.status < 300:
            raise Undeliverable(str(response.status))
        return _name_given(answer) or str(dedup_key)


def _asked_to_wait(said: str) -> timedelta | None:
    """How long the gateway wants to be left alone; None where it does not say so in seconds."""
    if not (said.isascii() and said.isdigit()) or not int(said[:9]):
        return None
    return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)


def _name_given(answer: bytes) -> str | None:
    """The gateway's name of the message; None where it gives none that can be read."""
    try:
        found: Any = orjson.loads(answer)
    except orjson.JSONDecodeError:
        return None
    name = found.get("id") if isinstance(found, dict) else None
    return str(name)[:160] if name else None
