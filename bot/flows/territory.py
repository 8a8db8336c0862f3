"""Choosing the territory: by name with slips of the finger, by a shared location, or down the tree."""

from functools import partial

from bot.conversation import form
from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.form import Again, Form, Question, answer
from bot.conversation.incoming import Content, Press, SharedLocation, Text
from bot.conversation.reply import Ask, Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.conversation.understand import resume
from bot.flows.territory_labels import labels_of
from bot.flows.territory_search import named_like, nearest
from domain.errors import TerritoryUnknown
from domain.territory import Territory, Tree
from storage import territories

NAME, KEY = "territory", "t"
PAGE = 6
_NEAREST = 3


def choose(turn: Turn, _arguments: tuple[str, ...]) -> Screen:
    """From the settings: choose another territory."""
    return form.begin(turn, FORM)


def question(of_form: str) -> Question:
    """The question for a leaf of the tree, as one of a form of that name; the answer is its id."""
    return Question(KEY, partial(_ask, of_form), partial(_read, of_form))


def _ask(of_form: str, turn: Turn, _draft: Draft) -> Screen:
    text = turn.t("In which city, district or village is your queue? Type its name, or choose below.")
    return _branch(of_form, turn, territories.tree(turn.tx), None, 0, text)


def _read(of_form: str, turn: Turn, _draft: Draft, content: Content) -> int:
    """The id of a leaf of the tree. Raises Again while it is still narrowed down."""
    tree = territories.tree(turn.tx)
    match content:
        case Press(action=pressed):
            return _pressed(of_form, turn, tree, pressed.split(":"))
        case Text(text=name):
            return _found(of_form, turn, tree, named_like(tree, name))
        case SharedLocation(latitude=latitude, longitude=longitude):
            points = territories.points(turn.tx)
            raise Again(_choice(of_form, turn, tree, nearest(points, latitude, longitude)[:_NEAREST]))
        case _:
            raise TerritoryUnknown(0)


def _pressed(of_form: str, turn: Turn, tree: Tree, parts: list[str]) -> int:
    t = turn.t
    match parts:
        case ["here"]:
            text = t("Share your location: I will show the places nearest to you.")
            rows: tuple[Row, ...] = ((Button(t("Go down the list"), answer(of_form, KEY, "all", 0, 0)),),)
            raise Again(
                Screen(text, rows=rows, ask=Ask.LOCATION, ask_label=t("Share my location"), typing=True)
            )
        case ["all", _, _]:
            text = t("Choose from the list, or type the name.")
            raise Again(_branch(of_form, turn, tree, number_in(parts, 1) or None, number_in(parts, 2), text))
        case [_]:
            found = tree.get(number_in(parts))
            if tree.is_leaf(found.id):
                return found.id
            raise Again(_branch(of_form, turn, tree, found.id, 0, found.name(t.language)))
        case _:
            raise Outdated


def _found(of_form: str, turn: Turn, tree: Tree, found: list[Territory]) -> int:
    match found:
        case []:
            raise TerritoryUnknown(0)
        case [only] if tree.is_leaf(only.id):
            return only.id
        case _:
            raise Again(_choice(of_form, turn, tree, [each.id for each in found]))


def _choice(of_form: str, turn: Turn, tree: Tree, ids: list[int]) -> Screen:
    """A few places to choose from, each with what it lies in."""
    t = turn.t
    lines = [_path(tree, each, t.language) for each in ids]
    rows: list[Row] = _rows(of_form, tree, ids, t.language)
    rows.append((Button(t("Another place"), answer(of_form, KEY, "all", 0, 0)),))
    return Screen(t("Did you mean one of these?") + "\n" + "\n".join(lines), rows=tuple(rows), typing=True)


def _branch(of_form: str, turn: Turn, tree: Tree, parent_id: int | None, offset: int, text: str) -> Screen:
    """One page of a branch of the tree. A single root is opened at once."""
    t = turn.t
    children = tree.roots() if parent_id is None else tree.children(parent_id)
    if parent_id is None and len(children) == 1 and not tree.is_leaf(children[0].id):
        parent_id = children[0].id
        children = tree.children(parent_id)
    page = [each.id for each in children[offset : offset + PAGE]]
    rows: list[Row] = _rows(of_form, tree, page, t.language)
    if offset + PAGE < len(children):
        rows.append((Button(t("More"), answer(of_form, KEY, "all", parent_id or 0, offset + PAGE)),))
    up = _above(tree, parent_id)
    if offset or up is not None:
        rows.append((Button(t("To the beginning"), answer(of_form, KEY, "all", 0, 0)),))
    rows.append((Button(t("By my location"), answer(of_form, KEY, "here")),))
    return Screen(text, title=t("Territory"), rows=tuple(rows), typing=True, hint=t("Name of the place"))


def _rows(of_form: str, tree: Tree, ids: list[int], language: str) -> list[Row]:
    labels = labels_of(tree, ids, language)
    return [(Button(label, answer(of_form, KEY, each)),) for each, label in zip(ids, labels, strict=True)]


def _above(tree: Tree, parent_id: int | None) -> int | None:
    """What lies above a branch, when that is more than the single root."""
    if parent_id is None:
        return None
    above = tree.get(parent_id).parent_id
    return above if above is not None or len(tree.roots()) > 1 else None


def _path(tree: Tree, territory_id: int, language: str) -> str:
    return "• " + ", ".join(each.name(language) for each in reversed(tree.path(territory_id)))


def _done(turn: Turn, draft: Draft) -> Screen:
    turn.change_person(territory_id=draft[KEY])
    name = territories.name(turn.tx, draft[KEY], turn.t.language)
    return resume(turn).with_note(turn.t("Territory: {territory}.", territory=name))


def settings_button(turn: Turn) -> Button:
    """The way to this form from the settings."""
    return Button(turn.t("Territory"), action(NAME))


FORM = Form(NAME, (question(NAME),), _done, controls=False)
