"""A column of a data set: its name for programs, its heading and its values for people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.flows.apply.instruction import language_name
from bot.texts import Texts
from bot.web.open_data import words
from storage.open_data.queues import FEW

Row = Mapping[str, Any]
InWords = Callable[[Texts], str]
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """`text` makes of a value what people read. One that is `for_programs` is on no page."""

    name: str
    heading: InWords
    text: Callable[[Texts, Any], str]
    for_programs: bool = False
    is_number: bool = False


def plain(_: Texts, value: Any) -> str:
    """As it is; nothing is a dash."""
    return NOTHING if value is None else str(value)


def day(t: Texts, value: Any) -> str:
    """A day, or none."""
    return NOTHING if value is None else t.day(value)


def moment(t: Texts, value: Any) -> str:
    """An instant."""
    return t.moment(value)


def month(_: Texts, value: Any) -> str:
    """2026-11 as 11.2026."""
    year, number = value.split("-")
    return f"{number}.{year}"


def years(_: Texts, value: Any) -> str:
    """Several years."""
    return ", ".join(map(str, value))


def few(_: Texts, value: Any) -> str:
    """A number; nothing stands for one that is too small to be told."""
    return f"< {FEW}" if value is None else str(value)


TERRITORY = (
    Column("territory", lambda t: t("Code of the territory"), plain, for_programs=True),
    Column("territory_name", lambda t: t("Territory"), plain),
)
KINDERGARTEN = Column("kindergarten", lambda t: t("Kindergarten"), plain)
QUEUE_KIND = Column("queue_kind", lambda t: t("Queue"), words.queue_kind)

SEATS = (
    *TERRITORY,
    KINDERGARTEN,
    Column("group", lambda t: t("Group"), plain),
    Column("language", lambda t: t("Language"), language_name),
    Column("birth_years", lambda t: t("Birth years"), years),
    Column("seats", lambda t: t("Places"), plain, is_number=True),
    Column("free", lambda t: t("Free now"), plain, is_number=True),
    Column("state", lambda t: t("State"), words.state),
    Column("published_at", lambda t: t("Published"), moment),
    Column("opens_at", lambda t: t("Opens"), moment),
    Column("priority_ends_at", lambda t: t("To everyone from"), moment),
    Column("cause", lambda t: t("Cause"), words.cause),
    Column("released_on", lambda t: t("The place is free from"), day),
    QUEUE_KIND,
    Column("seat_kind", lambda t: t("Kind of place"), words.seat_kind, for_programs=True),
)
REFERRALS = (
    *TERRITORY,
    KINDERGARTEN,
    Column("issued_on", lambda t: t("Issued"), day),
    Column("valid_through", lambda t: t("Valid through"), day),
    Column("status", lambda t: t("Status"), words.status),
    Column("ended_on", lambda t: t("Ended on"), day),
)
QUEUES = (
    *TERRITORY,
    QUEUE_KIND,
    Column("birth_year", lambda t: t("Birth year"), plain),
    Column("waiting", lambda t: t("Waiting"), few, is_number=True),
    Column("fewer_than", lambda t: t("Fewer than"), plain, for_programs=True),
)
PLACES = (
    *TERRITORY,
    Column("kindergartens", lambda t: t("Kindergartens"), plain, is_number=True),
    Column("groups", lambda t: t("Groups"), plain, is_number=True),
    Column("capacity", lambda t: t("Places"), plain, is_number=True),
    Column("free", lambda t: t("Free now"), plain, is_number=True),
)
STATISTICS = (
    Column("month", lambda t: t("Month"), month),
    *TERRITORY,
    Column("seats", lambda t: t("Places published"), plain, is_number=True),
    Column("returned", lambda t: t("of them came back"), plain, is_number=True),
    Column("referrals", lambda t: t("Referrals issued"), plain, is_number=True),
    Column("valid", lambda t: t("valid"), plain, is_number=True),
    Column("enrolled", lambda t: t("contract signed"), plain, is_number=True),
    Column("declined", lambda t: t("given up"), plain, is_number=True),
    Column("expired", lambda t: t("not used in time"), plain, is_number=True),
    Column("refused_at_desk", lambda t: t("refused at the kindergarten"), plain, is_number=True),
    Column("revoked", lambda t: t("taken back by the department"), plain, is_number=True),
    Column("waiting_days", lambda t: t("Days waited (median)"), plain, is_number=True),
)
