"""What an operator does in a chat: answers, prepares a step, talks in the bot's stead."""

from aiohttp import web

from bot.centre import answering, driving, whispering
from bot.flows.staff_entry import Audited
from bot.web.console.centre.doing import do, do_plainly
from bot.web.console.centre.prepared import place_of
from bot.web.console.ids import id_in
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from domain.errors import AnsweredMeanwhile, WhisperOutdated
from storage.centre import chat, log, steering, whispers
from storage.transaction import Transaction


async def answer(visit: Visit) -> web.Response:
    """Say it to the parent, unless a colleague has answered since the page was drawn."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        officer, seen = visit.officer, id_in(visit.form.raw("seen"))
        # Locked first: of two who answer at once the second one reads what the first has said.
        steering.enter(tx, conversation_id)
        if seen is not None and log.is_answered_since(tx, conversation_id, seen, officer.actor):
            raise AnsweredMeanwhile
        return answering.say(tx, officer, conversation_id, visit.form.raw("text"))

    return await do(visit, "answer", deed, "answered")


async def drive(visit: Visit) -> web.Response:
    """Talk in the bot's stead."""
    return await do_plainly(visit, "drive", driving.drive, "driving")


async def hand_back(visit: Visit) -> web.Response:
    """Give the chat back to the bot."""
    return await do_plainly(visit, "hand-back", driving.hand_back, "handed-back")


async def suggest_press(visit: Visit) -> web.Response:
    """Prepare a button for the parent."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        _require_place(visit, tx, conversation_id)
        return whispering.suggest_press(tx, visit.officer, conversation_id, visit.form.raw("press"))

    return await do(visit, "suggest-press", deed, "suggested")


async def suggest_text(visit: Visit) -> web.Response:
    """Prepare an answer for the parent."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        _require_place(visit, tx, conversation_id)
        return whispering.suggest_text(tx, visit.officer, conversation_id, visit.form.raw("text"))

    return await do(visit, "suggest-text", deed, "suggested")


async def take_back(visit: Visit) -> web.Response:
    """Take a prepared step back that the parent has not decided yet."""
    whisper_id = visit.id("whisper")

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        found = whispers.find(tx, whisper_id)
        if found is None or found.conversation_id != conversation_id:
            raise web.HTTPNotFound
        return whispering.take_back(tx, visit.officer, whisper_id)

    return await do(visit, "take-back", deed, "taken-back")


def _require_place(visit: Visit, tx: Transaction, conversation_id: int) -> None:
    """Raises WhisperOutdated where the bot stands elsewhere than the page said."""
    steering.enter(tx, conversation_id)
    found = chat.find(tx, conversation_id)
    if found is None or place_of(tx, found) != visit.form.raw("place"):
        raise WhisperOutdated


PAGES = (
    Page("POST", "chats/{conversation}/answer", answer, May.STEP_IN),
    Page("POST", "chats/{conversation}/drive", drive, May.STEP_IN),
    Page("POST", "chats/{conversation}/hand-back", hand_back, May.STEP_IN),
    Page("POST", "chats/{conversation}/suggest-press", suggest_press, May.STEP_IN),
    Page("POST", "chats/{conversation}/suggest-text", suggest_text, May.STEP_IN),
    Page("POST", "chats/{conversation}/prepared/{whisper}/back", take_back, May.STEP_IN),
)
