"""Looking applications up: by number, by a child's IIN, by a parent's IIN, or as a parent's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, literal_column, or_, select

from domain.application import QueueClass, QueueKind, Status
from domain.iin import Iin
from domain.taking import Wish
from storage.prepared import Prepared
from storage.tables.people import child, guardian, parent
from storage.tables.queues import application, queue
from storage.tables.territories import territory
from storage.transaction import Transaction
from storage.types import Instant

MOST = 10
"""More than these of one person are not listed to strangers: nobody has as many live ones."""

MOST_OWN = 60
"""The same for the parent's own, live ones or those in the archive, which are shown page by page."""

NOBODY = 0
"""Nobody's id. A NULL for the asker would turn the comparison itself into NULL."""


@dataclass(frozen=True, slots=True)
class Found:
    """One application, with what is needed to show it. `own`: the asker is its confirmed parent.

    `child_name` is None unless it is the asker's own: strangers see no names. Instants are UTC.
    """

    id: int
    number: int
    status: Status
    queue_id: int
    queue_kind: QueueKind
    birth_year: int
    queue_class: QueueClass
    territory_names: dict[str, str]
    submitted_at: datetime
    paused_at: datetime | None
    suspended_until: datetime | None
    told_sequence: int
    unverified: bool
    own: bool
    child_name: str | None
    territory_id: int
    child_id: int
    ended_at: datetime | None
    languages: tuple[str, ...]
    suspension_over: bool
    """Somebody's in its queue: what has fallen due is to be made before a place is read."""

    @property
    def wish(self) -> Wish:
        """What seats it asks for."""
        return Wish(
            queue_kind=self.queue_kind,
            territory_id=self.territory_id,
            birth_year=self.birth_year,
            languages=frozenset(self.languages),
        )


_MINE = exists(
    select(literal_column("1"))
    .where(guardian.c.child_id == application.c.child_id)
    .where(guardian.c.parent_id == bindparam("asker"))
)
_other = application.alias("other")
_SUSPENSION_OVER = exists(
    select(literal_column("1"))
    .where(_other.c.queue_id == application.c.queue_id)
    # In the very words of the index: SQLite would not see that `=` says the same.
    .where(_other.c.status.in_([literal_column("'suspended'")]))
    .where(_other.c.suspended_until <= bindparam("now", type_=Instant()))
)
_FOUND = (
    select(
        application.c.id,
        application.c.number,
        application.c.status,
        application.c.queue_id,
        application.c.kind,
        queue.c.birth_year,
        application.c.queue_class,
        territory.c.name_kk,
        territory.c.name_ru,
        territory.c.name_en,
        application.c.submitted_at,
        application.c.paused_at,
        application.c.suspended_until,
        application.c.told_sequence,
        application.c.unverified,
        or_(application.c.parent_id == bindparam("asker"), _MINE).label("own"),
        child.c.id.label("child_id"),
        child.c.name.label("child_name"),
        application.c.territory_id,
        application.c.ended_at,
        application.c.languages,
        _SUSPENSION_OVER.label("suspension_over"),
    )
    .join(queue, queue.c.id == application.c.queue_id)
    .join(territory, territory.c.id == application.c.territory_id)
    .join(child, child.c.id == application.c.child_id)
    .order_by(application.c.submitted_at, application.c.number)
    .limit(literal_column(str(MOST)))
)
_BY_NUMBER = Prepared(_FOUND.where(application.c.number == bindparam("number")))
_BY_ID = Prepared(_FOUND.where(application.c.id == bindparam("id")))
_BY_CHILD = _FOUND.where(
    child.c.iin_index.in_(bindparam("blinds", expanding=True)), application.c.ended_at.is_(None)
)
_CHILDREN = select(guardian.c.child_id).where(guardian.c.parent_id == bindparam("parent"))
_OWN = _FOUND.where(application.c.child_id.in_(_CHILDREN)).limit(literal_column(str(MOST_OWN)))
_OF_PARENT = Prepared(_OWN.where(application.c.ended_at.is_(None)))
_ARCHIVE_OF_PARENT = Prepared(
    _OWN.where(application.c.ended_at.is_not(None))
    .order_by(None)
    .order_by(application.c.ended_at.desc(), application.c.number)
)
_ENDED_OF_PARENT = Prepared(
    select(literal_column("1"))
    .where(application.c.child_id.in_(_CHILDREN), application.c.ended_at.is_not(None))
    .limit(literal_column("1"))
)
_BY_PARENT = _FOUND.where(
    application.c.child_id.in_(
        select(guardian.c.child_id)
        .join(parent, parent.c.id == guardian.c.parent_id)
        .where(parent.c.iin_index.in_(bindparam("blinds", expanding=True)))
    ),
    application.c.ended_at.is_(None),
)


def by_id(tx: Transaction, application_id: int, asker: int | None) -> Sequence[Found]:
    """The application of that id, if there is one; `asker` is the parent who asks, if confirmed."""
    return _all(tx, _BY_ID, asker, id=application_id)


def by_number(tx: Transaction, number: int, asker: int | None) -> Sequence[Found]:
    """The application of that number, whatever became of it, if there is one."""
    return _all(tx, _BY_NUMBER, asker, number=number)


def by_iin(tx: Transaction, iin: Iin, asker: int | None) -> Sequence[Found]:
    """The live applications of a child, or else of a parent's children."""
    asked = {"asker": asker or NOBODY, "now": tx.now, "blinds": list(tx.vault.blinds("iin", iin.digits))}
    rows = tx.conn.execute(_BY_CHILD, asked).all() or tx.conn.execute(_BY_PARENT, asked).all()
    return [_found(tx, row) for row in rows]


def of_parent(tx: Transaction, parent_id: int) -> Sequence[Found]:
    """The live applications of a parent's children."""
    return _all(tx, _OF_PARENT, parent_id, parent=parent_id)


def archive_of_parent(tx: Transaction, parent_id: int) -> Sequence[Found]:
    """The applications of a parent's children that have come to their end, the newest end first."""
    return _all(tx, _ARCHIVE_OF_PARENT, parent_id, parent=parent_id)


def has_archive(tx: Transaction, parent_id: int) -> bool:
    """Whether any application of a parent's children has come to its end."""
    return _ENDED_OF_PARENT.first(tx, {"parent": parent_id}) is not None


def _all(tx: Transaction, statement: Prepared, asker: int | None, **values: object) -> Sequence[Found]:
    rows = statement.all(tx, {"asker": asker or NOBODY, "now": tx.now, **values})
    return [_found(tx, row) for row in rows]


def _found(tx: Transaction, row: Any) -> Found:
    own = bool(row.own)
    name = None
    if own and row.child_name is not None:
        name = tx.vault.open("child", row.child_id, "name", row.child_name)
    return Found(
        id=row.id,
        number=row.number,
        status=Status(row.status),
        queue_id=row.queue_id,
        queue_kind=QueueKind(row.kind),
        birth_year=row.birth_year,
        queue_class=QueueClass(row.queue_class),
        territory_names={
            "kk": row.name_kk,
            "ru": row.name_ru or row.name_kk,
            "en": row.name_en or row.name_kk,
        },
        submitted_at=row.submitted_at,
        paused_at=row.paused_at,
        suspended_until=row.suspended_until,
        told_sequence=row.told_sequence,
        unverified=bool(row.unverified),
        own=own,
        child_name=name,
        territory_id=row.territory_id,
        child_id=row.child_id,
        ended_at=row.ended_at,
        languages=tuple(row.languages),
        suspension_over=bool(row.suspension_over),
    )
