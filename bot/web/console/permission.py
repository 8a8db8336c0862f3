"""Who of the staff may do what. How far, by house and territory, is another question."""

from collections.abc import Mapping
from enum import Enum

from domain.staff import StaffRole


class May(Enum):
    """What a page is for. Each page declares one of these."""

    SIGN_IN = "sign_in"
    """Open to whoever comes."""
    COME_IN = "come_in"
    """Open to everybody who is signed in, also before a password that was made for them is changed."""
    BE_HERE = "be_here"
    """Open to everybody who is signed in, as is all below if the role is right."""
    REPORT_SEATS = "report_seats"
    ANSWER_APPLICATIONS = "answer_applications"
    SEE_REFERRALS = "see_referrals"
    SIGN_CONTRACTS = "sign_contracts"
    REVOKE_REFERRALS = "revoke_referrals"
    """Whole ones, or their extensions."""
    CHECK_REVIEWS = "check_reviews"
    DECIDE_PRIVILEGES = "decide_privileges"
    FOLLOW_CHATS = "follow_chats"
    """See the inbox and what is said in a chat."""
    STEP_IN = "step_in"
    """Take questions, answer, prepare steps, talk in the bot's stead, note and label."""
    SEARCH_PEOPLE = "search_people"
    """Find somebody by a number or by words, and see what is masked, for a reason."""
    ASSIST_FAMILIES = "assist_families"
    """Apply for a family that has no smartphone."""
    WRITE_ANSWERS = "write_answers"
    """Write the answers that are kept ready."""
    SEE_STARS = "see_stars"
    """See how parents found that they were helped; operators their own row, admins that of each operator."""
    SEE_AUDIT = "see_audit"
    MANAGE_STAFF = "manage_staff"
    """See who is signed in, end sessions, unlock, give a new start, shut out."""


_BOTH = frozenset({StaffRole.KINDERGARTEN, StaffRole.DEPARTMENT})
_DEPARTMENT = frozenset({StaffRole.DEPARTMENT})
_OPERATOR = frozenset({StaffRole.OPERATOR})
_ADMIN = frozenset({StaffRole.ADMIN})

ROLES: Mapping[May, frozenset[StaffRole]] = {
    May.SIGN_IN: frozenset(StaffRole),
    May.COME_IN: frozenset(StaffRole),
    May.BE_HERE: frozenset(StaffRole),
    May.REPORT_SEATS: frozenset({StaffRole.KINDERGARTEN}),
    May.ANSWER_APPLICATIONS: _BOTH,
    May.SEE_REFERRALS: _BOTH,
    May.SIGN_CONTRACTS: frozenset({StaffRole.KINDERGARTEN}),
    May.REVOKE_REFERRALS: _DEPARTMENT,
    May.CHECK_REVIEWS: _DEPARTMENT,
    May.DECIDE_PRIVILEGES: _DEPARTMENT,
    May.FOLLOW_CHATS: _OPERATOR | _ADMIN,
    May.STEP_IN: _OPERATOR,
    May.SEARCH_PEOPLE: _OPERATOR | _ADMIN,
    May.ASSIST_FAMILIES: _OPERATOR,
    May.WRITE_ANSWERS: _OPERATOR | _ADMIN,
    May.SEE_STARS: _OPERATOR | _ADMIN,
    May.SEE_AUDIT: _ADMIN,
    May.MANAGE_STAFF: _ADMIN,
}


def allows(may: May | None, role: str) -> bool:
    """Whether somebody of that role may; nobody may what was not declared."""
    return may is not None and role in {each.value for each in ROLES[may]}
