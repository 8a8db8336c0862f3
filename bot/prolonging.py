"""Giving back what an outage took: all that it hit is prolonged, a few at a time, once, and told."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from bot.clock_news import Came, tell
from bot.flows.concerned import parents_of_each
from domain.notice import Deed, Told
from domain.outage import Outage
from storage import applications, audit, journal, outages
from storage.database import Database
from storage.seats import prolonging, seat_names
from storage.seats.prolonging import ACCESS, HOLD, LIST, REFERRAL, SUSPENSION, Longer
from storage.transaction import Transaction

SOME = 20
"""So many in one transaction: each is a few rows to write and to seal."""

_ONE_BY_ONE: Mapping[str, Callable[[Transaction, Outage, int], list[Longer]]] = {
    HOLD: prolonging.prolong_hold,
    REFERRAL: prolonging.prolong_referral,
    SUSPENSION: prolonging.lift_suspension,
}


async def prolong(database: Database, outage: Outage, by: str) -> Counter[str]:
    """Prolong what it has hit and what is not over; how many of each. Again it finds nothing.

    `by`: who asked for it, for the audit.
    """
    done: Counter[str] = Counter()
    for what in _ONE_BY_ONE:
        ids = await database.read(partial(prolonging.hit, what=what, outage=outage))
        for first in range(0, len(ids), SOME):
            some = partial(_each, outage=outage, what=what, ids=ids[first : first + SOME])
            done[what] += await database.write(some)
    for list_id in await database.read(partial(prolonging.hit, what=LIST, outage=outage)):
        done[LIST] += await database.write(partial(prolonging.prolong_list, outage=outage, list_id=list_id))
    while made := await database.write(partial(_accesses, outage=outage)):
        done[ACCESS] += made
    await database.write(partial(_finish, outage=outage, by=by, done=done))
    return done


def _each(tx: Transaction, outage: Outage, what: str, ids: Sequence[int]) -> int:
    return _tell(tx, outage, what, [longer for each in ids for longer in _ONE_BY_ONE[what](tx, outage, each)])


def _accesses(tx: Transaction, outage: Outage) -> int:
    some = prolonging.accesses(tx, outage, SOME)
    return _tell(tx, outage, ACCESS, prolonging.prolong_accesses(tx, outage, some))


def _tell(tx: Transaction, outage: Outage, what: str, some: Sequence[Longer]) -> int:
    seats = seat_names.of_claims(tx, [each.claim_id for each in some if each.claim_id is not None])
    tell(
        tx,
        [
            Came(each.application_id, Told.PROLONGED, {**seats.get(each.claim_id or 0, {}), **facts})
            for each in some
            for facts in [_facts(outage, what, each)]
        ],
    )
    found = applications.find_each(tx, {each.application_id for each in some})
    for of, parents in parents_of_each(tx, list(found.values())).items():
        for parent_id in parents:
            journal.note(tx, parent_id, journal.SYSTEM, Deed.PROLONGED, tx.now, application_id=of)
    return len(some)


def _facts(outage: Outage, what: str, longer: Longer) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "what": what,
        "began": outage.began_at.isoformat(),
        "ended": outage.ended_at.isoformat(),
    }
    if longer.through is not None:
        facts |= {"referral": longer.number, "through": longer.through.isoformat()}
    if longer.until is not None:
        facts["until"] = longer.until.isoformat()
    if what == HOLD:
        facts["claim"] = longer.claim_id
    return facts


def _finish(tx: Transaction, outage: Outage, by: str, done: Mapping[str, int]) -> None:
    if outages.finish(tx, outage.id) or any(done.values()):
        data = {"by": by, **done}
        about = f"outage:{outage.id}"
        audit.append(tx, at=tx.now, actor=journal.SYSTEM, what="outage_prolonged", about=about, data=data)
