"""Which part of the open data is asked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """From `since` on and before `until`, in these territories; None: in all."""

    since: datetime
    until: datetime
    territories: tuple[int, ...] | None = None
