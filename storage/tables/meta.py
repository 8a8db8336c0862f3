"""The one MetaData, and the few columns that many tables share."""

from typing import Any

from sqlalchemy import DDL, Column, ForeignKey, LargeBinary, MetaData, SmallInteger, String, Table, event

from storage.types import NAMING, Id

metadata = MetaData(naming_convention=NAMING)


def own_id() -> Column[int]:
    """Primary key filled in by the application (`new_id`)."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def log_id() -> Column[int]:
    """Primary key numbered by the database, in the order of writing."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def ref(name: str, target: str, **options: Any) -> Column[int]:
    """Column that refers to `target` ("table.column"); not null unless `nullable=True`."""
    nullable = options.pop("nullable", False)
    return Column(name, Id, ForeignKey(target), nullable=nullable, **options)


def sealed(name: str, *, nullable: bool = True) -> Column[bytes]:
    """Text sealed by the vault, bound to this table, row and field."""
    return Column(name, LargeBinary, nullable=nullable, info={"sealed": True})


def blind(name: str, *, nullable: bool = True, **options: Any) -> Column[bytes]:
    """Blind index of a sealed value: equal values, equal bytes; nothing can be read from it."""
    return Column(name, LargeBinary, nullable=nullable, info={"blind": True}, **options)


def word(name: str, length: int = 24, *, nullable: bool = False, **options: Any) -> Column[str]:
    """A short code word of the domain (a status, a kind, a language)."""
    return Column(name, String(length), nullable=nullable, **options)


def small(name: str, *, nullable: bool = False) -> Column[int]:
    """A small number (a class, a year, a count)."""
    return Column(name, SmallInteger, nullable=nullable)


def statements(table: Table, moment: str, dialect: str, *sql: str) -> None:
    """What SQLAlchemy has no words for, done when a table was made, or is to be dropped."""
    for each in sql:
        listener: Any = DDL(each.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(table, moment, listener)
