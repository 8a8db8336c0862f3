"""The audit: who did what, when, from where and about whom, as far as the admin's staff go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from bot.flows.staff_entry import Audited
from bot.texts import Texts
from bot.web.console.centre.audit_csv import stream
from bot.web.console.centre.audit_facts import facts_in_words, told_of
from bot.web.console.centre.audit_query import AuditQuery, read
from bot.web.console.centre.audit_words import WHAT, about_in_words, what_in_words
from bot.web.console.fields import FieldWrong
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import trouble_of
from bot.web.console.visit import Visit
from storage import audit_reading, journal, stated_reasons
from storage.audit_reading import AuditEntry
from storage.transaction import Transaction

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words; `login` is "" for what is done by itself.

    `reason` is what was stated, "" where nothing was or it is erased.
    """

    entry: AuditEntry
    login: str
    what: str
    about: str
    leads_to: str
    facts: str
    reason: str


async def audit(visit: Visit) -> web.Response:
    """A page of it, the newest first."""
    try:
        query = read(visit.request.query)
    except FieldWrong as error:
        trouble = trouble_of(visit.t, error)
        return _page(visit, read({}), [], trouble=trouble)
    lines = await visit.read(partial(_lines, visit, query))
    return _page(visit, query, lines)


async def export(visit: Visit) -> web.StreamResponse:
    """The same entries, all of them, as CSV; that they were taken out is an entry itself."""
    try:
        query = read(visit.form.sent)
    except FieldWrong as error:
        return _page(visit, read({}), [], trouble=trouble_of(visit.t, error))
    taken = Audited(visit.officer.actor, "audit_exported", None, query.asked)
    await visit.write(lambda tx: visit.audit(tx, taken))
    return await stream(visit, query)


def _page(visit: Visit, query: AuditQuery, lines: Sequence[Line], **trouble: object) -> web.Response:
    t = visit.t
    older = None
    if len(lines) > SHOWN:
        lines = lines[:SHOWN]
        older = query.asked | {"before": str(lines[-1].entry.id)}
    whats = sorted(((name, words(t)) for name, words in WHAT.items()), key=lambda each: each[1])
    return visit.page(
        "centre/audit",
        query=query,
        lines=lines,
        older=older,
        whats=whats,
        **trouble,  # type: ignore[arg-type]
    )


def _lines(visit: Visit, query: AuditQuery, tx: Transaction) -> list[Line]:
    entries = audit_reading.page(tx, query.wanted(tx, visit.reach(tx)), SHOWN + 1)
    told = {each.actor for each in entries} | {each.about for each in entries if each.about}
    names = audit_reading.names_of(tx, told.union(*(told_of(each.data) for each in entries)))
    reasons = stated_reasons.words_of(tx, [number for each in entries if (number := _reason(each))])
    return [_line(visit.t, each, names, reasons) for each in entries]


def _line(t: Texts, entry: AuditEntry, names: Mapping[str, str], reasons: Mapping[int, str]) -> Line:
    kind, _, number = (entry.about or "").partition(":")
    facts = {name: value for name, value in entry.data.items() if name != "reason" or not _reason(entry)}
    return Line(
        entry,
        "" if entry.actor == journal.SYSTEM else names.get(entry.actor, entry.actor),
        what_in_words(t, entry.what),
        about_in_words(t, entry.about, names),
        f"{ROOT}chats/{number}" if kind == "conversation" else "",
        facts_in_words(t, facts, names),
        reasons.get(_reason(entry) or 0, ""),
    )


def _reason(entry: AuditEntry) -> int | None:
    """The id of a stated reason."""
    said = entry.data.get("reason")
    return int(said) if isinstance(said, str) and said.isascii() and said.isdigit() else None


PAGES = (
    Page("GET", "audit", audit, May.SEE_AUDIT),
    Page("POST", "audit/export", export, May.SEE_AUDIT),
)
