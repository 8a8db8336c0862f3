"""Answers kept ready for one conversation: as a list that is searched while typing, and as a page."""

from functools import partial, reduce
from typing import Any

from aiohttp import web

from bot.centre.looking import is_noted
from bot.centre.ready_answers import LONGEST_QUERY, Ready, offered, one
from bot.centre.ready_blanks import name_of
from bot.texts import Texts
from bot.web.console.centre.preparing import note_look
from bot.web.console.centre.reach import chat_within_reach
from bot.web.console.ids import id_in
from bot.web.console.page import Page
from bot.web.console.permission import May, allows
from bot.web.console.visit import Visit
from bot.web.json_answers import json_answer, wants_json
from storage.transaction import Transaction


async def ready(visit: Visit) -> web.Response:
    """What fits `q`: for the answer field as JSON, for a browser without scripts as a page."""
    query = visit.request.query.get("q", "").lstrip("/")[:LONGEST_QUERY]
    found, noted = await visit.read(partial(_found, visit, query))
    if not noted:
        # What is filled in is the family's: its place, its referral.
        await visit.write(partial(note_look, visit))
    if wants_json(visit.request):
        return json_answer([_item(visit.t, each) for each in found])
    lines = [(each, readable(each), lacking(visit.t, each)) for each in found]
    return visit.page("centre/ready", lines=lines, query=query, conversation=visit.id("conversation"))


def lacking(t: Texts, each: Ready) -> str:
    """Why it can't be sent, in words; "" where everything is filled in."""
    if not each.missing:
        return ""
    names = ", ".join(name_of(t, blank) for blank in each.missing)
    return t("Can't be filled in: {names}", names=names)


def readable(each: Ready) -> str:
    """Its text, with dots for what is not known: our names for that are nothing to read."""
    return reduce(lambda text, blank: text.replace(f"{{{blank.value}}}", "…"), each.missing, each.text)


def chosen(visit: Visit, conversation_id: int, tx: Transaction) -> str:
    """The text of the answer that the chat's address names, to be looked at in the field; "" for none.

    One that is not whole is none.
    """
    key = visit.request.query.get("ready", "")
    if not key or not allows(May.STEP_IN, visit.who.role):
        return ""
    application = id_in(visit.request.query.get("application", ""))
    found = one(tx, visit.t, conversation_id, key, application)
    return found.text if found is not None and not found.missing else ""


def _found(visit: Visit, query: str, tx: Transaction) -> tuple[list[Ready], bool]:
    """What fits, and whether the look at the chat is noted already."""
    chat = chat_within_reach(visit, tx)
    noted = is_noted(tx, visit.officer, chat.id, chat.parent_id)
    return offered(tx, visit.t, chat.id, query), noted


def _item(t: Texts, each: Ready) -> dict[str, Any]:
    return {"name": each.name, "text": readable(each), "lacking": lacking(t, each)}


PAGES = (Page("GET", "chats/{conversation}/ready", ready, May.STEP_IN),)
