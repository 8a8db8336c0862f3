"""How a referral came to its end, in words: with its instant, and briefly for a list."""

from typing import assert_never

from bot.texts import Texts
from domain.referral import ReferralEnd


def ended(t: Texts, end: ReferralEnd, moment: str) -> str:
    """A sentence; `moment` is when, in words."""
    match end:
        case ReferralEnd.ENROLLED:
            return t("Used: the contract was signed {moment}.", moment=moment)
        case ReferralEnd.DECLINED:
            return t("Given up {moment}.", moment=moment)
        case ReferralEnd.EXPIRED:
            return t("Not used in time: it ended {moment}.", moment=moment)
        case ReferralEnd.REFUSED_AT_DESK:
            return t("The kindergarten did not sign: it ended {moment}.", moment=moment)
        case ReferralEnd.REVOKED:
            return t("Taken back by the education department: it ended {moment}.", moment=moment)
    assert_never(end)


def ended_briefly(t: Texts, end: ReferralEnd) -> str:
    """A few words."""
    match end:
        case ReferralEnd.ENROLLED:
            return t("used: the contract was signed")
        case ReferralEnd.DECLINED:
            return t("given up")
        case ReferralEnd.EXPIRED:
            return t("not used in time")
        case ReferralEnd.REFUSED_AT_DESK:
            return t("the kindergarten did not sign")
        case ReferralEnd.REVOKED:
            return t("taken back")
    assert_never(end)
