"""One child: who it is, the second parent, the applications."""

from functools import partial

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import place_line, status
from bot.flows.as_of_now import as_of_now
from bot.flows.children.words import particulars, shown_name
from bot.texts import NUMBER_SIGN
from storage import applications, children, look_up
from storage.children import Child
from storage.look_up import Found
from storage.queue_places import place_of

_MOST = 4
"""Applications with a button of their own: a child has one in a queue, and there are few queues."""


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """One of the own children. Another's looks like none at all."""
    me = turn.person.parent_id
    assert me is not None
    child = children.find(turn.tx, me, number_in(arguments))
    if child is None:
        raise Outdated
    return screen(turn, child)


def screen(turn: Turn, child: Child) -> Screen:
    """Everything about it."""
    t = turn.t
    live = as_of_now(turn.tx, partial(_live, turn, child))
    lines = particulars(t, child)
    turn.private(t.day(child.birth_date))
    lines.append(t("Second parent: joined") if child.others else t("Second parent: nobody yet"))
    lines += [_line(turn, each) for each in live] or [t("Not in a queue")]
    rows: list[Row] = [
        (Button(f"{NUMBER_SIGN}{each.number}", action("own", each.id)),) for each in live[:_MOST]
    ]
    rows.append((Button(t("Join the queue"), action("apply")),))
    rows.append((Button(t("Second parent"), action("second", child.id)),))
    rows.append((Button(t("Children"), action("children")),))
    rows.append((Button(t("Menu"), action("menu")),))
    name = turn.private(shown_name(child)) or t("Name not known yet")
    return Screen("\n".join(lines), title=name, rows=tuple(rows))


def _live(turn: Turn, child: Child) -> list[Found]:
    asker = turn.person.parent_id
    return [
        found
        for each in applications.live_of_child(turn.tx, child.id)
        for found in look_up.by_id(turn.tx, each.id, asker)
    ]


def _line(turn: Turn, found: Found) -> str:
    t = turn.t
    about = (t("Application № {number}", number=found.number), found.territory_names[t.language])
    return "\n".join(("", ", ".join(about), place_line(t, place_of(turn.tx, found.id)), status(t, found)))
