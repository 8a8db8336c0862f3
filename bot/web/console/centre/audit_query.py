"""Which entries of the audit are asked for: as fields of an address or of a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.web.console.centre.audit_words import ABOUT, WHAT
from bot.web.console.fields import Fields
from bot.web.console.ids import id_in
from bot.web.console.period import ALWAYS, Period, period_in
from storage import journal, staff_logins, staff_within
from storage.audit_reading import Wanted
from storage.staff_reach import Reach
from storage.transaction import Transaction

LONGEST_LOGIN = 64
_ABOUT = re.compile(r"([a-z_]{1,32}):[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What was asked, as far as it can be; `login` of whoever did it."""

    login: str = ""
    what: str = ""
    about: str = ""
    period: Period = ALWAYS
    before: int | None = None

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are set, as fields."""
        every = {
            "who": self.login,
            "what": self.what,
            "about": self.about,
            "since": self.period.since.isoformat() if self.period.since else "",
            "until": self.period.until.isoformat() if self.period.until else "",
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
            self.period.begins_at,
            self.period.ends_at,
            self.before,
        )


def read(sent: Mapping[str, str]) -> AuditQuery:
    """Of what can't be asked for nothing is found. Raises FieldWrong for days that are none."""
    fields = Fields(sent)
    about = _ABOUT.fullmatch(fields.raw("about"))
    return AuditQuery(
        login="".join(fields.raw("who").split())[:LONGEST_LOGIN].replace("\0", ""),
        what=fields.raw("what") if fields.raw("what") in WHAT else "",
        about=about[0] if about and about[1] in ABOUT else "",
        period=period_in(fields),
        before=id_in(fields.raw("before")),
    )
