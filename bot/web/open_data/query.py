"""What a query string asks for. Whatever else comes in is refused in words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from multidict import MultiMapping

from bot.texts import Texts

DAYS = 366
"""At most so many in one answer."""

USUAL_DAYS = 31
"""So many, when none are named."""

NAMES = frozenset({"territory", "from", "to", "after", "lang", "excel"})

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MARK = re.compile(r"\d{1,17}(\.\d{1,19})?", re.ASCII)
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)

InWords = Callable[[Texts], str]


class BadQuery(Exception):
    """A query that means nothing. `words` say why."""

    def __init__(self, words: InWords) -> None:
        super().__init__()
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for, in one spelling: equal questions are equal. Days are included, both of them.

    `after` is the mark of the row that the last page ended with.
    """

    language: str
    territory: str | None = None
    since: date | None = None
    until: date | None = None
    after: str | None = None
    excel: bool = False

    def span(self, today: date) -> tuple[date, date]:
        """From which day to which, both included."""
        until = self.until or (today if self.since is None else min(today, self.since + _MOST))
        return self.since or until - timedelta(days=USUAL_DAYS - 1), until


_MOST = timedelta(days=DAYS - 1)


def read(asked: MultiMapping[str], language: str, *, strict: bool) -> Query:
    """The query. Raises BadQuery; for names we don't know only when `strict`: links get such on their way."""
    unknown = sorted(set(asked) - NAMES)
    if strict and unknown:
        raise BadQuery(lambda t: t("There is no parameter “{name}”.", name=unknown[0][:40]))
    for name in NAMES:
        if len(asked.getall(name, [])) > 1:
            raise BadQuery(lambda t, name=name: t("“{name}” stands there twice.", name=name))  # type: ignore[misc]
    query = Query(
        language=language,
        territory=_matching(asked, "territory", _CODE),
        since=_day(asked, "from"),
        until=_day(asked, "to"),
        after=_matching(asked, "after", _MARK),
        excel=_matching(asked, "excel", re.compile("1")) is not None,
    )
    if query.since and query.until and not timedelta() <= query.until - query.since <= _MOST:
        raise BadQuery(
            lambda t: t("“from” must not be after “to”, and at most {days} days can be asked for.", days=DAYS)
        )
    return query


def _matching(asked: MultiMapping[str], name: str, pattern: re.Pattern[str]) -> str | None:
    value = asked.get(name, "")
    if value and not pattern.fullmatch(value):
        raise BadQuery(lambda t: t("What stands in “{name}” cannot be read.", name=name))
    return value or None


def _day(asked: MultiMapping[str], name: str) -> date | None:
    value = _matching(asked, name, _DAY)
    try:
        day = None if value is None else date.fromisoformat(value)
    except ValueError:
        day = LAST
    if day is not None and not FIRST <= day < LAST:
        raise BadQuery(lambda t: t("“{name}” must be a day such as {day}.", name=name, day="2026-11-27"))
    return day
