"""Who took the seats of the file's list that are not free any more."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.demo.bulletins import PlannedBulletin
from bot.demo.draft import Draft
from bot.demo.entries import Entry, What
from domain.application import QueueClass
from domain.local_time import instant_at, local_date

CONTRACTS_AT = time(11, 30)


@dataclass(frozen=True, slots=True)
class SeatTaker:
    """A seat that was taken in the first minutes of its list, and signed for on the next working day."""

    bulletin: PlannedBulletin
    entry: Entry
    taken_at: datetime
    enrolled_at: datetime


def seat_takers(draft: Draft, bulletins: tuple[PlannedBulletin, ...]) -> tuple[SeatTaker, ...]:
    """One for every seat that is not free: from the very front of its queue."""
    return tuple(_taker(draft, bulletin, n) for bulletin in bulletins for n in range(bulletin.taken))


def _taker(draft: Draft, bulletin: PlannedBulletin, n: int) -> SeatTaker:
    opens_at = bulletin.seat_list.opens_at
    signs_on = draft.days.policy.calendar().next_working_day(local_date(opens_at))
    entry = draft.submit(draft.somebody(bulletin.birth_years[0], QueueClass.OUT_OF_QUEUE))
    taker = SeatTaker(
        bulletin=bulletin,
        entry=entry,
        taken_at=opens_at + timedelta(minutes=7 + 5 * n),
        enrolled_at=instant_at(signs_on, CONTRACTS_AT) + timedelta(minutes=20 * n),
    )
    draft.then(taker.taken_at, entry, What.REFERRED)
    draft.then(taker.enrolled_at, entry, What.ENROLLED)
    return taker
