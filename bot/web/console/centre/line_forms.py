"""What is done with a parent's question: taken, given back, handed over, closed."""

from aiohttp import web

from bot.centre import line
from bot.flows.staff_entry import Audited
from bot.web.console.centre.doing import do, do_plainly
from bot.web.console.fields import FieldFault, FieldWrong
from bot.web.console.ids import id_in
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from storage.transaction import Transaction


async def take(visit: Visit) -> web.Response:
    """Take it out of the pool."""
    return await do_plainly(visit, "take", line.take, "question-taken")


async def give_back(visit: Visit) -> web.Response:
    """Put it back into the pool."""
    return await do_plainly(visit, "give-back", line.give_back, "question-given-back")


async def close(visit: Visit) -> web.Response:
    """End it; the parent is asked whether we helped."""
    return await do_plainly(visit, "close", line.close, "question-closed")


async def hand_over(visit: Visit) -> web.Response:
    """Give it to a colleague."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        really = visit.house.console.real_now()
        return line.hand_over(tx, visit.officer, conversation_id, _colleague(visit), really=really)

    return await do(visit, "hand-over", deed, "question-handed-over")


def _colleague(visit: Visit) -> int:
    """Whom the form names. Raises FieldWrong for what is nobody's number."""
    text = visit.form.raw("colleague")
    if not text:
        raise FieldWrong("colleague", FieldFault.MISSING)
    found = id_in(text)
    if found is None:
        raise FieldWrong("colleague", FieldFault.NO_NUMBER)
    return found


PAGES = (
    Page("POST", "chats/{conversation}/take", take, May.STEP_IN),
    Page("POST", "chats/{conversation}/give-back", give_back, May.STEP_IN),
    Page("POST", "chats/{conversation}/hand-over", hand_over, May.STEP_IN),
    Page("POST", "chats/{conversation}/close", close, May.STEP_IN),
)
