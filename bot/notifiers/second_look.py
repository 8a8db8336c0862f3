"""What has waited is looked at once more before it goes: the family may have acted, or night has come.

A notice was true, and came by day, when it was written. A channel that was down for hours, or dead letters
that are sent again, must not bring a reminder of a referral that was extended since, nor news at midnight.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import real_now
from bot.flows.notices import sense
from domain.manner import Urgency, may_be_sent_at
from storage import deliveries, notices
from storage.deliveries import Found, Leased, Settled
from storage.notices_to_send import LOST_SENSE
from storage.transaction import Transaction

WAITED = timedelta(seconds=20)
"""What goes sooner after it was written is not looked at again."""
QUIET_HOURS = "quiet hours"


def second_look(tx: Transaction, found: Found, worker: str) -> Found:
    """What of it is to be sent; the rest is settled, in the transaction in which `worker` has leased it."""
    waited = [each for each in found.leased if each.notice_id is not None and each.waited >= WAITED]
    if not waited:
        return found
    useless = _useless(tx, waited)
    settled: list[Settled] = []
    for each in waited:
        if each.message_id in useless:
            settled.append(Settled.given_up(each.message_id, worker, LOST_SENSE))
        elif quiet := may_be_sent_at(Urgency(each.urgency), tx.now) - tx.now:
            settled.append(Settled.retry(each.message_id, worker, real_now() + quiet, QUIET_HOURS, counts=0))
    lost, gone = deliveries.settle(tx, settled), {each.message_id for each in settled}
    left = [each for each in found.leased if each.message_id not in gone]
    return replace(found, leased=left, lost=[*found.lost, *lost])


def _useless(tx: Transaction, waited: Sequence[Leased]) -> set[int]:
    """Those of which nothing is so any more."""
    together = notices.together(tx, {each.notice_id for each in waited if each.notice_id is not None})
    lost = sense.lost(tx, [each for some in together.values() for each in some])
    over = {leading for leading, some in together.items() if all(each.id in lost for each in some)}
    return {each.message_id for each in waited if each.notice_id in over}
