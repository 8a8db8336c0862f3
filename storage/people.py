"""Parents and children: found by blind index, named only in sealed fields."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update

from domain.identity_document import IdentityDocument
from domain.iin import Iin
from storage.dialects import inserts
from storage.homes import NOWHERE
from storage.ids import new_id
from storage.phones import confirm_phone, confirmed_phones, find_by_phone, forget_phones
from storage.prepared import Prepared
from storage.register_words import RegisterWords
from storage.tables import application, child, contact, guardian, parent
from storage.transaction import Transaction

__all__ = [
    "RegisterWords",
    "child_for",
    "confirm_phone",
    "confirmed_phones",
    "find_by_phone",
    "find_child_by_iin",
    "find_parent_by_document",
    "find_parent_by_iin",
    "forget_phones",
    "iin_of_child",
    "is_child_verified",
    "is_verified",
    "key_of_parent",
    "lock_child",
    "lock_parent",
    "name_child",
    "name_of_child",
    "name_parent",
    "names_of_children",
    "notices_of",
    "notices_of_each",
    "parent_for",
    "take_from_register",
    "words_of_child",
    "words_of_parent",
]

_NAMES = ("surname", "name", "patronymic", "birth_date")

_PARENT_BY_IIN = select(parent.c.id).where(parent.c.iin_index.in_(bindparam("blinds", expanding=True)))
_PARENT_BY_DOCUMENT = select(parent.c.id).where(
    parent.c.document_index.in_(bindparam("blinds", expanding=True))
)
_CHILD_BY_IIN = select(child.c.id).where(child.c.iin_index.in_(bindparam("blinds", expanding=True)))
_LOCK_PARENT = select(parent.c.id).where(parent.c.id == bindparam("id")).with_for_update()
_LOCK_CHILD = select(child.c.id).where(child.c.id == bindparam("id")).with_for_update()
_PARENT = select(parent).where(parent.c.id == bindparam("id"))
_CHILD_NAMES = select(child.c.id, child.c.name).where(child.c.id.in_(bindparam("ids", expanding=True)))
_ADD_PARENT = {d: insert.on_conflict_do_nothing() for d, insert in inserts(parent).items()}
_ADD_CHILD = {d: insert.on_conflict_do_nothing() for d, insert in inserts(child).items()}


def find_parent_by_iin(tx: Transaction, iin: Iin) -> int | None:
    """The parent of that IIN."""
    return _found(tx, _PARENT_BY_IIN, tx.vault.blinds("iin", iin.digits))


def find_parent_by_document(tx: Transaction, document: IdentityDocument) -> int | None:
    """The parent without an IIN, by the number of the identity document [004]."""
    return _found(tx, _PARENT_BY_DOCUMENT, tx.vault.blinds("document", document.number))


def find_child_by_iin(tx: Transaction, iin: Iin) -> int | None:
    """The child of that IIN."""
    return _found(tx, _CHILD_BY_IIN, tx.vault.blinds("iin", iin.digits))


def parent_for(
    tx: Transaction, key: Iin | IdentityDocument, *, at: datetime, language: str, notice_way: str
) -> int:
    """The parent of that IIN or document, made if unknown. Two at once get the same."""
    find = find_parent_by_iin if isinstance(key, Iin) else find_parent_by_document
    found = find(tx, key)  # type: ignore[arg-type]  # each is called with its own kind of key
    if found is not None:
        return found
    parent_id = new_id()
    row = {"id": parent_id, "created_at": at, "language": language, "notice_way": notice_way}
    row |= _key_fields(tx, parent_id, key)
    tx.conn.execute(_ADD_PARENT[tx.dialect], row)
    found = find(tx, key)  # type: ignore[arg-type]
    assert found is not None
    return found


def child_for(tx: Transaction, iin: Iin, *, at: datetime, words: RegisterWords | None = None) -> int:
    """The child of that IIN, made if unknown. Two at once get the same.

    Birth date and sex are the IIN's own until the register says otherwise.
    """
    found = find_child_by_iin(tx, iin)
    if found is not None:
        return found
    child_id = new_id()
    row: dict[str, Any] = {
        "id": child_id,
        "iin_index": tx.vault.blind("iin", iin.digits),
        "iin": tx.vault.seal("child", child_id, "iin", iin.digits),
        "birth_date": tx.vault.seal("child", child_id, "birth_date", iin.birth_date.isoformat()),
        "birth_year": iin.birth_date.year,
        "sex": iin.sex.value,
        "created_at": at,
    }
    if words is not None:
        row |= words.sealed(tx, "child", child_id, *_NAMES) | {"birth_year": words.birth_date.year}
    tx.conn.execute(_ADD_CHILD[tx.dialect], row)
    found = find_child_by_iin(tx, iin)
    assert found is not None
    return found


def lock_parent(tx: Transaction, parent_id: int) -> None:
    """Nobody else enters with this parent's IIN, or changes the phones, until this transaction ends."""
    tx.conn.execute(_LOCK_PARENT, {"id": parent_id})


def lock_child(tx: Transaction, child_id: int) -> None:
    """Nobody else joins this child or applies for it until this transaction ends."""
    tx.conn.execute(_LOCK_CHILD, {"id": child_id})


def key_of_parent(tx: Transaction, parent_id: int) -> Iin | IdentityDocument:
    """By what a parent is known: the IIN, or the number of the identity document."""
    row = tx.conn.execute(_PARENT, {"id": parent_id}).mappings().one()
    if row["iin"] is not None:
        return Iin(tx.vault.open("parent", parent_id, "iin", row["iin"]))
    return IdentityDocument(tx.vault.open("parent", parent_id, "document", row["document"]))


