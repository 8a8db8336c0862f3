"""What the four steps of an application are told from, read in one go for a page of them."""

from collections.abc import Sequence

from bot.conversation.turn import Turn
from bot.flows.as_of_now import policy_now
from bot.flows.mine.steps import Course
from storage import in_hand
from storage.look_up import Found
from storage.queue_places import place_of
from storage.transaction import Transaction


def courses_of(tx: Transaction, shown: Sequence[Found]) -> dict[int, Course]:
    """The course of each application, by its id."""
    ids = [each.id for each in shown]
    claims = in_hand.of_applications(tx, ids) if ids else {}
    access = in_hand.access_of(tx, ids, tx.now) if ids else {}
    return {
        each.id: Course(
            status=each.status,
            submitted_at=each.submitted_at,
            referral_days=policy_now(tx, each.territory_id).referral_working_days,
            stands=place_of(tx, each.id),
            paused=each.paused_at is not None,
            suspended_until=each.suspended_until,
            ended_at=each.ended_at,
            in_hand=claims.get(each.id),
            access_until=access.get(each.id),
        )
        for each in shown
    }


def course_of(turn: Turn, found: Found) -> Course:
    """The same of one."""
    return courses_of(turn.tx, [found])[found.id]
