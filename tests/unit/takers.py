"""What tests ask of the rules of taking in one word."""

from datetime import datetime

from domain.taking import Applicant, Bulletin, reasons_against


def may_take(applicant: Applicant, bulletin: Bulletin, now: datetime) -> bool:
    """Whether nothing stands in the way."""
    return not reasons_against(applicant, bulletin, now)
