"""What SQLite and PostgreSQL both can, but SQLAlchemy offers only per dialect."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, Table, Text, bindparam
from sqlalchemy import Dialect as SqlDialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.transaction import Dialect

Insert = postgresql.Insert | sqlite.Insert


def inserts(table: Table) -> Mapping[Dialect, Insert]:
    """An INSERT into `table` for each dialect, to which ON CONFLICT can be added."""
    return {"sqlite": sqlite.insert(table), "postgresql": postgresql.insert(table)}


def parameters(table: Table, *columns: str) -> dict[str, BindParameter[object]]:
    """A parameter named and typed like each of these columns."""
    return {name: bindparam(name, type_=table.c[name].type) for name in columns}


class Ids(TypeDecorator[Collection[int]]):
    """Many ids as one parameter: an array on PostgreSQL, JSON on SQLite.

    An `expanding` one is written out into a statement again at each execution, with a parameter for each id.
    """

    impl = ARRAY(BigInteger)
    cache_ok = True

    def load_dialect_impl(self, dialect: SqlDialect) -> TypeEngine[Any]:
        kind = Text() if dialect.name == "sqlite" else ARRAY(BigInteger)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Collection[int] | None, dialect: SqlDialect) -> Any:
        assert value is not None
        return str(list(value)) if dialect.name == "sqlite" else list(value)


def is_one_of(held: ColumnElement[Any], ids: str) -> ColumnElement[bool]:
    """Whether a column holds one of the ids in the parameter of that name; to sort rows out by.

    To find rows by it, SQLite would have to use an index, and it is kept from that: it knows nothing of how
    many ids there are, and takes them for few.
    """
    return _IsOneOf(held, bindparam(ids, type_=Ids()))


class _IsOneOf(FunctionElement[bool]):
    name = "is_one_of"
    type = Boolean()
    inherit_cache = True


@compiles(_IsOneOf, "postgresql")
def _on_postgresql(element: _IsOneOf, compiler: SQLCompiler, **more: Any) -> str:
    held, ids = (compiler.process(each, **more) for each in element.clauses)
    return f"{held} = ANY ({ids})"


@compiles(_IsOneOf, "sqlite")
def _on_sqlite(element: _IsOneOf, compiler: SQLCompiler, **more: Any) -> str:
    held, ids = (compiler.process(each, **more) for each in element.clauses)
    return f"+{held} IN (SELECT value FROM json_each({ids}))"
