"""What waits to go out, in the morning or with others, is sent: what still makes sense, a parent's as one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.flows.notices import sense
from bot.flows.sending import Parcel, send
from bot.flows.together import Said, parts
from bot.flows.ways_told import ways_of
from domain.helping import TOLD_TO_HELPERS
from storage import notices_to_send
from storage.notices_to_send import LOST_SENSE, Waiting
from storage.transaction import Transaction

AT_ONCE = 50
"""So many notices in one transaction: each is a few rows to write and to seal."""


def send_due(tx: Transaction) -> int:
    """Send some of what is due, in the transaction that takes it; how many notices that were."""
    due = notices_to_send.take(tx, AT_ONCE)
    left = {each.id: each for each in sense.still_so(tx, [each.notice for each in due])}
    notices_to_send.not_sent(tx, sorted({each.notice.id for each in due} - left.keys()), LOST_SENSE)
    useful = [replace(each, notice=left[each.notice.id]) for each in due if each.notice.id in left]
    if useful:
        _send(tx, useful)
    return len(due)


def _send(tx: Transaction, useful: Sequence[Waiting]) -> None:
    with_helpers = {each.parent_id for each in useful if each.notice.kind in TOLD_TO_HELPERS}
    ways = ways_of(tx, {each.parent_id for each in useful}, with_helpers, tx.now)
    send(tx, list(_parcels(tx, useful)), ways, tx.now)


def _parcels(tx: Transaction, useful: Sequence[Waiting]) -> Iterator[Parcel]:
    for (parent_id, not_in), group in groupby(sorted(useful, key=_whose), _whose):
        left = [each.notice for each in group]
        for part in parts([Said(each.kind, each.data) for each in left]):
            together, left = left[: len(part)], left[len(part) :]
            leading, *others = [each.id for each in together]
            notices_to_send.sent_with(tx, dict.fromkeys(others, leading))
            yield Parcel(parent_id=parent_id, notice_id=leading, some=part, but_not_in=not_in or None)


def _whose(waiting: Waiting) -> tuple[int, int]:
    return waiting.parent_id, waiting.not_in or 0
