"""A place over time, day by day: from where to where, and the reasons that add up to it."""

from datetime import date, datetime

from domain.application import QueueClass
from domain.place_days import DayMove, by_day
from domain.place_history import EventKind, QueueEvent, Reason, Step
from domain.queue_order import QueueKey, Sizes
from tests.unit.instants import at

GENERAL, FIRST = QueueClass.GENERAL, QueueClass.FIRST_PRIORITY
MORNING, NIGHT, NEXT_DAY = at("2026-11-20 09:00"), at("2026-11-20 23:59"), at("2026-11-21 00:00")


def step(
    when: datetime,
    before: int | None,
    after: int | None,
    kind: EventKind = EventKind.JOINED,
    queue_class: QueueClass = FIRST,
    *,
    own: bool = False,
) -> Step:
    event = QueueEvent(
        sequence=1,
        at=when,
        kind=kind,
        queue_class=queue_class,
        key=QueueKey(when, 1),
        sizes_after=Sizes(),
    )
    return Step(event, before, after, own)


def test_steps_of_one_day_are_told_together_and_midnight_begins_the_next() -> None:
    days = by_day([step(MORNING, 36, 37), step(NIGHT, 37, 38), step(NEXT_DAY, 38, 39)])

    assert [(each.day, each.before, each.after) for each in days] == [
        (date(2026, 11, 20), 36, 38),
        (date(2026, 11, 21), 38, 39),
    ]
    assert days[0].reasons == (Reason(EventKind.JOINED, FIRST, 2, 2),)


def test_the_largest_reasons_come_first() -> None:
    [day] = by_day(
        [
            step(MORNING, 36, 35, EventKind.WITHDRAWN, GENERAL),
            step(MORNING, 35, 37, EventKind.RECLASSIFIED),
            step(NIGHT, 37, 40),
        ]
    )

    assert [each.places for each in day.reasons] == [3, 2, -1]
    assert day.before is not None
    assert day.after is not None
    assert sum(each.places for each in day.reasons) == day.after - day.before


def test_its_own_coming_and_going_is_told_before_all_and_moves_by_no_number() -> None:
    [day] = by_day(
        [
            step(MORNING, 36, 37),
            step(MORNING, 37, None, EventKind.WITHDRAWN, GENERAL, own=True),
            step(NIGHT, None, 40, EventKind.RESTORED, GENERAL, own=True),
        ]
    )

    assert day == DayMove(
        date(2026, 11, 20),
        36,
        40,
        (
            Reason(EventKind.WITHDRAWN, GENERAL, 1, 0, own=True),
            Reason(EventKind.RESTORED, GENERAL, 1, 0, own=True),
            Reason(EventKind.JOINED, FIRST, 1, 1),
        ),
    )


def test_a_day_that_ends_out_of_the_queue_has_no_place_after_it() -> None:
    [day] = by_day([step(NIGHT, 5, None, EventKind.REFERRED, GENERAL, own=True)])

    assert (day.before, day.after) == (5, None)


def test_without_steps_there_are_no_days() -> None:
    assert by_day([]) == []
