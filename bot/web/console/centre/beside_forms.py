"""Notes and labels: written, put on, taken away."""

from aiohttp import web

from bot.centre import noting
from bot.flows.staff_entry import Audited
from bot.web.console.centre.doing import do
from bot.web.console.page import Page
from bot.web.console.permission import May
from bot.web.console.visit import Visit
from storage.centre import labels, notes
from storage.transaction import Transaction


async def note(visit: Visit) -> web.Response:
    """Leave a note."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        return noting.note(tx, visit.officer, conversation_id, visit.form.text("note", notes.LONGEST))

    return await do(visit, "note", deed, "noted")


async def take_note_away(visit: Visit) -> web.Response:
    """Take an own note away."""
    note_id = visit.id("note")

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        return noting.take_note_away(tx, visit.officer, conversation_id, note_id)

    return await do(visit, "note-away", deed, "note-removed")


async def label(visit: Visit) -> web.Response:
    """Put a label on."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        return noting.put_label(tx, visit.officer, conversation_id, visit.form.text("label", labels.LONGEST))

    return await do(visit, "label", deed, "labelled")


async def take_label_off(visit: Visit) -> web.Response:
    """Take a label off."""

    def deed(tx: Transaction, conversation_id: int) -> Audited:
        word = visit.form.text("label", labels.LONGEST)
        return noting.take_label_off(tx, visit.officer, conversation_id, word)

    return await do(visit, "label-off", deed, "label-taken")


PAGES = (
    Page("POST", "chats/{conversation}/note", note, May.STEP_IN),
    Page("POST", "chats/{conversation}/note/{note}/away", take_note_away, May.STEP_IN),
    Page("POST", "chats/{conversation}/label", label, May.STEP_IN),
    Page("POST", "chats/{conversation}/label-off", take_label_off, May.STEP_IN),
)
