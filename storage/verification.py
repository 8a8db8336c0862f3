"""Who is confirmed by the state register, and which applications still stand unverified because of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, select, update

from domain.iin import Iin
from domain.person import Person
from storage import people
from storage.department_tasks import TaskKind
from storage.register_subjects import TABLES, Subject, Whose
from storage.register_words import RegisterWords
from storage.tables import application, child, department_task, parent
from storage.tables.people import STAFF
from storage.tables.queues import LIVE
from storage.task_closing import UNRESOLVED
from storage.transaction import Transaction

_NAMES = ("surname", "name", "patronymic", "birth_date")


@dataclass(frozen=True, slots=True)
class Known:
    """What is written down of somebody. `typed` is None where no names are; `iin` for who has none.

    `by_staff`: verified by a document that staff saw, and not by the register.
    """

    iin: Iin | None
    typed: Person | None = field(repr=False)
    verified_at: datetime | None
    by_staff: bool = False

    @property
    def name(self) -> str:
        """The given name, "" where it is unknown."""
        return self.typed.given_name if self.typed is not None else ""


_READ = {
    whose: select(*(table.c[name] for name in ("iin", *_NAMES, "verified_at", "verified_by")))
    .where(table.c.id == bindparam("id"))
    .with_for_update(of=table, key_share=True)
    for whose, table in TABLES.items()
}
_UNVERIFIED = (LIVE, application.c.unverified.is_(True))
MOST = 200
"""No more than these lose their mark in one transaction; who asks again clears the next."""
_CLEARED = (
    select(application.c.id)
    .where(
        *_UNVERIFIED,
        exists().where(parent.c.id == application.c.parent_id, parent.c.verified_at.is_not(None)),
        exists().where(child.c.id == application.c.child_id, child.c.verified_at.is_not(None)),
        ~exists().where(
            department_task.c.application_id == application.c.id,
            department_task.c.parent_id == application.c.parent_id,
            department_task.c.kind == TaskKind.GUARDIANSHIP.value,
            UNRESOLVED,
        ),
    )
    .limit(MOST)
)
_CLEAR = (
    update(application)
    .where(application.c.id.in_(_CLEARED), *_UNVERIFIED)
    .values(unverified=False)
    .returning(application.c.id)
)


def known(tx: Transaction, subject: Subject) -> Known:
    """What is known of somebody, whom nobody else can change until this transaction ends."""
    row = tx.conn.execute(_READ[subject.whose], {"id": subject.id}).mappings().one()
    plain = {
        name: tx.vault.open(subject.whose.value, subject.id, name, row[name])
        for name in ("iin", *_NAMES)
        if row[name] is not None
    }
    iin = Iin(plain["iin"]) if "iin" in plain else None
    return Known(iin, _typed(plain), row["verified_at"], row["verified_by"] == STAFF)


def confirm(tx: Transaction, subject: Subject, words: RegisterWords, at: datetime) -> None:
    """The register's words are taken, and who they name is verified by that."""
    if subject.whose is Whose.PARENT:
        people.take_from_register(tx, subject.id, words, at)
    else:
        people.name_child(tx, subject.id, words, at)
    note_asked(tx, subject, at)


def note_asked(tx: Transaction, subject: Subject, at: datetime) -> None:
    """The register has answered, whatever it said."""
    _set(tx, subject, register_asked_at=at)


def vouched_by_staff(tx: Transaction, subject: Subject, at: datetime) -> None:
    """Somebody of the staff saw the document: the words stay as they are, and count as verified."""
    _set(tx, subject, verified_at=at, verified_by=STAFF)


def clear_marks(tx: Transaction) -> list[int]:
    """Take the mark off the applications whose parent and child are both verified; their ids.

    Not while it is open whether the parent is the child's. Whoever verified the one may
    not have seen that the other was being verified: asked for again and again, nothing is forgotten.
    """
    return list(tx.conn.execute(_CLEAR).scalars())


def _set(tx: Transaction, subject: Subject, **changed: Any) -> None:
    table = subject.table
    tx.conn.execute(update(table).where(table.c.id == subject.id).values(**changed))


def _typed(plain: dict[str, str]) -> Person | None:
    """Nobody has typed anything where there is no surname: an IIN alone says the birth date."""
    if "surname" not in plain or "birth_date" not in plain:
        return None
    return Person(
        plain["surname"],
        plain.get("name", ""),
        plain.get("patronymic"),
        date.fromisoformat(plain["birth_date"]),
    )
