"""What a form on a conversation's page does: once, audited, and back to the page, or the page and why not."""

from collections.abc import Callable
from functools import partial

from aiohttp import web

from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from bot.web.console.acting import Done, act
from bot.web.console.centre import chat
from bot.web.console.centre.reach import within_reach
from bot.web.console.fields import FieldWrong
from bot.web.console.page import ROOT
from bot.web.console.trouble import trouble_of
from bot.web.console.visit import Visit
from domain.errors import Refused
from storage.transaction import Transaction

Deed = Callable[[Transaction, int], Audited]
"""Does something with the conversation of an id. Raises Refused, FieldWrong."""


async def do(visit: Visit, form: str, deed: Deed, done: str) -> web.Response:
    """Do it and lead back; `done` is what is said there. Refused: the page as it stands now, and why."""
    try:
        await act(visit, partial(_done, visit, deed, done))
    except (Refused, FieldWrong) as error:
        return await chat.one(visit, trouble_of(visit.t, error), form)


async def do_plainly(
    visit: Visit, form: str, what: Callable[[Transaction, Officer, int], Audited], done: str
) -> web.Response:
    """The same of what needs to know the conversation alone, and who does it."""
    return await do(visit, form, lambda tx, conversation_id: what(tx, visit.officer, conversation_id), done)


def _done(visit: Visit, deed: Deed, done: str, tx: Transaction) -> Done:
    conversation_id = within_reach(visit, tx)
    return Done(deed(tx, conversation_id), f"{ROOT}chats/{conversation_id}?done={done}")
