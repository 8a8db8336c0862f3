"""How often something may be tried: checks of a place by strangers, codes, passwords (ours)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import TooManyTries


@dataclass(frozen=True, slots=True)
class TryLimit:
    """At most `most` tries in any `span`."""

    most: int
    span: timedelta


CHECKS_PER_CONTACT = TryLimit(5, timedelta(hours=1))
CHECKS_PER_ADDRESS = TryLimit(20, timedelta(hours=1))
CODES_PER_PHONE = TryLimit(3, timedelta(hours=1))
CODES_PER_CONTACT = TryLimit(5, timedelta(hours=1))
CODES_PER_MAILBOX = CODES_PER_PHONE
UNDO_CODES_PER_PHONE = TryLimit(6, timedelta(hours=1))
"""Codes for undoing a change of phone: on a count of their own, or a thief could use them up."""
UNDO_CODES_PER_ASKER = TryLimit(2, timedelta(hours=1))
"""To one number, for one account or network address: so that one alone cannot use them up."""
CODES_PER_ADDRESS = TryLimit(20, timedelta(hours=1))
WRONG_CODES_PER_CONTACT = TryLimit(5, timedelta(hours=1))
"""Typed by one account for one number, where it does not matter who asked for the code."""
WRONG_CODES_PER_ADDRESS = TryLimit(20, timedelta(hours=1))
PASSWORDS = TryLimit(5, timedelta(hours=1))
"""Of one cabinet; the right one takes the wrong ones off the count."""
PASSWORDS_PER_CONTACT = TryLimit(30, timedelta(hours=1))
"""Passwords typed by one account, for whatever: each is an expensive sum for us."""
CHILDREN_PER_PARENT = TryLimit(10, timedelta(days=1))
"""IINs of children that the register is asked about for the cabinet."""
CHILDREN_PER_CONTACT = CHILDREN_PER_PARENT
"""By one account, whoever it says to be."""
PARENTS_PER_CONTACT = TryLimit(5, timedelta(days=1))
"""IINs of parents that the register is asked about: its answer names somebody."""
PARENTS_PER_PHONE = TryLimit(5, timedelta(days=1))
PARENTS_PER_ADDRESS = TryLimit(20, timedelta(days=1))
INVITATIONS_PER_PARENT = TryLimit(5, timedelta(days=1))
HELPERS_PER_PARENT = TryLimit(3, timedelta(days=1))
EXPORTS_PER_PARENT = TryLimit(3, timedelta(days=1))
"""Copies of everything that is kept: each is work for minutes, and a thief would want one, too."""
PAPERS_PER_PARENT = TryLimit(10, timedelta(hours=1))
"""Referrals printed for a parent: the file store keeps each for a while."""

FILES_PER_PARENT = TryLimit(30, timedelta(days=1))
"""Files that are looked at for a parent, in whatever messenger: looking and keeping is work for us."""

SIGN_INS_PER_LOGIN_AND_ADDRESS = TryLimit(5, timedelta(minutes=15))
"""Of the staff, at the console; the right password takes these off the count."""
SIGN_INS_PER_LOGIN = TryLimit(30, timedelta(hours=1))
SIGN_INS_PER_KNOWN_BROWSER = SIGN_INS_PER_LOGIN_AND_ADDRESS
"""Where the person has signed in before; in the place of the two others, which strangers can use up."""
SIGN_INS_PER_ADDRESS = TryLimit(30, timedelta(minutes=15))
PASSWORDS_OF_STAFF = TryLimit(5, timedelta(minutes=15))
"""The own password, asked again by somebody who is signed in."""
CODES_OF_STAFF = PASSWORDS_OF_STAFF
"""Of the second step, when somebody who is signed in turns it off."""
SECOND_STEPS_PER_SIGN_IN = TryLimit(5, timedelta(minutes=5))
"""Codes for one right password; then it is asked for again."""
SECOND_STEPS_PER_LOGIN = TryLimit(20, timedelta(hours=1))
"""From wherever the password was right. In a known browser they are on a count of their own."""

REVEALED_PER_STAFF = TryLimit(60, timedelta(hours=1))
"""Numbers that one of the staff has shown in full, and searches by such numbers: nobody needs more."""
SEARCHES_PER_STAFF = REVEALED_PER_STAFF


def require_try(limit: TryLimit, tried: Sequence[datetime], now: datetime) -> None:
    """Let a try through, or raise TooManyTries with the instant from which one is possible again.

    `tried` are the earlier tries. A try made at 10:00:00 counts until just before 11:00:00.
    """
    counting = sorted(at for at in tried if at > now - limit.span)
    if len(counting) >= limit.most:
        raise TooManyTries(again_at=counting[-limit.most] + limit.span)


def tries_left(limit: TryLimit, tried: Sequence[datetime], now: datetime) -> int:
    """How many tries there still are at this moment."""
    return max(0, limit.most - sum(at > now - limit.span for at in tried))
