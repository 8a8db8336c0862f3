"""Whether a referral is valid, told from its row: a comparison with `now`, whether or not any job ran."""

from datetime import datetime

from domain.referral import ReferralEnd

Over = tuple[ReferralEnd, datetime]


def over(state: str, ended_at: datetime | None, ends_at: datetime, now: datetime) -> Over | None:
    """How and when a referral was over; None while it is valid.

    `state` and `ended_at` are what was written when it ended before its time, or was found expired.
    """
    if ended_at is not None:
        return ReferralEnd(state), ended_at
    return (ReferralEnd.EXPIRED, ends_at) if now >= ends_at else None
