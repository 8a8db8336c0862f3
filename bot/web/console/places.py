"""Where somebody can go: the rows at the top of each page, and the tiles of the first one, by role."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.texts import Texts
from bot.web.console.capped import capped
from bot.web.console.permission import May, allows
from storage import reviews, staff_within
from storage.centre import assisted, inbox_people, ready_answers
from storage.centre.inbox_people import Within
from storage.desk import groups, privileged, sent, valid
from storage.staff_reach import Reach
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Place:
    """A page below the root: who may go there, what it is called, how many wait there and of what."""

    path: str
    may: May
    name: Callable[[Texts], str]
    number: Callable[[Transaction, Reach], int | str]
    what: Callable[[Texts], str]


def _offered(tx: Transaction, reach: Reach) -> int:
    return sum(each.offered for each in groups.of_houses(tx, reach.kindergartens))


def _not_counted(_: Transaction, __: Reach) -> str:
    return ""


PLACES = (
    Place(
        "chats",
        May.FOLLOW_CHATS,
        lambda t: t("Chats"),
        lambda tx, reach: capped(
            inbox_people.how_many_wait(tx, Within(reach.territories)), inbox_people.MOST_COUNTED
        ),
        lambda t: t("wait for a person"),
    ),
    Place(
        "applications",
        May.ANSWER_APPLICATIONS,
        lambda t: t("Applications"),
        lambda tx, reach: sent.how_many_wait(tx, reach.kindergartens),
        lambda t: t("wait to be activated or declined"),
    ),
    Place(
        "referrals",
        May.SEE_REFERRALS,
        lambda t: t("Referrals"),
        lambda tx, reach: valid.how_many(tx, reach.kindergartens),
        lambda t: t("are valid: sign, refuse, find"),
    ),
    Place(
        "groups",
        May.REPORT_SEATS,
        lambda t: t("Groups"),
        _offered,
        lambda t: t("seats are reported and not signed for"),
    ),
    Place(
        "privileges",
        May.DECIDE_PRIVILEGES,
        lambda t: t("Privileges"),
        lambda tx, reach: privileged.how_many_wait(tx, reach.territories),
        lambda t: t("wait for a decision about their documents"),
    ),
    Place(
        "reviews",
        May.CHECK_REVIEWS,
        lambda t: t("Reviews"),
        lambda tx, reach: reviews.how_many_wait(tx, reach.territories),
        lambda t: t("wait for a look"),
    ),
    Place(
        "search",
        May.SEARCH_PEOPLE,
        lambda t: t("Search"),
        _not_counted,
        lambda t: t("by number, IIN, phone, or by what was said"),
    ),
    Place(
        "assist",
        May.ASSIST_FAMILIES,
        lambda t: t("By telephone"),
        lambda tx, reach: assisted.how_many(tx, reach.territories),
        lambda t: t("families are being helped now: apply for one without a smartphone"),
    ),
    Place(
        "answers",
        May.WRITE_ANSWERS,
        lambda t: t("Ready answers"),
        lambda tx, reach: ready_answers.how_many(tx, reach.territories),
        lambda t: t("are written by the staff: add, change, take away"),
    ),
    Place(
        "stars",
        May.SEE_STARS,
        lambda t: t("Stars"),
        _not_counted,
        lambda t: t("how parents found that they were helped"),
    ),
    Place(
        "staff",
        May.MANAGE_STAFF,
        lambda t: t("Staff members"),
        staff_within.how_many_may_sign_in,
        lambda t: t("may sign in: their sessions, locks and second steps"),
    ),
    Place(
        "audit",
        May.SEE_AUDIT,
        lambda t: t("Audit"),
        _not_counted,
        lambda t: t("who did what, when and from where"),
    ),
)


def places_of(role: str) -> list[Place]:
    """Those that are open to a role."""
    return [each for each in PLACES if allows(each.may, role)]
