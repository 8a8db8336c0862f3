"""Applying for a family without a smartphone: the flows' own screens, one step a form.

The operator asks on the telephone and types what is said. Whoever reads out the code that comes to the
family's phone has agreed to it; before that nothing of the family is known here.
"""

from datetime import datetime
from functools import partial
from typing import Literal

from aiohttp import web

from bot.centre import assisting
from bot.conversation.actions import action
from bot.conversation.incoming import Address, Content, Incoming, Press, SharedFile, Text
from bot.conversation.reply import ACTION_BYTES
from bot.texts import LANGUAGES
from bot.uploads.request import LONGEST_NAME
from bot.web.console.acting import Done, act, form_number
from bot.web.console.centre.assist_own import leave_foreign_place, own
from bot.web.console.centre.assist_view import BEGINNING, said_so_far
from bot.web.console.fields import FieldFault, FieldWrong
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from bot.web.spooled import take_with_file
from bot.web.webchat_protocol import TEXT_CHARACTERS
from bot.web.webchat_refusals import refusal_of
from domain.assisting import CHANNEL, Helping
from storage.centre import assisted
from storage.errors import StorageError
from storage.files import FilesUnavailable
from storage.transaction import Transaction

_LOOK_AGAIN_SECONDS = "1"
_MENU = action("menu")


async def families(visit: Visit) -> web.Response:
    """Those whom the operator helps now, and the form to begin with another."""
    found = await visit.read(lambda tx: assisted.of_session(tx, visit.who.staff_id, visit.who.id_hash))
    return visit.page("centre/families", families=found)


async def begin(visit: Visit) -> web.Response:
    """Begin, in the family's language."""
    language = visit.form.raw("language")
    if language not in LANGUAGES:
        raise web.HTTPBadRequest
    now: datetime = await visit.read(lambda tx: tx.now)
    helping = Helping.begun(visit.who.staff_id, visit.who.id_hash, now, form_number(visit))
    try:
        await act(visit, partial(_begin, visit, helping))
    except web.HTTPSeeOther:
        await _play(visit, helping, Press(action("language", language)), BEGINNING)
        raise


async def family(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """The screen that the flow shows now, as forms."""
    conversation_id = visit.id("assisted")
    helped = await visit.read(partial(own, visit, conversation_id))
    waits = await visit.read(lambda tx: assisted.awaits(tx, conversation_id))
    said = await said_so_far(visit.house.console.database, helped.helping.address)
    page = visit.page("centre/family", trouble=trouble, helped=helped, said=said, waits=waits)
    if waits and trouble is None:
        page.headers["Refresh"] = _LOOK_AGAIN_SECONDS
    return page


async def step(visit: Visit) -> web.Response:
    """Press a button of the screen, or say what the family has said. The same form again does nothing."""
    conversation_id = visit.id("assisted")
    helped = await visit.read(partial(own, visit, conversation_id))
    number = form_number(visit)
    try:
        await _play(visit, helped.helping, _content(visit), number)
    except FieldWrong as wrong:
        return await family(visit, trouble_of(visit.t, wrong))
    except StorageError as fault:
        return await family(visit, Trouble(refusal_of(fault).words(visit.t), status=503))
    elsewhere = await visit.write(partial(leave_foreign_place, visit, conversation_id))
    if elsewhere:
        await _play(visit, helped.helping, Press(_MENU), f"{number}-back")
    raise web.HTTPSeeOther(f"{ROOT}assist/{conversation_id}{'?done=assist-elsewhere' if elsewhere else ''}")


async def send_file(visit: Visit) -> web.Response:
    """Send a document that the family has brought or sent, where the flow asks for one."""
    conversation_id = visit.id("assisted")
    helped = await visit.read(partial(own, visit, conversation_id))
    number, file = form_number(visit), visit.form.file
    if file is None or not file.content:
        return await family(visit, trouble_of(visit.t, FieldWrong("file", FieldFault.MISSING)))
    kind: Literal["photo", "document"] = "photo" if file.content_type.startswith("image/") else "document"

    def told(spooled: str) -> Incoming:
        shared = SharedFile(spooled, kind, file.name[:LONGEST_NAME], len(file.content))
        return _incoming(helped.helping, shared, number)

    try:
        await take_with_file(visit.house.parts, file.content, told)
    except (StorageError, FilesUnavailable) as fault:
        return await family(visit, Trouble(refusal_of(fault).words(visit.t), status=503))
    raise web.HTTPSeeOther(f"{ROOT}assist/{conversation_id}")


async def finish(visit: Visit) -> web.Response:
    """End it."""
    await act(visit, partial(_finish, visit))


def _begin(visit: Visit, helping: Helping, tx: Transaction) -> Done:
    audited, conversation_id = assisting.begin(tx, visit.officer, helping)
    return Done(audited, f"{ROOT}assist/{conversation_id}")


def _finish(visit: Visit, tx: Transaction) -> Done:
    helped = own(visit, visit.id("assisted"), tx)
    return Done(assisting.finish(tx, visit.officer, helped), f"{ROOT}assist?done=assist-finished")


def _content(visit: Visit) -> Content:
    """Raises FieldWrong for what is neither a button nor words."""
    pressed = visit.form.raw("press")
    if 0 < len(pressed.encode()) <= ACTION_BYTES:
        return Press(pressed)
    if pressed:
        raise FieldWrong("press", FieldFault.TOO_LONG, high=ACTION_BYTES)
    return Text(visit.form.text("text", TEXT_CHARACTERS))


async def _play(visit: Visit, helping: Helping, content: Content, number: str) -> None:
    await visit.house.parts.conversation.take(_incoming(helping, content, number))


def _incoming(helping: Helping, content: Content, number: str) -> Incoming:
    """A step, known by the form's number. Limits count by whoever helps: operators share an address."""
    return Incoming(
        address=Address(CHANNEL, helping.address),
        external_id=f"{helping.address}:{number}",
        content=content,
        network_address=f"staff {helping.staff_id}",
    )


PAGES = (
    Page("GET", "assist", families, May.ASSIST_FAMILIES),
    Page("POST", "assist/begin", begin, May.ASSIST_FAMILIES),
    Page("GET", "assist/{assisted}", family, May.ASSIST_FAMILIES),
    Page("POST", "assist/{assisted}", step, May.ASSIST_FAMILIES),
    Page("POST", "assist/{assisted}/file", send_file, May.ASSIST_FAMILIES, takes_file=True),
    Page("POST", "assist/{assisted}/finish", finish, May.ASSIST_FAMILIES),
)
