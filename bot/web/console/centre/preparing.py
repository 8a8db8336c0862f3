"""What is written before a conversation is shown: that somebody looked, and what has fallen due."""

from functools import partial

from bot.centre.looking import looked
from bot.flows.as_of_now import as_of_now
from bot.web.console.centre.reach import chat_within_reach, within_reach
from bot.web.console.visit import Visit
from storage import look_up
from storage.transaction import Transaction


def prepare(visit: Visit, tx: Transaction) -> None:
    """Note the look, once a day, and make what has fallen due in the family's queues."""
    chat = chat_within_reach(visit, tx)
    note_look(visit, tx)
    if chat.parent_id is not None:
        as_of_now(tx, partial(look_up.of_parent, tx, chat.parent_id))


def note_look(visit: Visit, tx: Transaction) -> None:
    """Note it, once a day. Whoever asks for a piece of the page alone has looked, too."""
    entry = looked(tx, visit.officer, within_reach(visit, tx))
    if entry is not None:
        visit.audit(tx, entry)
