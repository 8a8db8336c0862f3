"""Families are reminded, each time once: before a referral or a hold ends, on an access's last evening."""

from functools import partial

from bot.clock_news import AT_ONCE, Came, tell
from domain.ladder import Step
from domain.notice import Told
from storage.database import Database
from storage.seats import ladders, moved_days, reminders, seat_names
from storage.transaction import Transaction

MANY = 200
"""So many are looked at in one transaction."""
_TODAY = frozenset({Step.LAST_MORNING, Step.LAST_AFTERNOON})


def referrals(tx: Transaction) -> int:
    """Remind of referrals that end; how many were looked at."""
    looked, due = reminders.of_referrals(tx, AT_ONCE)
    of_claim = seat_names.of_claims(tx, [each.claim_id for each in due])
    came = []
    for each in due:
        facts = {
            **of_claim[each.claim_id],
            "referral": each.number,
            "through": each.last_day.isoformat(),
            "until": each.until.isoformat(),
        }
        if each.extensible:
            facts["extend"] = each.referral_id
        kind = Told.REFERRAL_ENDS_TODAY if each.step in _TODAY else Told.REFERRAL_ENDS_SOON
        came.append(Came(each.application_id, kind, facts))
    tell(tx, came)
    return looked


def holds(tx: Transaction) -> int:
    """Tell of holds that run out in two minutes; how many were looked at."""
    looked, due = reminders.of_holds(tx, AT_ONCE)
    of_claim = seat_names.of_claims(tx, [each.claim_id for each in due])
    tell(
        tx,
        [
            Came(
                each.application_id,
                Told.HOLD_ENDS,
                {**of_claim[each.claim_id], "claim": each.claim_id, "until": each.held_until.isoformat()},
            )
            for each in due
        ],
    )
    return looked


def accesses(tx: Transaction) -> int:
    """Remind of the last evening of an access; how many were looked at."""
    looked, due = reminders.of_accesses(tx, AT_ONCE)
    tell(
        tx,
        [Came(each.application_id, Told.ACCESS_ENDS, {"until": each.ends_at.isoformat()}) for each in due],
    )
    return looked


async def put_right(database: Database) -> int:
    """Look again at the reminders of every valid referral whose calendar has changed; how many."""
    ids = await database.read(moved_days.valid)
    looked = 0
    for first in range(0, len(ids), MANY):
        some = ids[first : first + MANY]
        wrong = await database.read(partial(ladders.not_right, referral_ids=some))
        if wrong:
            looked += await database.write(partial(ladders.look_again, referral_ids=wrong))
    return looked
