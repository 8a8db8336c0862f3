"""All live applications of the parent's children, also those of the other parent, the most urgent first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.conversation.actions import action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import place_line, queue_name, status
from bot.flows.as_of_now import as_of_now
from bot.flows.mine import enrolled, one, steps
from bot.flows.mine.course import courses_of
from bot.flows.mine.lists import archive_button, heading, labels_of, next_page
from bot.flows.mine.own import me, offered
from bot.flows.mine.steps import Course
from bot.flows.mine.twins import twins_among
from domain.application import Status
from storage import look_up
from storage.look_up import Found

PAGE = 5


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """The overview; a page of it by number, from 0. One that is alone is shown whole at once."""
    page = number_in(arguments) if arguments else 0
    live = own_live_ones(turn)
    return listed(turn, live, page) if live else _none(turn)


def own_live_ones(turn: Turn) -> Sequence[Found]:
    """The live applications of the parent's children, as they stand now."""
    return as_of_now(turn.tx, partial(look_up.of_parent, turn.tx, me(turn)))


def listed(turn: Turn, live: Sequence[Found], page: int = 0) -> Screen:
    """These applications on a screen; one that is alone, whole."""
    if len(live) == 1:
        return one.present(turn, live[0], alone=True)
    courses = courses_of(turn.tx, live)
    alike = twins_among(turn.tx, me(turn))
    ordered = _in_order(turn, live, courses, alike)
    last = (len(ordered) - 1) // PAGE
    page = page if page <= last else 0
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    text = "\n\n".join(_entry(turn, each, courses[each.id], alike) for each in shown)
    rows: list[Row] = [
        (Button(label, action("own", each.id)),)
        for each, label in zip(shown, labels_of(turn, shown), strict=True)
    ]
    rows += next_page(turn, "my", page, last)
    rows += offered(turn, turn.t("Apply for another"), "apply")
    rows += _ways_on(turn)
    return Screen(text, title=turn.t("My children in the queue"), rows=tuple(rows))


def _none(turn: Turn) -> Screen:
    t, there = turn.t, enrolled.enrolled(turn)
    nobody = t("None of your children is in a queue at present.")
    kept = [t("The application is kept in the archive.")] if there else []
    text = "\n\n".join((*enrolled.entries(turn, there), " ".join((nobody, *kept))))
    rows = (*enrolled.buttons(turn, there), *offered(turn, t("Join the queue"), "apply"), *_ways_on(turn))
    return Screen(text, title=t("My applications"), rows=rows)


def _ways_on(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return (
        *archive_button(turn),
        (Button(t("Check another"), action("check", "new")),),
        (Button(t("Menu"), action("menu")),),
    )


def _in_order(
    turn: Turn, live: Sequence[Found], courses: dict[int, Course], alike: Mapping[int, int]
) -> list[Found]:
    """The most urgent first; twins, and the applications of one child, stay together."""
    by_urgency = sorted(live, key=lambda each: _urgency(courses[each.id], turn.now))
    first: dict[int, int] = {}
    for position, each in enumerate(by_urgency):
        first.setdefault(alike.get(each.child_id, each.child_id), position)
    return sorted(by_urgency, key=lambda each: first[alike.get(each.child_id, each.child_id)])


def _urgency(course: Course, now: datetime) -> tuple[int, float]:
    """What has an end comes first, by its end; what waits, by its place; what rests, last."""
    claim = course.in_hand
    if claim is not None and course.holds(now):
        return 0, claim.held_until.timestamp()
    if course.status is Status.REFERRED:
        through = claim.valid_through if claim is not None else None
        return 1, through.toordinal() if through is not None else 0
    if course.status is Status.APPLIED:
        return 2, 0
    if course.access_until is not None and course.has_access:
        return 3, course.access_until.timestamp()
    if course.status is Status.AWAITING_PLACE:
        return 6 if course.paused else 4, course.place or 0
    return 5, course.suspended_until.timestamp() if course.suspended_until else 0


def _entry(turn: Turn, found: Found, course: Course, alike: Mapping[int, int]) -> str:
    t = turn.t
    at = course.step_at(turn.now)
    lines = [
        heading(turn, found, twin=found.child_id in alike),
        queue_name(t, found),
        place_line(t, course.stands),
        t("Step {number} of 4: {step}", number=int(at), step=steps.name(t, at)),
        t("Status: {status}", status=status(t, found)),
    ]
    return "\n".join(lines)
