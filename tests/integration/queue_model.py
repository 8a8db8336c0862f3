"""A queue in plain Python: a set of members, laid out anew for every question."""

from dataclasses import dataclass, field
from itertools import islice

from domain.application import QueueClass
from domain.queue_order import QueueKey


@dataclass
class PlainQueue:
    """Who stands in it, by number, and what everybody's place was after each event."""

    members: dict[int, tuple[QueueClass, QueueKey]] = field(default_factory=dict)
    phase: int = 0
    places: dict[int, dict[int, int]] = field(default_factory=dict)

    def order(self) -> list[int]:
        """The numbers of all members, first to last."""
        out, first, general = (iter(self.of_class(each)) for each in QueueClass)
        laid = [*out, *islice(general, self.phase)]
        while one := next(first, None):
            laid += [one, *islice(general, 3)]
        return [*laid, *general]

    def of_class(self, queue_class: QueueClass) -> list[int]:
        """The numbers of one class, first to last."""
        keys = {number: key for number, (each, key) in self.members.items() if each is queue_class}
        return sorted(keys, key=lambda number: keys[number])

    def happened(self, sequence: int) -> None:
        """Remember everybody's place after this event."""
        self.places[sequence] = {number: i for i, number in enumerate(self.order(), start=1)}

    def moves(self, number: int, since: int) -> list[tuple[int, int | None]]:
        """The events after `since` that changed a member's place, and the place after each."""
        changes = []
        before = self.places[since].get(number)
        for sequence in range(since + 1, max(self.places) + 1):
            after = self.places[sequence].get(number)
            if after != before:
                changes.append((sequence, after))
            before = after
        return changes
