"""The archive: applications that have come to their end, and until when they can come back [004]."""

from collections.abc import Sequence

from bot.conversation.actions import action, number_in
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.turn import Turn
from bot.flows.application_words import queue_name, status
from bot.flows.mine.lists import heading, labels_of, next_page
from bot.flows.mine.own import me
from domain.application import Status
from domain.restoring import restorable_until
from storage import look_up
from storage.look_up import Found

PAGE = 6


def show(turn: Turn, arguments: tuple[str, ...]) -> Screen:
    """What is in it, the newest first; a page by number, from 0."""
    t = turn.t
    page = number_in(arguments) if arguments else 0
    ended = look_up.archive_of_parent(turn.tx, me(turn))
    if not ended:
        return Screen(t("The archive is empty."), title=t("Archive"), rows=_ways_on(turn))
    last = (len(ended) - 1) // PAGE
    page = page if page <= last else 0
    shown = ended[page * PAGE : (page + 1) * PAGE]
    return Screen(
        "\n\n".join(_entry(turn, each) for each in shown),
        title=t("Archive"),
        rows=(*_buttons(turn, shown), *next_page(turn, "archive", page, last), *_ways_on(turn)),
    )


def _entry(turn: Turn, found: Found) -> str:
    t = turn.t
    lines = [heading(turn, found), queue_name(t, found), t("Status: {status}", status=status(t, found))]
    if found.ended_at is not None:
        lines.append(t("Ended on {date}", date=t.day(found.ended_at)))
        until = restorable_until(found.ended_at)
        if found.status is Status.WITHDRAWN and turn.now < until:
            lines.append(t("With its old date until {moment}", moment=t.moment(until)))
    return "\n".join(lines)


def _buttons(turn: Turn, shown: Sequence[Found]) -> list[Row]:
    return [
        (Button(label, action("own", each.id)),)
        for each, label in zip(shown, labels_of(turn, shown), strict=True)
    ]


def _ways_on(turn: Turn) -> tuple[Row, ...]:
    t = turn.t
    return ((Button(t("My applications"), action("my")),), (Button(t("Menu"), action("menu")),))
