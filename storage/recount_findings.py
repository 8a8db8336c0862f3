"""What a recount can find wrong."""

from dataclasses import dataclass
from enum import Enum

from domain.application import QueueClass
from domain.queue_order import QueueKey


class Wrong(str, Enum):
    """Where what is written down and what was counted differ."""

    FIRST_BLOCK_MISSING = "first_block_missing"
    BLOCK_SIZE = "block_size"
    QUEUE_SIZE = "queue_size"
    QUEUE_SEQUENCE = "queue_sequence"
    """The queue's newest event is not the journal's: the next one would have no number."""
    EVENT_MISSING = "event_missing"
    """The journal has a gap before this event."""
    EVENT_SIZES = "event_sizes"
    """The sizes after this event do not follow from those before it."""
    JOURNAL_END = "journal_end"
    """The sizes or the phase after the newest event are not the queue's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference. `stored` is what was written down, `counted` what is so."""

    queue_id: int
    wrong: Wrong
    stored: int
    counted: int
    queue_class: QueueClass | None = None
    lowest: QueueKey | None = None
    """The block, by the key that it begins with."""
    sequence: int | None = None
    """The event of the journal."""
