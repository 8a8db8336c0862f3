"""Applications as they stand now: what has fallen due in their queues is made before a place is read."""

from collections.abc import Callable, Sequence

from bot.conversation.turn import Turn
from domain.age import SHORTEST_AGE_LIMIT_YEARS, ages_out_at
from domain.application import Status
from domain.errors import NoPolicyInForce
from domain.local_time import local_date
from domain.policy import Policy
from storage import applications, in_hand, policies
from storage.fallen_due import make_due
from storage.look_up import Found
from storage.seats import lapsing

_USUAL = Policy()
_WAITING = frozenset({Status.AWAITING_PLACE, Status.SUSPENDED})


def as_of_now(turn: Turn, look: Callable[[], Sequence[Found]]) -> Sequence[Found]:
    """What `look` finds, after unused referrals, ended suspensions and ageing out were made in those queues.

    The first who needs a place makes it, whether or not any job ran; usually nothing is due.
    """
    found = look()
    if _make_unused(turn, found):
        found = look()
    due = {each.queue_id: each.territory_id for each in found if _is_due(turn, each)}
    if not due:
        return found
    for queue_id, territory_id in sorted(due.items()):
        make_due(turn.tx, queue_id, age_limit=policy_of(turn, territory_id).age_limit_years)
    return look()


def _is_due(turn: Turn, found: Found) -> bool:
    if found.suspension_over:
        return True
    if found.status not in _WAITING or turn.now < ages_out_at(found.birth_year, SHORTEST_AGE_LIMIT_YEARS):
        return False
    limit = policy_of(turn, found.territory_id).age_limit_years
    return turn.now >= ages_out_at(found.birth_year, limit)


def _make_unused(turn: Turn, found: Sequence[Found]) -> bool:
    """Those whose referral's last day has passed are made so, one by one; whether there were any."""
    referred = sorted(each.id for each in found if each.status is Status.REFERRED)
    given = in_hand.of_applications(turn.tx, referred) if referred else {}
    today = local_date(turn.now)
    unused = [
        of for of, each in given.items() if each.valid_through is not None and each.valid_through < today
    ]
    for application_id in sorted(unused):
        if (whole := applications.lock(turn.tx, application_id)) is not None:
            lapsing.make_own_due(turn.tx, whole)
    return bool(unused)


def policy_of(turn: Turn, territory_id: int) -> Policy:
    """The rules of a territory now, read once a turn; the usual ones where none is in force yet."""
    if territory_id not in turn.rules:
        try:
            turn.rules[territory_id] = policies.in_force(turn.tx, territory_id, turn.now)
        except NoPolicyInForce:
            turn.rules[territory_id] = _USUAL
    return turn.rules[territory_id]
