"""Published bulletins with free seats, page by page, and what they can be told apart by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, exists, literal, or_, select, type_coerce

from domain.application import QueueKind
from storage.seats.bulletins import READ, Bulletin, bulletin_from
from storage.seats.free import HAS_FREE, NOW, TERRITORY
from storage.tables import access, bulletin, child_group, kindergarten, seat_list
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which bulletins are wanted; None, or nothing in it, leaves that open.

    `open_to`: the id of an application to which their list is open now, as one of the first or as to
    everyone. Whether the seats fit that one is said by the other filters.
    """

    territory_id: int
    queue_kind: QueueKind | None = None
    birth_year: int | None = None
    languages: frozenset[str] = frozenset()
    kindergarten_id: int | None = None
    open_to_everyone: bool = False
    open_to: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some bulletins, and the first one of the next page, if there is one."""

    shown: tuple[Bulletin, ...]
    next_id: int | None


@dataclass(frozen=True, slots=True)
class Kindergarten:
    """One with free seats."""

    id: int
    name: str


_ORDER = (
    seat_list.c.publish_at.desc(),
    kindergarten.c.name,
    child_group.c.name,
    bulletin.c.id,
)
_OFFERED = {
    dialect: READ.where(bulletin.c.territory_id == TERRITORY, bulletin.c.recalled_at.is_(None), has_free)
    for dialect, has_free in HAS_FREE.items()
}
_MADE = seat_list.c.access_made_at.is_not(None)
_TO_EVERYONE = and_(_MADE, seat_list.c.priority_ends_at <= NOW)


def page(tx: Transaction, filters: Filters, size: int, first_id: int | None = None) -> Page:
    """The newest lists first; from `first_id` on, whatever has become of that one meanwhile.

    One that does not exist begins at the beginning.
    """
    wanted = _OFFERED[tx.dialect].where(*_conditions(filters)).order_by(*_ORDER).limit(size + 1)
    if first_id is not None and (begin := _place_of(tx, first_id)) is not None:
        wanted = wanted.where(_from(begin))
    rows = tx.conn.execute(wanted, _asked(tx, filters.territory_id)).all()
    shown = tuple(bulletin_from(row) for row in rows[:size])
    return Page(shown, rows[size].id if len(rows) > size else None)


def birth_years(tx: Transaction, territory_id: int) -> list[int]:
    """The birth years that have free seats in a territory, the youngest children first."""
    of_each = _distinct(tx, bulletin.c.birth_years, territory_id)
    return sorted({year for years in of_each for year in years}, reverse=True)


def languages(tx: Transaction, territory_id: int) -> list[str]:
    """The languages that have free seats in a territory."""
    return sorted(_distinct(tx, bulletin.c.language, territory_id))


def kindergartens(tx: Transaction, territory_id: int) -> list[Kindergarten]:
    """The kindergartens that have free seats in a territory, by name."""
    found = (
        _OFFERED[tx.dialect]
        .with_only_columns(kindergarten.c.id, kindergarten.c.name)
        .distinct()
        .order_by(kindergarten.c.name, kindergarten.c.id)
    )
    return [Kindergarten(row.id, row.name) for row in tx.conn.execute(found, _asked(tx, territory_id))]


def kindergarten_name(tx: Transaction, kindergarten_id: int) -> str | None:
    """The name of a kindergarten."""
    named = select(kindergarten.c.name).where(kindergarten.c.id == kindergarten_id)
    name: str | None = tx.conn.execute(named).scalar_one_or_none()
    return name


def access_of(tx: Transaction, application_id: int) -> dict[int, datetime]:
    """Until when an application is among the first of each list for which it is now, by the list's id."""
    running = (
        select(access.c.list_id, access.c.ends_at)
        .join(seat_list, seat_list.c.id == access.c.list_id)
        .where(access.c.application_id == application_id, access.c.ends_at > NOW, _MADE)
    )
    return {row.list_id: row.ends_at for row in tx.conn.execute(running, {"now": tx.now})}


def _distinct(tx: Transaction, column: ColumnElement[Any], territory_id: int) -> Sequence[Any]:
    found = _OFFERED[tx.dialect].with_only_columns(column).distinct()
    return tx.conn.execute(found, _asked(tx, territory_id)).scalars().all()


def _asked(tx: Transaction, territory_id: int) -> dict[str, Any]:
    return {"territory": territory_id, "now": tx.now}


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.queue_kind is not None:
        conditions.append(bulletin.c.queue_kind == filters.queue_kind.value)
    if filters.birth_year is not None:
        # The years stand there as a list in JSON: four digits each, none of which is a part of another.
        conditions.append(type_coerce(bulletin.c.birth_years, Text).contains(str(filters.birth_year)))
    if filters.languages:
        conditions.append(bulletin.c.language.in_(sorted(filters.languages)))
    if filters.kindergarten_id is not None:
        conditions.append(kindergarten.c.id == filters.kindergarten_id)
    if filters.open_to_everyone:
        conditions.append(_TO_EVERYONE)
    if filters.open_to is not None:
        first = and_(_MADE, _has_access(filters.open_to))
        conditions.append(or_(_TO_EVERYONE, first))
    return conditions


def _has_access(application_id: int) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            access.c.list_id == seat_list.c.id,
            access.c.application_id == application_id,
            access.c.ends_at > NOW,
        )
        .correlate(seat_list)
    )


def _place_of(tx: Transaction, bulletin_id: int) -> Any:
    """Where a bulletin stands in the order."""
    place: Select[*tuple[Any, ...]] = READ.with_only_columns(
        seat_list.c.publish_at, kindergarten.c.name, child_group.c.name, bulletin.c.id
    ).where(bulletin.c.id == bulletin_id)
    return tx.conn.execute(place, {"now": tx.now}).one_or_none()


def _from(begin: Any) -> ColumnElement[bool]:
    """At that place of the order or after it."""
    at, house, group, bulletin_id = (
        literal(value, column.type)
        for value, column in zip(
            begin,
            (seat_list.c.publish_at, kindergarten.c.name, child_group.c.name, bulletin.c.id),
            strict=True,
        )
    )
    return or_(
        seat_list.c.publish_at < at,
        and_(
            seat_list.c.publish_at == at,
            or_(
                kindergarten.c.name > house,
                and_(
                    kindergarten.c.name == house,
                    or_(
                        child_group.c.name > group,
                        and_(child_group.c.name == group, bulletin.c.id >= bulletin_id),
                    ),
                ),
            ),
        ),
    )
