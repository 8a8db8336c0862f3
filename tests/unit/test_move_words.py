from datetime import UTC, datetime

from bot.flows.mine.move_words import in_words
from bot.texts import texts_in
from domain.application import QueueClass
from domain.place_history import EventKind, Move, Reason
from storage.place_journal import Explained

GENERAL, FIRST, OUT = QueueClass.GENERAL, QueueClass.FIRST_PRIORITY, QueueClass.OUT_OF_QUEUE
T = texts_in("en")
SINCE = datetime(2026, 10, 20, 19, tzinfo=UTC)
"""00:00 on 21.10.2026 in Kazakhstan."""


def reasons_told(*reasons: Reason) -> list[str]:
    """The lines that tell why, without their bullets."""
    move = Move(100, 100 + sum(reason.places for reason in reasons), reasons)
    return [line for line in in_words(T, Explained(SINCE, move)).splitlines() if " · " in line]


def test_reasons_of_one_sentence_are_told_together_and_add_up() -> None:
    told = reasons_told(
        Reason(EventKind.REFERRED, FIRST, 2, -1),
        Reason(EventKind.REFERRED, GENERAL, 3, -3),
        Reason(EventKind.RETURNED, FIRST, 1, 1),
        Reason(EventKind.RESTORED, GENERAL, 1, 1),
    )

    assert told == [
        "▲4 · " + T.many("got a referral: {number}", "got a referral: {number}", 5),
        "▼2 · "
        + T.many("came back with an earlier date: {number}", "came back with an earlier date: {number}", 2),
    ]


def test_who_joined_is_told_by_class_because_that_is_what_moves_a_place_back() -> None:
    told = reasons_told(Reason(EventKind.JOINED, OUT, 1, 1), Reason(EventKind.JOINED, FIRST, 6, 6))

    assert [line[:2] for line in told] == ["▼1", "▼6"]


def test_a_place_that_moved_back_is_told_to_be_normal_and_one_that_did_not_is_not() -> None:
    normal = T("A place can move back when children with privileges join. That is how the queue is made.")

    back = in_words(T, Explained(SINCE, Move(100, 101, (Reason(EventKind.JOINED, FIRST, 1, 1),))))
    ahead = in_words(T, Explained(SINCE, Move(100, 99, (Reason(EventKind.WITHDRAWN, GENERAL, 1, -1),))))

    assert back.endswith(normal)
    assert normal not in ahead


def test_a_place_that_did_not_move_is_told_without_reasons() -> None:
    told = in_words(T, Explained(SINCE, Move(7, 7, ())))

    assert told == T("The place is {place}. It has not moved since {date}.", place=7, date="21.10.2026")


def test_an_application_out_of_the_queue_is_told_its_last_place() -> None:
    told = in_words(T, Explained(SINCE, Move(7, None, ())))

    assert "7" in told
