"""Somebody who helps a parent with a telephone: what that is, and when it ends (ours).

A helper looks and is told, and does nothing: what a parent may do takes the parent's own proof.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.errors import HelperFault, HelperRefused
from domain.notice import Told
from domain.phone import Phone

HELPS_FOR = timedelta(days=365)
"""Whoever helps longer is named anew: nobody is to be told of a family that has forgotten them."""
NAMED_FOR = timedelta(days=7)
"""So long the one who was named can say yes."""
LONGEST_NAME = 30

PARENTS_ALONE = frozenset(
    {
        Told.STILL_WANTED,
        Told.REGISTER_DIFFERS,
        Told.NOT_IN_REGISTER,
        Told.NOT_NAMED_IN_REGISTER,
        Told.DATA_CONFIRMED,
        Told.DEPARTMENT_ANSWERED,
        Told.SIGNED_IN,
        Told.PHONE_ADDED,
        Told.PHONE_CHANGED,
        Told.PHONE_ADDED,
        Told.PHONE_CHANGE_UNDONE,
        Told.PHONE_ADDING_UNDONE,
        Told.SECOND_PHONE_CONFIRMED,
        Told.PASSWORD_SET,
        Told.PASSWORD_REMOVED,
        Told.SECOND_PARENT_ASKS,
        Told.SECOND_PARENT_JOINED,
        Told.OTHER_PARENT_JOINED,
        Told.SECOND_PARENT_DECLINED,
        Told.HELPER_JOINED,
        Told.HELPER_REMOVED,
        Told.EXPORT_MADE,
        Told.ACCOUNT_LOST,
        Told.NUMBER_LOST,
        Told.MAILBOX_LOST,
        Told.OTHER_PARENT_ERASED,
        Told.REVIEW_SHOWN,
        Told.REVIEW_REFUSED,
        Told.OPERATOR_ANSWERED,
    }
)
"""Who the parent is and who may enter: of no use to a helper, and of much use to a thief."""
TOLD_TO_HELPERS = frozenset(
    {
        Told.REGISTERED,
        Told.WITHDRAWN,
        Told.RESTORED,
        Told.PAUSED,
        Told.RESUMED,
        Told.PRIVILEGE_RECEIVED,
        Told.PRIVILEGE_CONFIRMED,
        Told.PRIVILEGE_REFUSED,
        Told.PRIVILEGE_LOST,
        Told.PRIVILEGE_DROPPED,
        Told.OBJECTION_REFUSED,
        Told.REFERRAL_ISSUED,
        Told.SENT_DECLINED,
        Told.ENROLLED,
        Told.REFUSED_AT_DESK,
        Told.DID_NOT_COME,
        Told.CHILD_LEFT,
        Told.SEAT_RECALLED,
        Told.EXTENSION_REVOKED,
        Told.REFERRAL_REVOKED,
        Told.PLACE_MOVED,
        Told.PLACE_MARK,
        Told.LIST_PUBLISHED,
        Told.OPEN_TO_EVERYONE,
        Told.ACCESS_OPENED,
        Told.ACCESS_ENDS,
        Told.HOLD_ENDS,
        Told.HOLD_GONE,
        Told.REFERRAL_ENDS_SOON,
        Told.REFERRAL_ENDS_TODAY,
        Told.REFERRAL_EXPIRED,
        Told.SUSPENSION_OVER,
        Told.REFERRAL_LONGER,
        Told.SUSPENSION_SHORTER,
        Told.PROLONGED,
        Told.AGED_OUT,
        Told.SILENCE_ASKED,
        Told.PAUSED_BY_SILENCE,
        Told.SENT,
        Told.SENT_TAKEN_BACK,
        Told.REFERRAL_EXTENDED,
        Told.REFERRAL_GIVEN_UP,
    }
)
"""What becomes of the applications. A kind that stands in neither set is not told: nothing slips through."""


@dataclass(frozen=True, slots=True)
class Helper:
    """One who was named by a parent. Instants in UTC; `name` is what the parent calls them."""

    id: int
    parent_id: int
    contact_id: int | None
    named_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    phone: Phone = field(repr=False)
    name: str = field(default="", repr=False)

    @property
    def until(self) -> datetime:
        """The instant since which it is over by itself, or since which it is too late to say yes."""
        if self.confirmed_at is not None:
            return self.confirmed_at + HELPS_FOR
        return self.named_at + NAMED_FOR

    def is_over(self, now: datetime) -> bool:
        """Whether nothing is left of it."""
        return self.ended_at is not None or now >= self.until

    def helps(self, now: datetime) -> bool:
        """Whether this one may look and is told."""
        return self.confirmed_at is not None and not self.is_over(now)

    def waits(self, now: datetime) -> bool:
        """Whether this one can still say yes."""
        return self.confirmed_at is None and not self.is_over(now)


def refuse_own_phone(phone: Phone, own: Collection[Phone]) -> None:
    """A parent's own phone is no helper's. Raises HelperRefused."""
    if phone in own:
        raise HelperRefused(HelperFault.OWN_PHONE)
