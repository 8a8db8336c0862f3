"""All children of the parent, each in a few lines, eldest first."""

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.children.words import label, shown_name
from bot.texts import NUMBER_SIGN
from storage import applications, children
from storage.children import Child

PAGE = 6


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """A page of them; its number of children before it may stand on the button."""
    t = turn.t
    me = turn.person.parent_id
    assert me is not None
    start = number_in(arguments) if arguments else 0
    own = children.of_parent(turn.tx, me)
    if not own:
        return _none(turn)
    page = own[start : start + PAGE]
    if not page:
        raise Outdated
    numbers: dict[int, list[int]] = {}
    for live in applications.live_of_parent(turn.tx, me):
        numbers.setdefault(live.child_id, []).append(live.number)
    text = "\n\n".join(_entry(turn, each, numbers.get(each.id, [])) for each in page)
    rows: list[Row] = [
        (Button(turn.private(label(t, each, own)), action("child", each.id)),) for each in page
    ]
    if start + PAGE < len(own):
        rows.append((Button(t("More"), action("children", start + PAGE)),))
    elif start:
        rows.append((Button(t("To the beginning"), action("children")),))
    return Screen(text, title=t("Children"), rows=(*rows, *_ending(turn)))


def _entry(turn: Turn, child: Child, numbers: list[int]) -> str:
    t = turn.t
    lines = [turn.private(shown_name(child)) or t("Name not known yet")]
    lines.append(
        t("Born {date}, IIN {iin}", date=turn.private(t.day(child.birth_date)), iin=child.iin.masked)
    )
    if numbers:
        lines.append(
            t("In the queue: {numbers}", numbers=", ".join(f"{NUMBER_SIGN}{each}" for each in numbers))
        )
    else:
        lines.append(t("Not in a queue"))
    return "\n".join(lines)


def _none(turn: Turn) -> Screen:
    t = turn.t
    text = t(
        "No child is here yet. Add one by the IIN; or join the queue, then the child comes here by itself."
    )
    return Screen(text, title=t("Children"), rows=_ending(turn))


def _ending(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return (
        (Button(t("Add a child"), action("addchild")),),
        (Button(t("My cabinet"), action("cabinet")),),
        (Button(t("Menu"), action("menu")),),
    )
