"""Writing down many parents and children at once: a load from elsewhere, the demo."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from domain.iin import Iin
from storage.ids import new_id
from storage.register_words import RegisterWords
from storage.tables import child, guardian, parent
from storage.transaction import Transaction

_NAMES = ("surname", "name", "patronymic", "birth_date")


def add_parents(
    tx: Transaction,
    people: Mapping[Iin, RegisterWords],
    at: datetime,
    unverified: Set[Iin] = frozenset(),
) -> dict[Iin, int]:
    """Parents who are not there yet, as the register names them, but for the unverified; their ids."""
    rows = {
        iin: _parent_row(tx, iin, words, None if iin in unverified else at) | {"created_at": at}
        for iin, words in people.items()
    }
    _add(tx, parent, rows.values())
    return {iin: row["id"] for iin, row in rows.items()}


def add_children(tx: Transaction, people: Mapping[Iin, RegisterWords], at: datetime) -> dict[Iin, int]:
    """Children who are not there yet, as the register names them; their ids."""
    rows = {iin: _child_row(tx, iin, words, at) | {"created_at": at} for iin, words in people.items()}
    _add(tx, child, rows.values())
    return {iin: row["id"] for iin, row in rows.items()}


def add_guardians(tx: Transaction, pairs: Iterable[tuple[int, int]], how: str, at: datetime) -> None:
    """Join parents to children: pairs of their ids."""
    _add(tx, guardian, ({"parent_id": a, "child_id": b, "how": how, "since": at} for a, b in pairs))


def _add(tx: Transaction, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    written = list(rows)
    if written:
        tx.conn.execute(insert(table), written)


def _parent_row(
    tx: Transaction, iin: Iin, words: RegisterWords, verified_at: datetime | None
) -> dict[str, Any]:
    row = _person_row(tx, "parent", iin, words, verified_at, *_NAMES, "address")
    return row | {"language": "kk", "notice_way": "messenger"}


def _child_row(tx: Transaction, iin: Iin, words: RegisterWords, verified_at: datetime) -> dict[str, Any]:
    return _person_row(tx, "child", iin, words, verified_at, *_NAMES) | {"birth_year": words.birth_date.year}


def _person_row(
    tx: Transaction, table: str, iin: Iin, words: RegisterWords, verified_at: datetime | None, *fields: str
) -> dict[str, Any]:
    row_id = new_id()
    return {
        "id": row_id,
        "iin_index": tx.vault.blind("iin", iin.digits),
        "iin": tx.vault.seal(table, row_id, "iin", iin.digits),
        "sex": words.sex.value,
        "verified_at": verified_at,
        **words.sealed(tx, table, row_id, *fields),
    }
