"""Which entries of the audit are asked for: as fields of an address or of a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.web.console.centre.audit_words import ABOUT, WHAT
from bot.web.console.fields import FieldFault, Fields, FieldWrong, require_day
from domain.local_time import start_of
from storage import journal, staff_logins, staff_within
from storage.audit_reading import Wanted
from storage.staff_reach import Reach
from storage.transaction import Transaction
from storage.types import LARGEST_ID

LONGEST_LOGIN = 64
_FIRST, _LAST = date(2000, 1, 1), date(2999, 12, 31)
_ABOUT = re.compile(r"([a-z_]{1,32}):[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What was asked, as far as it can be; `login` of whoever did it."""

    login: str = ""
    what: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, as fields."""
        every = {
            "who": self.login,
            "what": self.what,
            "about": self.about,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in every.items() if value}

    def wanted(self, tx: Transaction, reach: Reach) -> Wanted:
        """The entries by staff whose rights lie within the reach."""
        within = staff_within.ids(tx, reach)
        actors = None if within is None else [journal.by_staff(each) for each in within]
        if self.login:
            found = staff_logins.find(tx, self.login)
            one = [] if found is None else [journal.by_staff(found.staff_id)]
            actors = one if actors is None else [each for each in one if each in actors]
        return Wanted(
            actors,
            self.what,
            self.about,
            start_of(self.since) if self.since else None,
            start_of(self.until + timedelta(days=1)) if self.until else None,
            self.before,
        )


def read(sent: Mapping[str, str]) -> AuditQuery:
    """Of what can't be asked for nothing is found. Raises FieldWrong for days that are none."""
    fields = Fields(sent)
    about = _ABOUT.fullmatch(fields.raw("about"))
    before = fields.raw("before")
    since, until = _day(fields, "since"), _day(fields, "until")
    if since and until and until < since:
        raise FieldWrong("until", FieldFault.DAY_OUT_OF_RANGE, since, _LAST)
    return AuditQuery(
        login="".join(fields.raw("who").split())[:LONGEST_LOGIN].replace("\0", ""),
        what=fields.raw("what") if fields.raw("what") in WHAT else "",
        about=about[0] if about and about[1] in ABOUT else "",
        since=since,
        until=until,
        before=min(int(before), LARGEST_ID) if re.fullmatch(r"[0-9]{1,19}", before) else None,
    )


def _day(fields: Fields, name: str) -> date | None:
    if not fields.raw(name).strip():
        return None
    day = fields.day(name)
    require_day(name, day, _FIRST, _LAST)
    return day
