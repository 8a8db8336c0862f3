"""`POST chats/{conversation}/here`: an open page says that somebody looks at the chat, or types."""

from functools import partial

from aiohttp import web

from bot.web.console.centre.reach import within_reach
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from storage.centre import presence
from storage.transaction import Transaction

TYPES = "1"


async def here(visit: Visit) -> web.Response:
    """Note it, by the machine's own clock. Nothing is shown. Raises HTTPNotFound out of reach."""
    await visit.write(partial(_here, visit))
    return web.Response(status=204)


def _here(visit: Visit, tx: Transaction) -> None:
    conversation_id = within_reach(visit, tx)
    now, types = visit.house.console.real_now(), visit.form.raw("typing") == TYPES
    presence.here(tx, conversation_id, visit.who.staff_id, now, typing=types)


PAGES = (Page("POST", "chats/{conversation}/here", here, May.FOLLOW_CHATS, by_itself=True),)
