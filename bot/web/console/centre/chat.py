"""One conversation: what was said, what stands beside it, and what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.centre import answering, whispering
from bot.centre.looking import is_noted
from bot.flows.channel_names import channel_name
from bot.web.console.centre import lines
from bot.web.console.centre.panel import Beside, beside
from bot.web.console.centre.prepared import Prepared, newest, prepared
from bot.web.console.centre.preparing import note_look, prepare
from bot.web.console.centre.reach import chat_within_reach
from bot.web.console.centre.ready import chosen
from bot.web.console.centre.situation import Situation, looking, situation_of, writing
from bot.web.console.ids import id_in
from bot.web.console.page import Page
from bot.web.console.people_words import full_name
from bot.web.console.permission import May, allows
from bot.web.console.trouble import Trouble
from bot.web.console.visit import Visit
from storage.centre import labels, log, notes
from storage.centre.chat import Chat, logins
from storage.centre.log import Line
from storage.centre.notes import Note
from storage.centre.whispers import Whisper
from storage.transaction import Transaction
from storage.types import LARGEST_ID

PAGE = 60
LATE = 40
"""Of so many of the lines that a page has already its news tell what became of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    chat: Chat
    said: Sequence[lines.Said]
    earlier: bool
    situation: Situation
    prepared: Prepared
    labels: Sequence[str]
    offered: Sequence[str]
    notes: Sequence[tuple[Note, str]]
    beside: Beside | None

    @property
    def last(self) -> int:
        """The newest line on the page."""
        return self.said[-1].id if self.said else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    chat: Chat
    said: Sequence[lines.Said]
    noted: bool
    late: Sequence[lines.Said]
    more: bool
    last: int
    situation: Situation
    prepared: Prepared


async def one(visit: Visit, trouble: Trouble | None = None, form: str = "") -> web.Response:
    """The page; `form` is the one that the trouble is about, and what was typed into it stands there."""
    before = id_in(visit.request.query.get("before", ""))
    await visit.write(partial(prepare, visit))
    known = await visit.read(partial(_known, visit, before))
    ready_text = await visit.read(partial(chosen, visit, known.chat.id))
    return visit.page(
        "centre/chat",
        trouble=trouble,
        form=form,
        known=known,
        ready_text=ready_text,
        before=before,
        steps_in=allows(May.STEP_IN, visit.who.role),
        full_name=full_name,
        longest_label=labels.LONGEST,
        longest_note=notes.LONGEST,
        longest_answer=answering.LONGEST,
        longest_step=whispering.LONGEST,
        writing=writing,
        looking=looking,
        channel_name=partial(channel_name, visit.t),
    )


async def news(visit: Visit) -> web.Response:
    """What came after a line: a piece of the page, for whoever has the page open."""
    known = await visit.read(partial(_news, visit, id_in(visit.request.query.get("after", "")) or 0))
    if not known.noted:
        await visit.write(partial(note_look, visit))
    return visit.page(
        "centre/news",
        form="",
        known=known,
        steps_in=allows(May.STEP_IN, visit.who.role),
        longest_step=whispering.LONGEST,
    )


def _known(visit: Visit, before: int | None, tx: Transaction) -> _Known:
    chat = chat_within_reach(visit, tx)
    asked = PAGE + 1
    found = log.latest(tx, chat.id, asked) if before is None else log.before(tx, chat.id, before, asked)
    shown = found[-PAGE:]
    left = notes.of_conversation(tx, chat.id)
    steps = newest(tx, chat)
    names = logins(tx, {*lines.staff_named(shown), *_written_by(left), *_written_by(steps)})
    return _Known(
        chat=chat,
        said=lines.said(visit.t, shown, names),
        earlier=len(found) > PAGE,
        situation=situation_of(tx, visit, chat),
        prepared=prepared(tx, visit.t, chat, steps, names),
        labels=labels.of_conversation(tx, chat.id),
        offered=labels.in_use(tx, visit.territories(tx)),
        notes=[(each, names.get(each.staff_id, "")) for each in left],
        beside=beside(tx, visit.t, chat.parent_id) if chat.parent_id is not None else None,
    )


def _news(visit: Visit, after: int, tx: Transaction) -> _News:
    chat = chat_within_reach(visit, tx)
    found = log.after(tx, chat.id, after, PAGE + 1)
    shown = found[:PAGE]
    late = log.before(tx, chat.id, min(after + 1, LARGEST_ID), LATE)
    steps = newest(tx, chat)
    names = logins(tx, {*lines.staff_named(shown), *_written_by(steps)})
    above: Line | None = late[-1] if late else None
    return _News(
        chat=chat,
        said=lines.said(visit.t, shown, names, above),
        noted=is_noted(tx, visit.officer, chat.id, chat.parent_id),
        late=[each for each in lines.said(visit.t, late, {}) if each.fate is not None],
        more=len(found) > PAGE,
        last=shown[-1].id if shown else after,
        situation=situation_of(tx, visit, chat),
        prepared=prepared(tx, visit.t, chat, steps, names),
    )


def _written_by(found: Iterable[Note | Whisper]) -> set[int]:
    return {each.staff_id for each in found}


PAGES = (
    Page("GET", "chats/{conversation}", one, May.FOLLOW_CHATS),
    Page("GET", "chats/{conversation}/news", news, May.FOLLOW_CHATS, by_itself=True),
)
