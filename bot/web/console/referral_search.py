"""Finding a referral by what a parent brings: the child's IIN, the number, or the QR code's link [001]."""

from bot.papers.referral_links import ReferralLinks
from domain.errors import IinRefused
from domain.iin import Iin
from domain.separators import without_separators
from storage.seats import referrals
from storage.seats.referrals import Issued
from storage.transaction import Transaction

LONGEST = 500
_IIN_DIGITS = 12
_MOST_DIGITS = 18


def find(tx: Transaction, links: ReferralLinks, houses: frozenset[int], typed: str) -> list[Issued]:
    """The referrals to these kindergartens, valid or not, the newest first.

    One of another kindergarten is not found, as if there was none. Raises IinRefused for twelve digits that
    are no IIN.
    """
    return [each for each in _found(tx, links, typed) if each.kindergarten_id in houses]


def _found(tx: Transaction, links: ReferralLinks, typed: str) -> list[Issued]:
    scanned = links.number_of(typed)
    if scanned is not None:
        return _by_number(tx, scanned)
    digits = without_separators(typed).removeprefix("№")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
        return []
    if len(digits) == _IIN_DIGITS:
        return list(_by_iin(tx, digits)) or _by_number(tx, int(digits))
    return _by_number(tx, int(digits))


def _by_iin(tx: Transaction, digits: str) -> list[Issued]:
    try:
        return list(referrals.by_child_iin(tx, Iin.parse(digits)))
    except IinRefused:
        found = _by_number(tx, int(digits))
        if not found:
            raise
        return found


def _by_number(tx: Transaction, number: int) -> list[Issued]:
    found = referrals.by_number(tx, number)
    return [] if found is None else [found]
