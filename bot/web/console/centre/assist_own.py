"""The families that somebody helps: one's own alone, and only where one's rights reach."""

from aiohttp import web

from bot.web.console.page import ROOT
from bot.web.console.visit import Visit
from domain.assisting import session_mark
from storage import conversations
from storage.centre import assisted
from storage.centre.assisted import Helped
from storage.transaction import Transaction


def own(visit: Visit, conversation_id: int, tx: Transaction) -> Helped:
    """One's own, begun in this session. Raises HTTPNotFound for any other, HTTPSeeOther once it is over."""
    helped = assisted.find(tx, conversation_id)
    mine = (visit.who.staff_id, session_mark(visit.who.id_hash))
    if helped is None or (helped.helping.staff_id, helped.helping.session) != mine:
        raise web.HTTPNotFound
    if not _is_within(visit, helped, tx):
        raise web.HTTPNotFound
    if not helped.helping.goes_on(tx.now):
        raise web.HTTPSeeOther(f"{ROOT}assist?done=assist-over")
    return helped


def _is_within(visit: Visit, helped: Helped, tx: Transaction) -> bool:
    return helped.territory_id is None or helped.territory_id in visit.territories(tx)


def leave_foreign_place(visit: Visit, conversation_id: int, tx: Transaction) -> bool:
    """A place out of reach is not taken: the flow asks for another. Whether that was so."""
    helped = assisted.find(tx, conversation_id)
    if helped is None or _is_within(visit, helped, tx):
        return False
    conversations.update_contact(tx, helped.contact_id, territory_id=None)
    return True
