"""Twins take two seats or none, confirm them at once, and lose them together (ours).

Each of the two claims names the other; letting go, confirming and withdrawing follow that name.
"""

from datetime import date
from itertools import chain

from sqlalchemy import bindparam, delete, update

from domain import twins
from domain.errors import SeatGone
from domain.hold import take
from domain.twins import Child, reasons_against_both
from storage import people
from storage.guardians import guardians_of
from storage.seats import holding, standing
from storage.seats.holding import Taken
from storage.seats.standing import BulletinUnknown
from storage.tables import claim, seat
from storage.transaction import Transaction

Try = tuple[int, int]
"""The id of an application and that of a bulletin."""

_NAME = update(claim).where(claim.c.id == bindparam("of_claim")).values(twin_of=bindparam("other"))
_UNTAKE_SEAT = (
    update(seat).where(seat.c.claim_id == bindparam("of_claim")).values(claim_id=None, held_until=None)
)
_UNTAKE = delete(claim).where(claim.c.id == bindparam("of_claim"))


def take_both(tx: Transaction, one: Try, other: Try) -> tuple[Taken, Taken]:
    """Hold a seat for each of two twins, of one bulletin or of two; both holds end at the same instant.

    Raises NoTwins, the first reason against the one or else the other (TakingRefused), BulletinUnknown.
    """
    for bulletin_id in sorted({one[1], other[1]}):
        holding.make_access(tx, bulletin_id)
    ready = holding.ready(tx, [one[0], other[0]])
    if len(ready) != 2:
        raise BulletinUnknown
    twins.check_twins(*(_child(tx, each.child_id) for each in ready))
    pair = standing.read(tx, *one), standing.read(tx, *other)
    for reason in chain(*reasons_against_both(pair[0].attempt, pair[1].attempt, tx.now)):
        raise reason
    until = min(take(tx.now, each.policy).until for each in pair)
    first = holding.hold_one(tx, pair[0], until)
    try:
        second = holding.hold_one(tx, pair[1], until)
    except SeatGone:
        # The refusal alone would not undo it.
        tx.conn.execute(_UNTAKE_SEAT, {"of_claim": first.claim_id})
        tx.conn.execute(_UNTAKE, {"of_claim": first.claim_id})
        raise
    tx.conn.execute(_NAME, {"of_claim": first.claim_id, "other": second.claim_id})
    tx.conn.execute(_NAME, {"of_claim": second.claim_id, "other": first.claim_id})
    return first, second


def _child(tx: Transaction, child_id: int) -> Child:
    parents = frozenset(each.parent_id for each in guardians_of(tx, child_id))
    return Child(child_id, parents, date.fromisoformat(people.words_of_child(tx, child_id)["birth_date"]))
