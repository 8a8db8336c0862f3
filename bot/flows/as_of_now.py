"""Applications as they stand now: what has fallen due in their queues is made before a place is read."""

from collections.abc import Callable, Sequence

from domain.age import SHORTEST_AGE_LIMIT_YEARS, ages_out_at
from domain.application import Status
from domain.errors import NoPolicyInForce
from domain.local_time import local_date
from domain.policy import Policy
from storage import applications, in_hand, policies
from storage.fallen_due import make_due
from storage.look_up import Found
from storage.seats import lapsing
from storage.transaction import Transaction

_USUAL = Policy()
_WAITING = frozenset({Status.AWAITING_PLACE, Status.SUSPENDED})


def as_of_now(tx: Transaction, look: Callable[[], Sequence[Found]]) -> Sequence[Found]:
    """What `look` finds, after unused referrals, ended suspensions and ageing out were made in those queues.

    The first who needs a place makes it, whether or not any job ran; usually nothing is due.
    """
    found = look()
    if _make_unused(tx, found):
        found = look()
    due = {each.queue_id: each.territory_id for each in found if _is_due(tx, each)}
    if not due:
        return found
    for queue_id, territory_id in sorted(due.items()):
        make_due(tx, queue_id, age_limit=policy_now(tx, territory_id).age_limit_years)
    return look()


def _is_due(tx: Transaction, found: Found) -> bool:
    if found.suspension_over:
        return True
    if found.status not in _WAITING or tx.now < ages_out_at(found.birth_year, SHORTEST_AGE_LIMIT_YEARS):
        return False
    return tx.now >= ages_out_at(found.birth_year, policy_now(tx, found.territory_id).age_limit_years)


def _make_unused(tx: Transaction, found: Sequence[Found]) -> bool:
    """Those whose referral's last day has passed are made so, one by one; whether there were any."""
    referred = sorted(each.id for each in found if each.status is Status.REFERRED)
    given = in_hand.of_applications(tx, referred) if referred else {}
    today = local_date(tx.now)
    unused = [
        of for of, each in given.items() if each.valid_through is not None and each.valid_through < today
    ]
    for application_id in sorted(unused):
        if (whole := applications.lock(tx, application_id)) is not None:
            lapsing.make_own_due(tx, whole)
    return bool(unused)


def policy_now(tx: Transaction, territory_id: int) -> Policy:
    """The rules of a territory now; the usual ones where none is in force yet."""
    try:
        return policies.in_force(tx, territory_id, tx.now)
    except NoPolicyInForce:
        return _USUAL
