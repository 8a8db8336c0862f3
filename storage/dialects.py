"""What SQLite and PostgreSQL both can, but SQLAlchemy offers only per dialect."""

from collections.abc import Mapping

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import BindParameter

from storage.transaction import Dialect

Insert = postgresql.Insert | sqlite.Insert


def inserts(table: Table) -> Mapping[Dialect, Insert]:
    """An INSERT into `table` for each dialect, to which ON CONFLICT can be added."""
    return {"sqlite": sqlite.insert(table), "postgresql": postgresql.insert(table)}


def parameters(table: Table, *columns: str) -> dict[str, BindParameter[object]]:
    """A parameter named and typed like each of these columns."""
    return {name: bindparam(name, type_=table.c[name].type) for name in columns}
