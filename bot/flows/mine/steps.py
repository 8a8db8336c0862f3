"""The four steps of an application [004]: what is done, what goes on now, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from bot.flows.to_bring import in_a_row
from bot.texts import Texts
from domain.application import Status, Step, step
from domain.claim import ClaimKind
from storage.in_hand import InHand
from storage.queue_places import PlaceNow

DONE, NOW, LATER, ENDED = "✅", "▶", "▫", "⏹"
_LEFT = frozenset({Status.WITHDRAWN, Status.AGED_OUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the steps are told from.

    `stands` is where it stands in its queue, `in_hand` the newest claim, `access_until` the end of its access
    to a list that is open now, `referral_days` the working days for which a referral is valid here.
    """

    status: Status
    submitted_at: datetime
    referral_days: int
    stands: PlaceNow | None = None
    paused: bool = False
    suspended_until: datetime | None = None
    ended_at: datetime | None = None
    in_hand: InHand | None = None
    access_until: datetime | None = None

    @property
    def place(self) -> int | None:
        """The place, from 1; None while it has none."""
        return self.stands.place if self.stands is not None else None

    def step_at(self, now: datetime) -> Step:
        """Which of the four it is at."""
        return step(self.status, may_choose=self.holds(now) or self.has_access)

    def holds(self, now: datetime) -> bool:
        """Whether a seat is held and not confirmed yet."""
        claim = self.in_hand
        return claim is not None and claim.kind is ClaimKind.HELD and claim.is_live(now)

    @property
    def has_access(self) -> bool:
        """Whether it may take seats of a list as one of the first; not while it is paused."""
        return self.access_until is not None and not self.paused


def lines(t: Texts, course: Course, now: datetime) -> str:
    """The four, one a line."""
    at = course.step_at(now)
    told = (_queue(t, course), _bulletin(t, course, now), _referral(t, course), _result(t, course))
    return "\n".join(
        _line(_mark(course, which, at), which, name(t, which), words)
        for which, words in zip(Step, told, strict=True)
    )


def name(t: Texts, which: Step) -> str:
    """What a step is called."""
    match which:
        case Step.QUEUE:
            return t("Queue")
        case Step.BULLETIN:
            return t("Bulletin")
        case Step.REFERRAL:
            return t("Referral")
        case Step.RESULT:
            return t("Result")


def _line(mark: str, which: Step, named: str, words: str) -> str:
    return f"{mark} {which:d}. {named}: {words}" if words else f"{mark} {which:d}. {named}"


def _mark(course: Course, which: Step, at: Step) -> str:
    if course.status in _LEFT:
        return {Step.QUEUE: DONE, Step.RESULT: ENDED}.get(which, LATER)
    if which is at:
        return DONE if course.status is Status.ENROLLED else NOW
    return DONE if which < at else LATER


def _queue(t: Texts, course: Course) -> str:
    since = t.day(course.submitted_at)
    if course.status in _LEFT and course.ended_at is not None:
        return t("from {since} to {until}", since=since, until=t.day(course.ended_at))
    if course.status is Status.SUSPENDED and course.suspended_until is not None:
        until = t.moment(course.suspended_until)
        return t("out until {moment}, then back with the date of {date}", moment=until, date=since)
    if course.paused:
        return t("since {date}; paused: others go ahead, place and date stay", date=since)
    if course.place is not None:
        return t("since {date}, place {place} now", date=since, place=course.place)
    return t("since {date}", date=since)


def _bulletin(t: Texts, course: Course, now: datetime) -> str:
    claim = course.in_hand
    match course.status:
        case Status.WITHDRAWN | Status.AGED_OUT:
            return ""
        case Status.APPLIED if claim is not None:
            return t("sent to {kindergarten}, its answer is awaited", kindergarten=claim.kindergarten)
        case Status.REFERRED | Status.ENROLLED if claim is not None:
            return t("{kindergarten}, group: {group}", kindergarten=claim.kindergarten, group=claim.group)
        case Status.AWAITING_PLACE if claim is not None and course.holds(now):
            until = t.time(claim.held_until)
            return t(
                "a seat is held for you until {time}: {kindergarten}",
                kindergarten=claim.kindergarten,
                time=until,
            )
        case Status.AWAITING_PLACE if course.has_access and course.access_until is not None:
            return t("you may choose a seat until {moment}", moment=t.moment(course.access_until))
        case _:
            return t("when free seats fit your child, you are told and choose one")


def _referral(t: Texts, course: Course) -> str:
    claim = course.in_hand
    match course.status:
        case Status.WITHDRAWN | Status.AGED_OUT | Status.ENROLLED:
            return ""
        case Status.REFERRED if claim is not None and claim.valid_through is not None:
            return t(
                "valid through {date}; bring to the kindergarten: {things}",
                date=t.day(claim.valid_through),
                things=in_a_row(t),
            )
        case Status.REFERRED:
            return t("referral issued")
        case _:
            return t.many(
                "the right to sign a contract for that seat, good for {number} working day",
                "the right to sign a contract for that seat, good for {number} working days",
                course.referral_days,
            )


def _result(t: Texts, course: Course) -> str:
    claim, ended = course.in_hand, t.day(course.ended_at) if course.ended_at else ""
    match course.status:
        case Status.ENROLLED if claim is not None:
            return t("enrolled: {kindergarten}, {date}", kindergarten=claim.kindergarten, date=ended)
        case Status.ENROLLED:
            return t("enrolled in a kindergarten")
        case Status.WITHDRAWN:
            return t("withdrawn by a parent on {date}", date=ended)
        case Status.AGED_OUT:
            return t("left the queue by age on {date}", date=ended)
        case _:
            return t("the kindergarten signs a contract with you")
