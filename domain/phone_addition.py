"""Phones that are only added to a cabinet: an older number can take them back within 72 hours (ours).

Nobody loses a number by that, but a thief's would be a way back in, and could come to be the older one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import UndoFault, UndoNotAllowed
from domain.phone import Phone
from domain.phone_change import UNDO_WITHIN


@dataclass(frozen=True, slots=True)
class PhoneRecord:
    """A phone that a parent has or had: since when, whether it still counts, in the place of which record."""

    id: int
    number: Phone
    confirmed_at: datetime
    counts: bool = True
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class PhoneAddition:
    """A phone that came to a cabinet which had a child in it, beside an older one. Instants in UTC."""

    number: Phone
    at: datetime

    @property
    def until(self) -> datetime:
        """The instant since which it can no longer be taken back, and bars nothing."""
        return self.at + UNDO_WITHIN

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be taken back."""
        return now < self.until


@dataclass(frozen=True, slots=True)
class PhoneHistory:
    """All phones of a parent, ever. `family_since`: since when there is a child; None: there is none.

    Before there is a child nothing can be taken from anybody, and two phones are confirmed in a row.
    """

    records: Sequence[PhoneRecord]
    family_since: datetime | None

    def additions(self) -> list[PhoneAddition]:
        """The present phones that were added, however long ago."""
        added = [each for each in self.records if each.counts and self._was_added(each)]
        return [PhoneAddition(each.number, each.confirmed_at) for each in added]

    def open_additions(self, now: datetime) -> list[PhoneAddition]:
        """Those that can still be taken back."""
        return [each for each in self.additions() if each.is_open(now)]

    def is_on_trial(self, number: Phone, now: datetime) -> bool:
        """Whether a present phone can itself be taken back: then it has no say in what comes after it."""
        return number in {each.number for each in self.open_additions(now)}

    def came_at(self, number: Phone) -> datetime:
        """When a phone was confirmed first. Raises ValueError for one that never was."""
        return min(each.confirmed_at for each in self.records if each.number == number)

    def take_back(self, asked_by: Phone, now: datetime) -> tuple[PhoneAddition, ...]:
        """What asking by a present, older phone takes back. Raises UndoNotAllowed where that is nothing."""
        if self.is_on_trial(asked_by, now):
            raise UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)
        came_at = self.came_at(asked_by)
        found = tuple(each for each in self.open_additions(now) if each.at > came_at)
        if not found:
            raise UndoNotAllowed(UndoFault.NOT_THE_OLD_NUMBER)
        return found

    def gone_with(self, since: datetime, asked_by: Phone) -> tuple[PhoneAddition, ...]:
        """What goes when the changes since that instant are undone by that phone.

        Phones added since then; those added within the 72 hours before, where they came after that phone
        (a thief may have added one first); and what has taken the place of either: nothing is left that
        could be put back there.
        """
        came_at, window = self.came_at(asked_by), since - UNDO_WITHIN
        gone = []
        for each in self.records:
            first = self._first(each)
            before = first.confirmed_at > max(window, came_at) and self._was_added(first)
            if each.counts and (first.confirmed_at >= since or before):
                gone.append(PhoneAddition(each.number, first.confirmed_at))
        return tuple(gone)

    def _was_added(self, record: PhoneRecord) -> bool:
        if record.instead_of is not None:
            # What takes the place of an added phone while that can be taken back is no better.
            before = self._record(record.instead_of)
            return self._was_added(before) and record.confirmed_at < before.confirmed_at + UNDO_WITHIN
        older = any(each.confirmed_at < record.confirmed_at for each in self.records)
        return older and self.family_since is not None and record.confirmed_at > self.family_since

    def _first(self, record: PhoneRecord) -> PhoneRecord:
        while record.instead_of is not None:
            record = self._record(record.instead_of)
        return record

    def _record(self, record_id: int) -> PhoneRecord:
        return next(each for each in self.records if each.id == record_id)