def is_verified(tx: Transaction, parent_id: int) -> bool:
    """Whether the register has confirmed who the parent is."""
    verified_at = tx.conn.execute(select(parent.c.verified_at).where(parent.c.id == parent_id)).scalar()
    return verified_at is not None


def is_child_verified(tx: Transaction, child_id: int) -> bool:
    """Whether the register has confirmed who the child is."""
    return tx.conn.execute(select(child.c.verified_at).where(child.c.id == child_id)).scalar() is not None


def is_only_claimed(tx: Transaction, parent_id: int, contact_id: int) -> bool:
    """Whether nothing is known of a parent but a phone that this account has confirmed.

    Locks the parent: nobody goes on with the IIN meanwhile.
    """
    lock_parent(tx, parent_id)
    other = select(contact.c.id).where(
        contact.c.parent_id == parent_id, contact.c.id != contact_id, contact.c.channel != NOWHERE
    )
    nameless = select(parent.c.id).where(
        parent.c.id == parent_id,
        parent.c.surname.is_(None),
        ~exists().where(guardian.c.parent_id == parent_id),
        ~exists().where(application.c.parent_id == parent_id),
        ~other.exists(),
    )
    return tx.conn.execute(nameless).first() is not None


def iin_of_child(tx: Transaction, child_id: int) -> Iin:
    """A child's IIN, opened."""
    sealed = tx.conn.execute(select(child.c.iin).where(child.c.id == child_id)).scalar_one()
    return Iin(tx.vault.open("child", child_id, "iin", sealed))


def words_of_child(tx: Transaction, child_id: int) -> dict[str, str]:
    """A child's names and birth date (ISO), opened; what is unknown is left out."""
    row = tx.conn.execute(select(child).where(child.c.id == child_id)).mappings().one()
    return {
        name: tx.vault.open("child", child_id, name, row[name]) for name in _NAMES if row[name] is not None
    }


def name_parent(tx: Transaction, parent_id: int, words: RegisterWords) -> None:
    """Write down what a parent types of themself; the register has not confirmed it."""
    named = words.sealed(tx, "parent", parent_id, *_NAMES)
    tx.conn.execute(update(parent).where(parent.c.id == parent_id).values(sex=words.sex.value, **named))


def name_child(tx: Transaction, child_id: int, words: RegisterWords, verified_at: datetime | None) -> None:
    """Write down who a child is: typed, or with `verified_at` as the register says."""
    named = words.sealed(tx, "child", child_id, *_NAMES)
    changed = {"sex": words.sex.value, "verified_at": verified_at, "verified_by": None, **named}
    tx.conn.execute(update(child).where(child.c.id == child_id).values(**changed))


def take_from_register(tx: Transaction, parent_id: int, words: RegisterWords, at: datetime) -> None:
    """Write down what the state register says of a parent, who is verified by that.

    An address that is there already stays: the parent may have typed it.
    """
    said: dict[str, Any] = dict(words.sealed(tx, "parent", parent_id, *_NAMES, "address"))
    said["address"] = func.coalesce(parent.c.address, said["address"])
    said |= {"sex": words.sex.value, "verified_at": at, "verified_by": None}
    tx.conn.execute(update(parent).where(parent.c.id == parent_id).values(**said))


def words_of_parent(tx: Transaction, parent_id: int) -> dict[str, str]:
    """A parent's names, birth date (ISO) and address, opened; what is unknown is left out."""
    row = tx.conn.execute(_PARENT, {"id": parent_id}).mappings().one()
    return {
        name: tx.vault.open("parent", parent_id, name, row[name])
        for name in (*_NAMES, "address")
        if row[name] is not None
    }


def name_of_child(tx: Transaction, child_id: int) -> str:
    """A child's given name, for the child's own parents; empty where it is not known yet."""
    return names_of_children(tx, [child_id]).get(child_id, "")


def names_of_children(tx: Transaction, child_ids: Collection[int]) -> dict[int, str]:
    """The same for each of several children, in one statement; who has no name is not in it."""
    rows = tx.conn.execute(_CHILD_NAMES, {"ids": list(child_ids)})
    return {row.id: tx.vault.open("child", row.id, "name", row.name) for row in rows if row.name is not None}


@dataclass(frozen=True, slots=True)
class Notices:
    """How a parent chose to be told, and in which language."""

    way: str
    language: str


_NOTICES = select(parent.c.id, parent.c.notice_way, parent.c.language).where(
    parent.c.id.in_(bindparam("ids", expanding=True))
)
_NOTICES_OF_ONE = Prepared(
    select(parent.c.notice_way, parent.c.language).where(parent.c.id == bindparam("parent"))
)


def notices_of(tx: Transaction, parent_id: int) -> Notices:
    """How a parent is to be told."""
    row = _NOTICES_OF_ONE.first(tx, {"parent": parent_id})
    return Notices(row.notice_way, row.language)


def notices_of_each(tx: Transaction, parent_ids: Collection[int]) -> dict[int, Notices]:
    """The same for each of several parents, in one statement."""
    rows = tx.conn.execute(_NOTICES, {"ids": list(parent_ids)})
    return {row.id: Notices(row.notice_way, row.language) for row in rows}


def _found(tx: Transaction, statement: Any, blinds: tuple[bytes, ...]) -> int | None:
    found: int | None = tx.conn.execute(statement, {"blinds": list(blinds)}).scalar()
    return found


def _key_fields(tx: Transaction, parent_id: int, key: Iin | IdentityDocument) -> dict[str, bytes]:
    if isinstance(key, Iin):
        sealed = tx.vault.seal("parent", parent_id, "iin", key.digits)
        return {"iin_index": tx.vault.blind("iin", key.digits), "iin": sealed}
    sealed = tx.vault.seal("parent", parent_id, "document", key.number)
    return {"document_index": tx.vault.blind("document", key.number), "document": sealed}
