"""Looking for a kindergarten: the list of the territory, a name typed, the nearest to a shared location."""

from bot.conversation import form
from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import Again, Form, Question
from bot.conversation.incoming import Content, Press, SharedLocation, Text
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import check
from bot.flows.kindergartens import near, passport
from bot.flows.kindergartens.labels import entries
from bot.flows.kindergartens.search import named_like
from bot.flows.kindergartens.ways import KEY, NAME, chosen, here, home, whole_list
from storage import kindergartens, territories
from storage.kindergartens import Listed

AFTER = "after"
PAGE = 5


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The list from its beginning, or after one of it. What is typed next is a name to look for."""
    match arguments:
        case ():
            return form.begin(turn, FORM)
        case ("after", _):
            form.begin(turn, FORM)
            return _page(turn, number_in(arguments, 1))
        case _:
            raise Outdated


def near_me(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """Ask for a location."""
    form.begin(turn, FORM)
    return near.ask(turn)


def located(turn: Turn) -> Screen | None:
    """A location shared outside any question: the nearest kindergartens; None for anything else."""
    content = turn.incoming.content
    if not isinstance(content, SharedLocation):
        return None
    return form.begin_with(turn, FORM, content)


def _ask(turn: Turn, _draft: Draft) -> Screen:
    return _page(turn, None)


def _read(turn: Turn, draft: Draft, content: Content) -> int:
    """The id of the one that is meant. Raises Again while there are several."""
    match content:
        case Text(text=typed):
            return _named(turn, typed)
        case SharedLocation(latitude=latitude, longitude=longitude):
            raise Again(near.around(turn, draft, (latitude, longitude)))
        case Press(action=pressed):
            raise Again(near.onward(turn, draft, pressed))
        case _:
            raise Again(_page(turn, None).with_note(turn.t("Please type a name, or choose from the list.")))


def _named(turn: Turn, typed: str) -> int:
    """What a name leads to; an IIN or a number of an application is looked up, as anywhere."""
    looked_up = check.guess(turn)
    if looked_up is not None:
        raise Again(looked_up)
    found = named_like(kindergartens.names(turn.tx, here(turn)), typed)
    match found:
        case [only]:
            return only
        case []:
            text = turn.t("I found no kindergarten of that name here. Try another spelling, or a part of it.")
            raise Again(_page(turn, None).with_note(text))
        case _:
            raise Again(_several(turn, kindergartens.some(turn.tx, found)))


def _several(turn: Turn, found: list[Listed]) -> Screen:
    t = turn.t
    asked = t("Did you mean one of these?")
    text = f"{asked}\n\n{entries(turn, found)}"
    return Screen(
        text, title=t("The kindergartens"), rows=(*chosen(found), whole_list(turn), home(turn)), typing=True
    )


def _page(turn: Turn, after_id: int | None) -> Screen:
    """A page of the list."""
    t, territory_id = turn.t, here(turn)
    found = kindergartens.page(turn.tx, territory_id, PAGE + 1, after_id)
    if not found and after_id is not None:
        raise Outdated
    place = territories.name(turn.tx, territory_id, t.language)
    title = t("Kindergartens · {territory}", territory=place)
    if not found:
        another = (Button(t("Another place"), action("territory")),)
        text = t("No kindergarten of this place is known here yet.")
        return Screen(text, title=title, rows=(another, home(turn)))
    page = found[:PAGE]
    rows = [
        *chosen(page),
        *_leafing(turn, found, after_id),
        (Button(t("By my location"), action("housenear")),),
    ]
    text = t("Type a name or a part of it, or choose from the list.")
    return Screen(
        f"{text}\n\n{entries(turn, page)}",
        title=title,
        rows=(*rows, home(turn)),
        typing=True,
        hint=t("Name of the kindergarten"),
    )


def _leafing(turn: Turn, found: list[Listed], after_id: int | None) -> tuple[Row, ...]:
    row: list[Button] = []
    if len(found) > PAGE:
        row.append(Button(turn.t("More"), action("houses", AFTER, found[PAGE - 1].id)))
    if after_id is not None:
        row.append(Button(turn.t("To the beginning"), action("houses")))
    return (tuple(row),) if row else ()


def _done(turn: Turn, draft: Draft) -> Screen:
    return passport.of(turn, draft[KEY])


FORM = Form(NAME, (Question(KEY, _ask, _read),), _done, controls=False, passing=True)
