"""When a phone counts as confirmed, and how many an application needs [000]."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import PhonesMissing
from domain.phone import Phone

VOUCHED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Vouching:
    """A messenger said, at that instant, that this is the account's own present number.

    An account has one or none: a changed number replaces or removes it.
    """

    phone: Phone
    at: datetime

    @property
    def until(self) -> datetime:
        """The instant since which it is too old."""
        return self.at + VOUCHED_FOR


def is_vouched(phone: Phone, vouching: Vouching | None, now: datetime) -> bool:
    """Whether the messenger spares this phone a code: its number, within 90 days (ours)."""
    return vouching is not None and vouching.phone == phone and now < vouching.until


def refuse_missing_phones(named: Collection[Phone], confirmed: Collection[Phone], required: int) -> None:
    """Refuse an application whose different, confirmed phones are fewer than required [000].

    Raises PhonesMissing.
    """
    missing = required - len(set(named) & set(confirmed))
    if missing > 0:
        raise PhonesMissing(missing)
