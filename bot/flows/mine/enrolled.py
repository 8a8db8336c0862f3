"""The children whose way through the queue has come to its good end, for whoever has none waiting [004]."""

from collections.abc import Iterator, Sequence

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row
from bot.conversation.turn import Turn
from bot.flows.mine.lists import labels_of
from bot.flows.mine.own import me, name_of
from domain.age import AGE_LIMIT_YEARS, ages_out_at
from domain.application import Status
from storage import in_hand, look_up
from storage.look_up import Found

MOST = 5


def enrolled(turn: Turn) -> Sequence[Found]:
    """The newest enrolment of each child that is still of an age for a kindergarten."""
    newest: dict[int, Found] = {}
    for each in look_up.archive_of_parent(turn.tx, me(turn)):
        if each.status is Status.ENROLLED and turn.now < ages_out_at(each.birth_year, AGE_LIMIT_YEARS):
            newest.setdefault(each.child_id, each)
    return list(newest.values())[:MOST]


def entries(turn: Turn, found: Sequence[Found]) -> Iterator[str]:
    """Who goes where, since when."""
    t, seats = turn.t, in_hand.of_applications(turn.tx, [each.id for each in found])
    for each in found:
        name, seat = name_of(turn, each), seats.get(each.id)
        lines = [t("{name} has a kindergarten!", name=name) if name else t("Your child has a kindergarten!")]
        if seat is not None:
            lines.append(f"{seat.kindergarten} · {seat.group}")
        if each.ended_at is not None:
            lines.append(t("Enrolled on {date}", date=t.day(each.ended_at)))
        yield "\n".join(lines)


def buttons(turn: Turn, found: Sequence[Found]) -> tuple[Row, ...]:
    """To the page of each."""
    labels = labels_of(turn, found)
    return tuple((Button(label, action("own", each.id)),) for each, label in zip(found, labels, strict=True))
