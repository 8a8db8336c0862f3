"""What the demo's queues are made of: applications, and what happened to some of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.application import QueueClass, QueueKind
from domain.iin import Iin


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One application as it was submitted. `queue_class` is the class it had then."""

    number: int
    child: Iin
    parents: tuple[Iin, ...]
    submitted_at: datetime
    queue_class: QueueClass = QueueClass.GENERAL
    kind: QueueKind = QueueKind.GENERAL
    privilege: str | None = None
    unverified: bool = False
    languages: tuple[str, ...] = ("kk",)

    @property
    def birth_year(self) -> int:
        """The birth year of its queue."""
        return self.child.birth_date.year


class What(Enum):
    """What happened to an application of the demo after the queues were loaded."""

    SUBMITTED = "submitted"
    PRIVILEGED = "privileged"
    """A privilege was confirmed: the class changes, the date stays."""
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"
    ENROLLED = "enrolled"
    EXPIRED = "expired"
    """The referral was not used: suspended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One step in an application's life. `privilege` only where one was confirmed."""

    at: datetime
    entry: Entry
    what: What
    privilege: str | None = None
    queue_class: QueueClass | None = None
