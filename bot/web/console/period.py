"""From which day to which: as two fields of a form or of an address, either of which may be empty."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.web.console.fields import FieldFault, Fields, FieldWrong, require_day
from domain.local_time import start_of

SINCE, UNTIL = "since", "until"
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it; None: without an end."""

    since: date | None = None
    until: date | None = None

    @property
    def begins_at(self) -> datetime | None:
        """Its first instant."""
        return start_of(self.since) if self.since else None

    @property
    def ends_at(self) -> datetime | None:
        """The first instant after it."""
        return start_of(self.until + timedelta(days=1)) if self.until else None


ALWAYS = Period()


def period_in(fields: Fields) -> Period:
    """What is named. Raises FieldWrong for days that are none, and for an end before the beginning."""
    found = Period(_day(fields, SINCE), _day(fields, UNTIL))
    if found.since and found.until and found.until < found.since:
        raise FieldWrong(UNTIL, FieldFault.DAY_OUT_OF_RANGE, found.since, _LAST)
    return found


def _day(fields: Fields, name: str) -> date | None:
    if not fields.raw(name).strip():
        return None
    day = fields.day(name)
    require_day(name, day, _FIRST, _LAST)
    return day
