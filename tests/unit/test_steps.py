"""The four steps of an application [004]: what is done, what goes on, what comes next."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.flows.mine.steps import DONE, ENDED, LATER, NOW, Course, lines
from bot.texts import Texts
from domain.application import QueueClass, Status, Step
from domain.claim import ClaimKind
from domain.queue_order import QueueKey, Sizes
from storage.in_hand import InHand
from storage.queue_places import PlaceNow
from tests.unit.instants import at

TODAY = at("2026-11-20 16:20")
SECOND = timedelta(seconds=1)
THIRTY_SIXTH = PlaceNow(
    application_id=1,
    queue_id=1,
    queue_class=QueueClass.GENERAL,
    key=QueueKey(at("2026-08-12 16:20"), 1200300401),
    status=Status.AWAITING_PLACE,
    index=35,
    sizes=Sizes(0, 0, 46),
    phase=0,
    sequence=0,
    told_sequence=0,
)
WAITING = Course(
    status=Status.AWAITING_PLACE, submitted_at=at("2026-08-12 16:20"), referral_days=5, stands=THIRTY_SIXTH
)
HELD_UNTIL = TODAY + timedelta(minutes=10)


def claim(kind: ClaimKind | None = ClaimKind.HELD, through: date | None = None) -> InHand:
    return InHand(
        claim_id=1,
        application_id=1,
        kind=kind,
        taken_at=TODAY,
        held_until=HELD_UNTIL,
        kindergarten="Амина",
        group="Солнце",
        valid_through=through,
        contract_at=None,
    )


HELD = replace(WAITING, in_hand=claim())
SENT = replace(WAITING, status=Status.APPLIED, in_hand=claim(ClaimKind.APPLIED))
REFERRED = replace(
    WAITING, status=Status.REFERRED, in_hand=claim(ClaimKind.REFERRED, date(2026, 11, 27)), stands=None
)
ENROLLED = replace(WAITING, status=Status.ENROLLED, in_hand=claim(None), stands=None, ended_at=TODAY)
WITHDRAWN = replace(WAITING, status=Status.WITHDRAWN, stands=None, ended_at=TODAY)
AGED_OUT = replace(WITHDRAWN, status=Status.AGED_OUT)
SUSPENDED = replace(WAITING, status=Status.SUSPENDED, stands=None, suspended_until=at("2026-12-12 00:00"))
FIRST_OF_A_LIST = replace(WAITING, access_until=at("2026-11-26 07:00"))
ALL = {
    "waiting": WAITING,
    "paused": replace(WAITING, paused=True),
    "first of a list": FIRST_OF_A_LIST,
    "held": HELD,
    "sent": SENT,
    "referred": REFERRED,
    "enrolled": ENROLLED,
    "withdrawn": WITHDRAWN,
    "aged out": AGED_OUT,
    "suspended": SUSPENDED,
}


def told(course: Course, now: datetime = TODAY, language: str = "en") -> list[str]:
    return lines(Texts(language), course, now).splitlines()


@pytest.mark.parametrize(
    ("which", "marks"),
    [
        ("waiting", NOW + LATER * 3),
        ("paused", NOW + LATER * 3),
        ("suspended", NOW + LATER * 3),
        ("first of a list", DONE + NOW + LATER * 2),
        ("held", DONE + NOW + LATER * 2),
        ("sent", DONE + NOW + LATER * 2),
        ("referred", DONE * 2 + NOW + LATER),
        ("enrolled", DONE * 4),
        ("withdrawn", DONE + LATER * 2 + ENDED),
        ("aged out", DONE + LATER * 2 + ENDED),
    ],
)
def test_each_step_shows_whether_it_is_done_goes_on_or_is_to_come(which: str, marks: str) -> None:
    assert "".join(line.split()[0] for line in told(ALL[which])) == marks


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("course", ALL.values(), ids=ALL)
def test_there_are_always_four_of_them_in_their_order(course: Course, language: str) -> None:
    assert [line.split()[1] for line in told(course, language=language)] == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize(("now", "at_step"), [(HELD_UNTIL - SECOND, Step.BULLETIN), (HELD_UNTIL, Step.QUEUE)])
def test_a_hold_counts_until_just_before_its_ten_minutes_are_over(now: datetime, at_step: Step) -> None:
    assert HELD.step_at(now) is at_step


def test_one_of_the_first_who_is_paused_waits_in_the_queue() -> None:
    assert replace(FIRST_OF_A_LIST, paused=True).step_at(TODAY) is Step.QUEUE


def test_the_kindergarten_and_the_dates_are_named() -> None:
    assert "Амина" in told(SENT)[1]
    assert "27.11.2026" in told(REFERRED)[2]
    assert "Амина" in told(ENROLLED)[3]
    assert "20.11.2026" in told(ENROLLED)[3]
    assert "12.12.2026" in told(SUSPENDED)[0]
    assert told(WAITING)[0].endswith("place 36 now")
