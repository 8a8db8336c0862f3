"""Answers that are kept ready: the list, and the forms to write, change and take away one."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.centre import writing_answers
from bot.centre.ready_blanks import name_of
from bot.centre.ready_texts import SHIPPED
from bot.centre.writing_answers import may_write
from bot.texts import LANGUAGES, Texts, texts_in
from bot.web.console.acting import Done, act
from bot.web.console.centre.answer_places import chosen_place, places
from bot.web.console.fields import FieldWrong
from bot.web.console.page import ROOT, Page
from bot.web.console.permission import May
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.errors import ReadyAnswerChanged, Refused
from domain.ready_answer import LONGEST_NAME, LONGEST_TEXT, Blank
from domain.territory import Tree
from storage import territories
from storage.centre import ready_answers
from storage.centre.ready_answers import ReadyAnswer, Wording
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Line:
    """One of the list: `mine` can be changed, the others are above one's own territories."""

    answer: ReadyAnswer
    place: str
    mine: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """`places` to choose from: what is sent, and its name."""

    places: list[tuple[str, str]]
    answer: ReadyAnswer | None = None


async def all_answers(visit: Visit) -> web.Response:
    """Those that staff wrote, and those that are there from the beginning."""
    lines = await visit.read(partial(_lines, visit))
    shipped = [
        (each.name(visit.t), [(code, name, each.text(texts_in(code))) for code, name in LANGUAGES.items()])
        for each in SHIPPED.values()
    ]
    return visit.page("centre/answers", lines=lines, shipped=shipped)


async def new(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """An empty form."""
    form = await visit.read(lambda tx: _Form(places(visit, tx)))
    return _drawn(visit, form, trouble)


async def write(visit: Visit) -> web.Response:
    """Write a new one."""
    try:
        await act(visit, partial(_write, visit, _wording(visit)))
    except (Refused, FieldWrong) as error:
        return await new(visit, trouble_of(visit.t, error))


async def one(visit: Visit, trouble: Trouble | None = None) -> web.Response:
    """One as it stands, to be changed or taken away."""
    form = await visit.read(partial(_form, visit, visit.id("answer")))
    return _drawn(visit, form, trouble)


async def change(visit: Visit) -> web.Response:
    """Write another text in its place."""
    try:
        await act(visit, partial(_change, visit, _wording(visit)))
    except (Refused, FieldWrong) as error:
        return await _in_vain(visit, error)


async def retire(visit: Visit) -> web.Response:
    """Take it away."""
    try:
        await act(visit, partial(_retire, visit))
    except Refused as error:
        return await _in_vain(visit, error)


async def _in_vain(visit: Visit, error: Refused | FieldWrong) -> web.Response:
    """The form with what stands there now; where nothing does any more, the list."""
    trouble = trouble_of(visit.t, error)
    try:
        return await one(visit, trouble)
    except web.HTTPNotFound:
        return visit.page("message", status=trouble.status, title=trouble.words)


def _drawn(visit: Visit, form: _Form, trouble: Trouble | None) -> web.Response:
    blanks = [(each.value, name_of(visit.t, each)) for each in Blank]
    return visit.page(
        "centre/answer",
        trouble=trouble,
        form=form,
        blanks=blanks,
        longest_name=LONGEST_NAME,
        longest_text=LONGEST_TEXT,
    )


def _lines(visit: Visit, tx: Transaction) -> list[_Line]:
    reached = visit.territories(tx)
    tree = territories.tree(tx)
    above = {up.id for each in reached for up in tree.path(each)}
    found = ready_answers.within(tx, reached | above)
    return [
        _Line(each, _place(visit.t, tree, each.territory_id), may_write(tx, each.territory_id, reached))
        for each in found
    ]


def _place(t: Texts, tree: Tree, territory_id: int | None) -> str:
    return t("Everywhere") if territory_id is None else tree.get(territory_id).name(t.language)


def _form(visit: Visit, answer_id: int, tx: Transaction) -> _Form:
    found = _found(visit, answer_id, tx)
    return _Form(places(visit, tx, found.territory_id), found)


def _found(visit: Visit, answer_id: int, tx: Transaction) -> ReadyAnswer:
    found = ready_answers.find(tx, answer_id)
    if found is None or not may_write(tx, found.territory_id, visit.territories(tx)):
        raise web.HTTPNotFound
    return found


def _wording(visit: Visit) -> Wording:
    form = visit.form
    return Wording(
        name=" ".join(form.text("name", LONGEST_NAME).split()),
        text_kk=form.text("text_kk", LONGEST_TEXT),
        text_ru=form.text("text_ru", LONGEST_TEXT),
    )


def _seen_at(visit: Visit) -> datetime:
    """When the text was written that stood on the page. Raises ReadyAnswerChanged for no such instant."""
    seen_at = visit.form.instant("seen")
    if seen_at is None:
        raise ReadyAnswerChanged
    return seen_at


def _write(visit: Visit, wording: Wording, tx: Transaction) -> Done:
    audited = writing_answers.write(tx, visit.officer, chosen_place(visit, tx), wording)
    return Done(audited, f"{ROOT}answers?done=answer-kept")


def _change(visit: Visit, wording: Wording, tx: Transaction) -> Done:
    found = _found(visit, visit.id("answer"), tx)
    territory_id = chosen_place(visit, tx, found.territory_id)
    audited = writing_answers.change(tx, visit.officer, found.id, _seen_at(visit), territory_id, wording)
    return Done(audited, f"{ROOT}answers?done=answer-kept")


def _retire(visit: Visit, tx: Transaction) -> Done:
    found = _found(visit, visit.id("answer"), tx)
    audited = writing_answers.retire(tx, visit.officer, found.id, _seen_at(visit))
    return Done(audited, f"{ROOT}answers?done=answer-retired")


PAGES = (
    Page("GET", "answers", all_answers, May.WRITE_ANSWERS),
    Page("GET", "answers/new", new, May.WRITE_ANSWERS),
    Page("POST", "answers/new", write, May.WRITE_ANSWERS),
    Page("GET", "answers/{answer}", one, May.WRITE_ANSWERS),
    Page("POST", "answers/{answer}", change, May.WRITE_ANSWERS),
    Page("POST", "answers/{answer}/retire", retire, May.WRITE_ANSWERS),
)
