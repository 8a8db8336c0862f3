"""A pressed button spins until the press is answered: so it is answered at once, whatever follows."""

import orjson

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.errors import CallFailed


def answer_in_reply(press_id: str) -> bytes:
    """The answer as the body of the webhook's own HTTP reply: no call is needed."""
    return orjson.dumps({"method": "answerCallbackQuery", "callback_query_id": press_id})


async def answer_by_call(api: TelegramApi, press_id: str) -> None:
    """The answer by a call. Best effort: too late an answer is refused and means nothing."""
    try:
        await api.call("answerCallbackQuery", {"callback_query_id": press_id})
    except CallFailed:
        return
