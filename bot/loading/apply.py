"""From a file that was read into the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import moved_deadlines, reminding
from bot.loading.entries import FileEntries, KindergartenEntry, TerritoryEntry
from bot.loading.fit import refuse_misfits
from bot.loading.pictures import Pictures, draw, keep
from bot.loading.read import read
from domain.local_time import start_of
from domain.policy_data import to_data
from storage import loading
from storage.database import Database
from storage.loading import Rows
from storage.transaction import Transaction

CHUNK = 200
"""Rows in one transaction: nobody waits long for the database, however big the file."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries the file had of each sort."""

    territories: int
    policies: int
    kindergartens: int
    groups: int
    pictures: int = 0
    moved: int = 0
    """Deadlines that moved in parents' favour, as days off came or went."""


async def load_file(database: Database, raw: bytes, pictures: Pictures | None = None) -> Loaded:
    """Put what the file says into the database. Raises FileRefused (nothing has changed), StorageError,
    FilesUnavailable. Without `pictures`, those that the file names are left alone.

    The file is checked whole before the first row is written. A big one takes several transactions: when it
    is broken off, loading it again does the rest.
    """
    entries, lines = read(raw)
    await database.read(lambda tx: refuse_misfits(tx, entries, lines))
    drawn = await draw(pictures, entries, lines) if pictures is not None else {}
    await load_entries(database, entries)
    moved = await moved_deadlines.move(database)
    await reminding.put_right(database)
    if pictures is not None:
        await keep(pictures.files, database, entries, drawn)
    return Loaded(
        territories=len(entries.territory),
        policies=len(entries.policy),
        kindergartens=len(entries.kindergarten),
        groups=sum(len(each.group) for each in entries.kindergarten),
        pictures=len(drawn),
        moved=moved,
    )


async def load_entries(database: Database, entries: FileEntries) -> None:
    """Put entries that fit together into the database. Raises StorageError."""
    for level in _levels(entries.territory):
        known = await database.read(loading.territory_ids)
        await _put(database, loading.put_territories, [_territory_row(each, known) for each in level])
    territories = await database.read(loading.territory_ids)
    await _put(database, loading.put_policies, list(_policy_rows(entries, territories)))
    rows = [_kindergarten_row(each, territories) for each in entries.kindergarten]
    await _put(database, loading.put_kindergartens, rows)
    kindergartens = await database.read(loading.kindergarten_ids)
    await _put(database, loading.put_groups, list(_group_rows(entries.kindergarten, kindergartens)))


async def _put(database: Database, put: Callable[[Transaction, Rows], None], rows: Rows) -> None:
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        await database.write(lambda tx, chunk=chunk: put(tx, chunk))  # type: ignore[misc]


def _levels(entries: Sequence[TerritoryEntry]) -> Iterator[list[TerritoryEntry]]:
    """The territories from above: each after the one it lies in. They make a tree."""
    waiting = list(entries)
    while waiting:
        later = {each.code for each in waiting}
        yield [each for each in waiting if each.parent not in later]
        waiting = [each for each in waiting if each.parent in later]


def _territory_row(entry: TerritoryEntry, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "code": entry.code,
        "parent_id": None if entry.parent is None else ids[entry.parent],
        "kind": entry.kind.value,
        "name_kk": entry.names.kk,
        "name_ru": entry.names.ru,
        "name_en": entry.names.en,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }


def _policy_rows(entries: FileEntries, ids: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for entry in entries.policy:
        yield {
            "territory_id": ids[entry.territory],
            "in_force_from": start_of(entry.since),
            "data": to_data(entry.policy()),
        }


def _kindergarten_row(entry: KindergartenEntry, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "code": entry.code,
        "territory_id": ids[entry.territory],
        "name": entry.name,
        "ownership": entry.ownership,
        "address": entry.address,
        "phone": entry.phone,
        "hours": entry.hours,
        "website": entry.website,
        "description": entry.description.model_dump() if entry.description else None,
        "languages": entry.taught_in,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }


def _group_rows(
    kindergartens: Sequence[KindergartenEntry], ids: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for entry in kindergartens:
        for group in entry.group:
            yield {
                "code": group.code,
                "kindergarten_id": ids[entry.code],
                "name": group.name,
                "kind": group.kind,
                "queue_kind": group.queue_kind.value,
                "language": group.language,
                "birth_years": sorted(group.birth_years, reverse=True),
                "capacity": group.capacity,
            }
