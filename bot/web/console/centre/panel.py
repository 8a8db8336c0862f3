"""What stands beside a conversation: the family, its applications with place and reasons, its notices."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.masking import without_people
from bot.flows import notice_words
from bot.flows.application_words import class_name, place_line, queue_name, status
from bot.flows.messages.proof import lines_of
from bot.flows.mine import move_words, steps
from bot.flows.mine.course import courses_of
from bot.flows.mine.place import LOOKS_BACK
from bot.flows.mine.steps import Course
from bot.texts import Texts
from domain.claim import ClaimKind
from storage import look_up, notices, people, phones, place_journal, sendings
from storage.desk.people import ChildCard, ParentCard, child_card, parent_card
from storage.in_hand import InHand
from storage.look_up import Found
from storage.notices import Notice
from storage.seats import referrals
from storage.transaction import Transaction

MOST_LIVE, MOST_ENDED, MOST_NOTICES = 6, 4, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One live application in words; `in_hand` is "" where no seat is."""

    number: int
    child_id: int
    child: ChildCard
    queue: str
    place: str
    status: str
    queue_class: str
    in_hand: str
    steps: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Ended:
    """An application that has come to its end."""

    number: int
    status: str
    day: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words, and by which ways it went out with what result."""

    moment: str
    text: str
    ways: Sequence[str]
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The family of whoever is signed in; phones by their ids. `more` live applications are not shown."""

    parent: ParentCard
    masked_iin: str
    masked_phones: Sequence[tuple[int, str]]
    cards: Sequence[Card]
    more: int
    ended: Sequence[Ended]
    told: Sequence[Told]


def beside(tx: Transaction, t: Texts, parent_id: int) -> Beside:
    """All of it, as it stands now: what has fallen due in the queues is made before (`as_of_now`)."""
    live = look_up.of_parent(tx, parent_id)
    shown = live[:MOST_LIVE]
    courses = courses_of(tx, shown)
    ended = look_up.archive_of_parent(tx, parent_id)[:MOST_ENDED]
    return Beside(
        parent=parent_card(tx, parent_id),
        masked_iin=people.key_of_parent(tx, parent_id).masked,
        masked_phones=[(each.id, each.number.masked) for each in phones.phones_of(tx, parent_id)],
        cards=[_card(tx, t, each, courses[each.id]) for each in shown],
        more=len(live) - len(shown),
        ended=[
            Ended(each.number, status(t, each), t.day(each.ended_at) if each.ended_at else "")
            for each in ended
        ],
        told=_told(tx, t, notices.page(tx, parent_id, MOST_NOTICES)),
    )


def _card(tx: Transaction, t: Texts, found: Found, course: Course) -> Card:
    explained = place_journal.explain_from(tx, found.id, tx.now - LOOKS_BACK)
    return Card(
        number=found.number,
        child_id=found.child_id,
        child=child_card(tx, found.child_id),
        queue=queue_name(t, found),
        place=place_line(t, course.stands),
        status=status(t, found),
        queue_class=class_name(t, found.queue_class),
        in_hand=_in_hand(tx, t, course),
        steps=steps.lines(t, course, tx.now),
        reasons=move_words.in_words(t, explained),
    )


def _in_hand(tx: Transaction, t: Texts, course: Course) -> str:
    claim = course.in_hand
    if claim is None or not claim.is_live(tx.now):
        until = course.access_until if course.has_access else None
        return "" if until is None else t("May choose a seat until {moment}", moment=t.moment(until))
    where = f"{claim.kindergarten}, {claim.group}"
    match claim.kind:
        case ClaimKind.HELD:
            return t("Holds a seat until {moment}: {where}", moment=t.moment(claim.held_until), where=where)
        case ClaimKind.APPLIED:
            return t("Sent {moment}: {where}", moment=t.moment(claim.taken_at), where=where)
        case _:
            return _referral(tx, t, claim, where)


def _referral(tx: Transaction, t: Texts, claim: InHand, where: str) -> str:
    issued = referrals.of_claim(tx, claim.claim_id)
    if issued is None:
        return where
    day = t.day(issued.referral.last_day)
    return t("Referral № {number}, valid through {day}: {where}", number=issued.number, day=day, where=where)


def _told(tx: Transaction, t: Texts, found: Sequence[Notice]) -> list[Told]:
    proofs = sendings.proofs(tx, [each.id for each in found])
    return [
        Told(
            t.moment(each.at),
            # As in the log: whoever reads here has asked for no IIN.
            without_people(notice_words.in_words(t, each.kind, each.data)),
            lines_of(t, proofs[each.id]),
            t("read on {moment}", moment=t.moment(each.read_at)) if each.read_at else t("not read yet"),
        )
        for each in found
    ]
