"""One application as a helper sees it: place, status, dates, class, and why it moved."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from bot.conversation.actions import Outdated, action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import class_name, describe, title
from bot.flows.as_of_now import as_of_now
from bot.flows.helpers.looking import NAME, families
from bot.flows.mine import steps
from bot.flows.mine.course import course_of
from bot.flows.mine.move_words import in_words
from domain.application import COUNTED
from domain.helping import Helper
from storage import look_up, place_journal
from storage.look_up import Found

LOOKS_BACK = timedelta(days=30)


def one(turn: Turn, arguments: Sequence[str]) -> Screen:
    """One application as a helper sees it: where it stands, its steps, its class."""
    helper, found = _of_a_family(turn, arguments)
    t, child = turn.t, turn.private(found.child_name or "")
    course = course_of(turn, found)
    text = "\n\n".join(
        (
            "\n".join(filter(None, (child, describe(turn, found, course.stands, titled=True)))),
            t("Class: {name}", name=class_name(t, found.queue_class)),
            steps.lines(t, course, turn.now),
        )
    )
    rows: list[Row] = []
    if found.status in COUNTED:
        rows.append((Button(t("Why did it move?"), action(NAME, "why", found.id)),))
    rows.append((Button(t("Back"), action(NAME, "of", helper.id)),))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen(text, title=title(turn, found), rows=tuple(rows))


def why(turn: Turn, arguments: Sequence[str]) -> Screen:
    """Why its place moved. That the parent was told of it stays to be done: a helper's look is none."""
    _, found = _of_a_family(turn, arguments)
    t = turn.t
    explained = place_journal.explain_from(turn.tx, found.id, turn.now - LOOKS_BACK)
    rows: tuple[Row, ...] = (
        (Button(t("Back"), action(NAME, "one", found.id)),),
        (Button(t("Menu"), action("menu")),),
    )
    return Screen(in_words(t, explained), title=title(turn, found), rows=rows)


def _of_a_family(turn: Turn, arguments: Sequence[str]) -> tuple[Helper, Found]:
    """The application a button names, with the helped parent whose it is. Raises Outdated."""
    application_id = number_in(arguments)
    for each in families(turn):
        found = as_of_now(turn.tx, partial(look_up.by_id, turn.tx, application_id, each.parent_id))
        if found and found[0].own:
            return each, found[0]
    raise Outdated
