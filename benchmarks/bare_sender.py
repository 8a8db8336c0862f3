"""The yardstick of `drain`: aiogram's `send_message` in a loop, so many at once, nothing kept.

python -m benchmarks.bare_sender BOT_API_URL MESSAGES AT_ONCE CHATS
"""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.backlog import FIRST_CHAT, TEXT
from benchmarks.telegram import TOKEN


async def main(server: str, messages: int, at_once: int, chats: int) -> None:
    """Send them all."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server), limit=at_once)
    async with Bot(TOKEN, session=session) as bot:
        numbers = iter(range(messages))

        async def send() -> None:
            for number in numbers:
                await bot.send_message(FIRST_CHAT + number % chats, TEXT)

        await asyncio.gather(*(send() for _ in range(at_once)))


if __name__ == "__main__":
    url, *numbers = sys.argv[1:]
    asyncio.run(main(url, *map(int, numbers)))
