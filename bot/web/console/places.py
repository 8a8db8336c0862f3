"""Where somebody can go: the rows at the top of each page, by role."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.texts import Texts
from bot.web.console.permission import May, allows


@dataclass(frozen=True, slots=True)
class Place:
    """A page below the root, and what it is called."""

    path: str
    name: str


_PLACES: tuple[tuple[str, May, Callable[[Texts], str]], ...] = (
    ("applications", May.ANSWER_APPLICATIONS, lambda t: t("Applications")),
    ("referrals", May.SEE_REFERRALS, lambda t: t("Referrals")),
    ("groups", May.REPORT_SEATS, lambda t: t("Groups")),
    ("privileges", May.DECIDE_PRIVILEGES, lambda t: t("Privileges")),
    ("reviews", May.CHECK_REVIEWS, lambda t: t("Reviews")),
)


def places_of(t: Texts, role: str) -> list[Place]:
    """Those that are open to a role."""
    return [Place(path, name(t)) for path, may, name in _PLACES if allows(may, role)]
