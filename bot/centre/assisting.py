"""Helping a family on the telephone: begun, and ended by hand or by itself."""

from datetime import datetime

from bot.department.officer import Officer
from bot.flows.staff_entry import Audited
from domain.assisting import CHANNEL, Helping
from storage import conversations, journal
from storage.centre import assisted
from storage.centre.assisted import Helped
from storage.transaction import Transaction


def begin(tx: Transaction, officer: Officer, helping: Helping) -> tuple[Audited, int]:
    """Open the conversation in which it is held; its id. Nothing is known of the family yet."""
    entered = conversations.enter(tx, CHANNEL, helping.address)
    about = f"conversation:{entered.conversation_id}"
    return Audited(officer.actor, "assist_began", about, {}), entered.conversation_id


def finish(tx: Transaction, officer: Officer, helped: Helped) -> Audited:
    """End it: nobody enters the family's cabinet from there any more."""
    return _ended(tx, officer.actor, helped, "by_hand")


def end_by_itself(tx: Transaction, helped: Helped, really: datetime) -> Audited | None:
    """End one whose time is over, or whose session is; None for one that goes on.

    `really`: by the machine's own clock, as sessions end.
    """
    if not helped.helping.goes_on(tx.now):
        return _ended(tx, journal.SYSTEM, helped, "time")
    if not assisted.has_session(tx, helped.helping, really):
        return _ended(tx, journal.SYSTEM, helped, "session")
    return None


def _ended(tx: Transaction, actor: str, helped: Helped, why: str) -> Audited:
    data = {"why": why, "applications": [str(each) for each in assisted.applied(tx, helped)]}
    assisted.end(tx, helped)
    return Audited(actor, "assist_finished", f"conversation:{helped.conversation_id}", data)
