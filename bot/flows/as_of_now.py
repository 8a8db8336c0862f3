"""Applications as they stand now: what has fallen due in their queues is made before a place is read."""

from collections.abc import Callable, Sequence

from bot.conversation.turn import Turn
from domain.age import SHORTEST_AGE_LIMIT_YEARS, ages_out_at
from domain.application import Status
from domain.errors import NoPolicyInForce
from domain.policy import Policy
from storage import policies
from storage.fallen_due import make_due
from storage.look_up import Found

_USUAL = Policy()
_WAITING = frozenset({Status.AWAITING_PLACE, Status.SUSPENDED})


def as_of_now(turn: Turn, look: Callable[[], Sequence[Found]]) -> Sequence[Found]:
    """What `look` finds, after suspensions that are over and ageing out were made in those queues.

    The first who needs a place makes it, whether or not any job ran; usually nothing is due.
    """
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


def policy_of(turn: Turn, territory_id: int) -> Policy:
    """The rules of a territory now; the usual ones where none is in force yet."""
    try:
        return policies.in_force(turn.tx, territory_id, turn.now)
    except NoPolicyInForce:
        return _USUAL
