"""The conversation that a path names, if whoever asks may see it."""

from aiohttp import web

from bot.web.console.visit import Visit
from storage.centre import chat
from storage.centre.chat import Chat
from storage.centre.within import is_within_rights
from storage.transaction import Transaction

NAME = "conversation"


def within_reach(visit: Visit, tx: Transaction) -> int:
    """Its id. Raises HTTPNotFound for one of another centre as for one that is not there."""
    conversation_id = visit.id(NAME)
    if not is_within_rights(tx, conversation_id, visit.who.staff_id):
        raise web.HTTPNotFound
    return conversation_id


def chat_within_reach(visit: Visit, tx: Transaction) -> Chat:
    """The same with all that is known of it."""
    found = chat.find(tx, within_reach(visit, tx))
    if found is None:
        raise web.HTTPNotFound
    return found
