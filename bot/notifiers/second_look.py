"""What has waited is looked at once more before it goes: the family may have acted, or night has come.

A notice was true, and came by day, when it was written. A channel that was down for hours, or dead letters
that are sent again, must not bring a reminder of a referral that was extended since, nor news at midnight,
nor anything to a number that is not the parent's any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import real_now
from bot.conversation.payloads import about
from bot.flows.notices import sense
from bot.flows.together import Said, things_in
from bot.notifiers.astray import HELPS_NO_MORE, OUTDATED, Notified, astray, without_helper
from domain.helping import TOLD_TO_HELPERS
from domain.manner import Urgency, may_be_sent_at
from storage import deliveries, notices
from storage.deliveries import Found, Leased, Settled
from storage.notices import Notice
from storage.notices_to_send import LOST_SENSE
from storage.put_off_messages import QUIET_HOURS
from storage.transaction import Transaction

WAITED = timedelta(seconds=20)
"""What goes sooner after it was written is not looked at again."""


def second_look(tx: Transaction, found: Found, worker: str) -> Found:
    """What of it is to be sent; the rest is settled, in the transaction in which `worker` has leased it."""
    waited = [each for each in found.leased if each.waited >= WAITED]
    told = _told(tx, waited)
    if not told:
        return found
    held_back = _held_back(tx, told)
    settled: list[Settled] = []
    for each in told:
        message_id, quiet = each.leased.message_id, _quiet(tx, each.leased)
        if (why := held_back.get(message_id)) is not None:
            settled.append(Settled.given_up(message_id, worker, why))
        elif quiet:
            settled.append(Settled.retry(message_id, worker, real_now() + quiet, QUIET_HOURS, counts=0))
    lost, gone = deliveries.settle(tx, settled), {each.message_id for each in settled}
    left = [each for each in found.leased if each.message_id not in gone]
    return replace(found, leased=left, lost=[*found.lost, *lost])


def _told(tx: Transaction, waited: Sequence[Leased]) -> list[Notified]:
    """Those that tell notices, which are not forgotten."""
    read = [(each, tells) for each in waited if (tells := about(each.payload)) is not None]
    of = {each.message_id: each.notice_id or tells.for_helper_of for each, tells in read}
    leading = {notice_id for notice_id in of.values() if notice_id is not None}
    together = notices.together(tx, leading) if leading else {}
    return [
        Notified(each, tells, together[notice_id])
        for each, tells in read
        if (notice_id := of[each.message_id]) is not None and notice_id in together
    ]


def _quiet(tx: Transaction, leased: Leased) -> timedelta:
    """How long it has to wait for the morning."""
    return may_be_sent_at(Urgency(leased.urgency), tx.now) - tx.now


def _held_back(tx: Transaction, told: Sequence[Notified]) -> dict[int, str]:
    """Why those that are not to be sent are not, by their ids."""
    to_helpers = [each for each in told if each.for_helper]
    why = dict.fromkeys(without_helper(tx, to_helpers), HELPS_NO_MORE) if to_helpers else {}
    why |= astray(tx, [each for each in told if not each.for_helper])
    every = {one.id: one for each in told for one in each.together.notices}
    still = {each.id: each for each in sense.still_so(tx, list(every.values()))}
    for each in told:
        if (not_so := _not_so(each, still)) is not None:
            why[each.leased.message_id] = not_so
    return why


def _not_so(each: Notified, still: Mapping[int, Notice]) -> str | None:
    """All that it tells is not so any more; or, to a parent, who gets the rest anew, some of it."""
    left = [
        Said(still[one.id].kind, still[one.id].data)
        for one in each.together.notices
        if one.id in still and not (each.for_helper and one.kind not in TOLD_TO_HELPERS)
    ]
    if not left:
        return LOST_SENSE
    return OUTDATED if not each.for_helper and things_in(left) != each.tells.things else None
