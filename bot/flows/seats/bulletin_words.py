"""A bulletin in words: its fields, and to whom it is open [004]."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from bot.conversation.limits import LONGEST_LABEL
from bot.flows.apply.instruction import language_name
from bot.texts import Texts
from domain.application import QueueKind
from domain.local_time import local_date
from domain.school_year import age_group
from domain.seat_list import BulletinState
from storage.seats.bulletins import Bulletin


def years(t: Texts, birth_years: Iterable[int]) -> str:
    """Born in which years."""
    return t("born {years}", years=", ".join(map(str, sorted(birth_years))))


def seats(t: Texts, bulletin: Bulletin) -> str:
    """How many are free, of how many."""
    return t("{free} of {total} free", free=bulletin.free, total=bulletin.total)


def numbered(kindergarten: str, number: int) -> str:
    """A kindergarten on a button, with its number in the list: the name within the quotes of its sign."""
    name = kindergarten.replace("«", '"').replace("»", '"')
    parts = name.split('"')
    short = parts[1] if len(parts) > 2 and parts[1].strip() else name
    return f"{number}. {short}"[:LONGEST_LABEL]


def state(t: Texts, bulletin: Bulletin, now: datetime, access_until: datetime | None = None) -> str:
    """To whom it is open; `access_until`: for as long the asker is among the first of its list."""
    match bulletin.state(now):
        case BulletinState.UNPUBLISHED | BulletinState.LOOK_ONLY:
            return t("to look at; opens {moment}", moment=t.moment(bulletin.seat_list.opens_at))
        case BulletinState.FOR_THE_FIRST if access_until is not None:
            return t("open to you until {moment}", moment=t.moment(access_until))
        case BulletinState.FOR_THE_FIRST:
            until = t.moment(bulletin.seat_list.priority_ends_at)
            return t("for the first of the queue; to everyone from {moment}", moment=until)
        case BulletinState.OPEN_TO_EVERYONE:
            return t("open to everyone")
        case BulletinState.FULL:
            return t("no seat left")
        case BulletinState.RECALLED:
            return t("recalled")


def fields(t: Texts, bulletin: Bulletin, today: date) -> Iterator[str]:
    """All that it shows, a line each."""
    offer, opened = bulletin.offer, bulletin.seat_list
    yield t("Kindergarten: {name}, {ownership}", name=bulletin.kindergarten, ownership=ownership(t, bulletin))
    if bulletin.address:
        yield t("Address: {address}", address=bulletin.address)
    yield t("Group: {name}, {kind}", name=bulletin.group, kind=group_kind(t, bulletin))
    if offer.queue_kind is QueueKind.CORRECTIONAL:
        yield t("Correctional queue")
    yield t(
        "Age group: {ages}, {years}",
        ages=_ages(t, offer.birth_years, today),
        years=years(t, offer.birth_years),
    )
    yield t("Language: {language}", language=language_name(t, offer.language))
    yield t("Seats: {seats}", seats=seats(t, bulletin))
    yield t("Kind of seat: {kind}", kind=seat_kind(t, bulletin))
    if bulletin.released_on > today:
        yield t("Empty from {date}: no contract starts before", date=t.day(bulletin.released_on))
    else:
        yield t("Empty since {date}", date=t.day(bulletin.released_on))
    yield t("Published {moment}, by: {who}", moment=t.moment(opened.publish_at), who=publisher(t, bulletin))
    yield t("Opens {moment}", moment=t.moment(opened.opens_at))
    yield t("To everyone from {moment}", moment=t.moment(opened.priority_ends_at))


def empty_later(t: Texts, released_on: date, now: datetime) -> Iterator[str]:
    """From when the seat is really empty, for who has it in hand: said only while that lies ahead."""
    if released_on > local_date(now):
        yield t("Empty from {date}: no contract starts before", date=t.day(released_on))


def ownership(t: Texts, bulletin: Bulletin) -> str:
    """Whose the kindergarten is."""
    return t("private") if bulletin.ownership == "private" else t("state-run")


def group_kind(t: Texts, bulletin: Bulletin) -> str:
    """Day group or another: words that files may bring stand as they are."""
    return t("day group") if bulletin.group_kind == "day" else bulletin.group_kind.replace("_", " ")


def seat_kind(t: Texts, bulletin: Bulletin) -> str:
    """A vacant seat, or why it came back."""
    match bulletin.cause:
        case None if bulletin.seat_kind == "vacant":
            return t("vacant")
        case None:
            return bulletin.seat_kind.replace("_", " ")
        case "expired":
            return t("came back: a referral was not used in time")
        case "refused_at_desk":
            return t("came back: no contract was signed")
        case "revoked":
            return t("came back: a referral was taken back")
        case "turned_down":
            return t("came back: an application was declined")
        case _:
            return t("came back: given up by a family")


def publisher(t: Texts, bulletin: Bulletin) -> str:
    """The role of whoever published it; no names."""
    match bulletin.published_by_role:
        case "department" | "admin":
            return t("education department")
        case "operator":
            return t("operator")
        case _:
            return t("the kindergarten")


def _ages(t: Texts, birth_years: Iterable[int], today: date) -> str:
    youngest = [age_group(year, today) for year in birth_years]
    return t("{from_age}–{to_age} years", from_age=max(min(youngest), 0), to_age=max(youngest) + 1)
