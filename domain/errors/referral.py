"""What can't be done with a referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.errors.base import Refused

if TYPE_CHECKING:
    from domain.referral import ReferralEnd


@dataclass(unsafe_hash=True)
class ActivationRefused(Refused):
    """The department may decide in the kindergarten's stead from `since`, not before."""

    since: datetime


class ReferralRefused(Refused):
    """Not possible with this referral."""


@dataclass(unsafe_hash=True)
class ReferralOver(ReferralRefused):
    """The referral was over at `at`, in this way."""

    end: ReferralEnd
    at: datetime


@dataclass(unsafe_hash=True)
class ReferralStillValid(ReferralRefused):
    """Whoever holds it may still come, before `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class AlreadyExtended(ReferralRefused):
    """As often as the referral can be extended, it was."""

    last_day: date


@dataclass(unsafe_hash=True)
class ExtensionOutOfRange(ReferralRefused):
    """From one day to `most_days`."""

    most_days: int


@dataclass(unsafe_hash=True)
class ExtensionUnproven(ReferralRefused):
    """An extension needs supporting documents."""


@dataclass(unsafe_hash=True)
class NothingToRevoke(ReferralRefused):
    """No extension of this referral is running."""


class NoContract(ReferralRefused):
    """No contract was signed on it: nobody goes there who could leave."""


@dataclass(unsafe_hash=True)
class ContractTooEarly(ReferralRefused):
    """No contract starts before the seat is really empty."""

    released_on: date
