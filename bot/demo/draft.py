"""A draft of the demo's queues: applications are put in, things happen to them, sizes follow."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.demo.days import Days
from bot.demo.entries import Entry, Occurrence, What
from bot.demo.making import Maker
from domain.application import QueueClass, QueueKind
from domain.iin import Iin
from domain.queue_order import Sizes

PARENT_IS_OLDER = (20, 38)
"""By how many years, at least and at most."""

AFTER_BIRTH = timedelta(days=40)
EARLIEST = timedelta(days=900)
"""Nobody in the demo has waited longer."""


class Draft:
    """Applications and occurrences in the making. `loaded_at` parts what is loaded from what happens."""

    def __init__(self, maker: Maker, days: Days, loaded_at: datetime) -> None:
        self.maker = maker
        self.days = days
        self.loaded_at = loaded_at
        self.entries: list[Entry] = []
        self.occurrences: list[Occurrence] = []

    def submit(self, entry: Entry) -> Entry:
        """Put an application in: loaded with the others, or submitted while the demo's journal runs."""
        self.entries.append(entry)
        if entry.submitted_at >= self.loaded_at:
            self.occurrences.append(Occurrence(at=entry.submitted_at, entry=entry, what=What.SUBMITTED))
        return entry

    def then(self, at: datetime, entry: Entry, what: What, **more: object) -> None:
        """Let something happen to an application that is in."""
        self.occurrences.append(replace(Occurrence(at=at, entry=entry, what=what), **more))  # type: ignore[arg-type]

    def somebody(
        self,
        birth_year: int,
        queue_class: QueueClass = QueueClass.GENERAL,
        *,
        submitted_at: datetime | None = None,
        kind: QueueKind = QueueKind.GENERAL,
    ) -> Entry:
        """An application of people nobody knows; submitted before the loading unless told when."""
        parent, child = self.parent_and_child(birth_year)
        return Entry(
            number=self.maker.number(),
            child=child,
            parents=(parent,),
            submitted_at=submitted_at or self.some_time_before(child),
            queue_class=queue_class,
            kind=kind,
            privilege=self._privilege(queue_class),
            languages=self._languages(),
        )

    def some_time_before(self, child: Iin) -> datetime:
        """A daytime after the child's birth and before the loading."""
        last = (self.loaded_at - timedelta(days=1)).date()
        first = max(child.birth_date + AFTER_BIRTH, last - EARLIEST)
        return self.maker.daytime(self.maker.day(first, last))

    def share_of_window(self, share: float) -> datetime:
        """The instant that lies this far, 0 to 1, between the loading and the start of the demo.

        What has happened by then has happened within the opening hours' length of the start.
        """
        end = self.days.at - timedelta(hours=2)
        return self.loaded_at + timedelta(hours=1) + (end - self.loaded_at - timedelta(hours=1)) * share

    def sizes(self, birth_year: int, kind: QueueKind) -> Sizes:
        """The sizes of a queue once everything in this draft has happened."""
        classes = {each.number: each.queue_class for each in self._of(birth_year, kind)}
        for step in sorted(self.occurrences, key=lambda each: each.at):
            if step.entry.number in classes and step.what in (What.WITHDRAWN, What.REFERRED):
                del classes[step.entry.number]
            elif step.entry.number in classes and step.queue_class is not None:
                classes[step.entry.number] = step.queue_class
        counted = Counter(classes.values())
        return Sizes(*(counted[each] for each in QueueClass))

    def fill_up(self, birth_year: int, target: Sizes, kind: QueueKind = QueueKind.GENERAL) -> None:
        """Put so many more people in that the queue has these sizes in the end."""
        have = self.sizes(birth_year, kind)
        for queue_class in QueueClass:
            for _ in range(target.of(queue_class) - have.of(queue_class)):
                self.submit(self.somebody(birth_year, queue_class, kind=kind))

    def parent_and_child(self, birth_year: int) -> tuple[Iin, Iin]:
        """Somebody born in that year, early enough to have been put down, and a parent."""
        youngest = (self.loaded_at - AFTER_BIRTH - timedelta(days=3)).date()
        child = self.maker.iin(
            self.maker.day(date(birth_year, 1, 1), min(date(birth_year, 12, 31), youngest))
        )
        oldest, youngest_parent = (date(birth_year - years, 1, 1) for years in reversed(PARENT_IS_OLDER))
        return self.maker.iin(self.maker.day(oldest, youngest_parent)), child

    def _of(self, birth_year: int, kind: QueueKind) -> list[Entry]:
        return [each for each in self.entries if each.birth_year == birth_year and each.kind is kind]

    def _languages(self) -> tuple[str, ...]:
        if self.maker.one_in(9):
            return ("kk", "ru")
        return ("ru",) if self.maker.one_in(5) else ("kk",)

    def _privilege(self, queue_class: QueueClass) -> str | None:
        if queue_class is QueueClass.OUT_OF_QUEUE:
            return "special_state_body" if self.maker.one_in(3) else "serviceman"
        if queue_class is QueueClass.FIRST_PRIORITY:
            return "disabled_parents" if self.maker.one_in(6) else "large_family"
        return None
