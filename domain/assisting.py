"""Applying for a family that has no smartphone: one of the staff plays the flows in its stead (ours).

It is held on a channel of its own. Its address says who helps, in which session, and since when, so that
every turn can tell whether it goes on: nothing has to run for it to be over.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Self

CHANNEL = "assisted"
LASTS = timedelta(minutes=30)
"""So long what the family has agreed to on the telephone is good for."""

OVER = "over"
_ADDRESS = re.compile(r"([0-9]{1,19})\.([0-9a-f]{24})\.([0-9]{1,12})\.([A-Za-z0-9_-]{16})")


@dataclass(frozen=True, slots=True)
class Helping:
    """One such help: by whom, in which session (a mark of it), since when; `number` tells it from others."""

    staff_id: int
    session: str
    since: datetime
    number: str

    @classmethod
    def begun(cls, staff_id: int, session_hash: bytes, now: datetime, number: str) -> Self:
        """One that begins now, to the second."""
        return cls(staff_id, session_mark(session_hash), now.replace(microsecond=0), number)

    @property
    def address(self) -> str:
        """Where its conversation is held."""
        since = int(self.since.timestamp())
        return f"{prefix(self.staff_id, self.session)}{since}.{self.number}"

    @property
    def until(self) -> datetime:
        """The first instant at which it is over."""
        return self.since + LASTS

    def goes_on(self, now: datetime) -> bool:
        """Whether its time is not over yet."""
        return now < self.until


def session_mark(session_hash: bytes) -> str:
    """What tells a session of the console from another, and opens none."""
    return sha256(b"assisting" + session_hash).hexdigest()[:24]


def prefix(staff_id: int, session: str) -> str:
    """How the addresses of all that begin in a session begin."""
    return f"{staff_id}.{session}."


def helping_at(address: str) -> Helping | None:
    """What an address says; None for one that is over, or never was one."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    since = datetime.fromtimestamp(int(found[3]), UTC)
    return Helping(int(found[1]), found[2], since, found[4])
