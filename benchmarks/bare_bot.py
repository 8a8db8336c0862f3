"""The yardstick: a bare aiogram bot on a webhook, which answers every message with `message.answer()`.

As its documentation shows it: no database, no sessions, no texts. It acknowledges an update when it has
answered it, so that both bots have the same number of messages in hand.

    python -m benchmarks.bare_bot PORT BOT_API_URL
"""

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from benchmarks.telegram import TOKEN, WEBHOOK_PATH

dispatcher = Dispatcher()


@dispatcher.message()
async def answer(message: Message) -> None:
    """Say the same."""
    await message.answer(message.text or "")


def main() -> None:
    """Serve until told to stop."""
    port, server = sys.argv[1:]
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server)))
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False).register(app, WEBHOOK_PATH)
    web.run_app(app, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main()
