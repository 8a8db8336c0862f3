"""Statements that run in every turn: compiled once, then handed straight to the driver.

They are written with SQLAlchemy like all others. What is saved is its work at each execution: looking the
compiled form up, and wrapping values, cursor and rows, which costs several times what the database does.

PostgreSQL plans such a statement once for a connection, unless plans for its very values promise to be
cheaper: a limit or a switch that comes as a value does that, and then planning costs more than running. So
these stand in it as constants.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Double, Executable
from sqlalchemy import Dialect as Driver
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from storage.transaction import Dialect, Transaction

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


class Done(NamedTuple):
    """What a statement did. `last_id` is the number of the row that SQLite has inserted, else 0."""

    rowcount: int
    last_id: int


class Prepared:
    """One statement for all databases, or one for each, to be run with values for its parameters.

    Rows are named tuples of the columns. Lists as parameters (`expanding`) can't be given. The driver's
    errors are raised as SQLAlchemy's DBAPIError, without the values.
    """

    def __init__(self, statement: Executable | Mapping[Dialect, Executable]) -> None:
        self._statement = statement
        self._compiled: dict[Dialect, _Compiled] = {}

    def all(self, tx: Transaction, values: Values) -> list[Any]:
        """Every row."""
        compiled = self._of(tx)
        return compiled.rows(_execute(tx.conn, compiled.sql, compiled.bound(values)).fetchall())

    def first(self, tx: Transaction, values: Values) -> Any:
        """The first row, or None. All are fetched: it should find no more than one."""
        found = self.all(tx, values)
        return found[0] if found else None

    def run(self, tx: Transaction, values: Values) -> Done:
        """Run it for what it does."""
        compiled = self._of(tx)
        cursor = _execute(tx.conn, compiled.sql, compiled.bound(values))
        return Done(cursor.rowcount, cursor.lastrowid if tx.dialect == "sqlite" else 0)

    def run_many(self, tx: Transaction, many: Sequence[Values]) -> None:
        """Run it for each of `many`."""
        compiled = self._of(tx)
        _execute(tx.conn, compiled.sql, [compiled.bound(values) for values in many], many=True)

    def _of(self, tx: Transaction) -> "_Compiled":
        compiled = self._compiled.get(tx.dialect)
        if compiled is None:
            statement = self._statement
            chosen = statement[tx.dialect] if isinstance(statement, Mapping) else statement
            compiled = self._compiled[tx.dialect] = _Compiled(chosen, tx.conn.dialect)
        return compiled


class _Compiled:
    """A statement in the words of one driver."""

    def __init__(self, statement: Executable, driver: Driver) -> None:
        compiled = statement.compile(dialect=driver)  # type: ignore[attr-defined]  # every Core statement has it
        assert isinstance(compiled, SQLCompiler)
        self.sql = compiled.string
        parameters = [compiled.binds[name] for name in compiled.positiontup or ()]
        self._binds = [(each.key, _writing(each.type, driver)) for each in parameters]
        self._fixed = {each.key: each.effective_value for each in parameters if not each.required}
        columns = list(getattr(statement, "exported_columns", ()))
        names = [str(getattr(column, "name", "")) for column in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
        self._row: Callable[[Sequence[Any]], Any] = row._make
        found = ((place, _reading(column.type, driver)) for place, column in enumerate(columns))
        self._converts = [(place, convert) for place, convert in found if convert is not None]

    def bound(self, values: Values) -> tuple[Any, ...]:
        """The values in the driver's order and form. Raises KeyError for one that is missing."""
        if self._fixed:
            values = {**self._fixed, **values}
        return tuple(
            [values[name] if convert is None else convert(values[name]) for name, convert in self._binds]
        )

    def rows(self, raw: Sequence[Any]) -> list[Any]:
        """The driver's rows with each value as its column's type says."""
        if not self._converts:
            return [self._row(row) for row in raw]
        read = []
        for row in raw:
            fields = list(row)
            for place, convert in self._converts:
                fields[place] = convert(fields[place])
            read.append(self._row(fields))
        return read


def _writing(kind: TypeEngine[Any], driver: Driver) -> Convert | None:
    return kind.dialect_impl(driver).bind_processor(driver)


def _reading(kind: TypeEngine[Any], driver: Driver) -> Convert | None:
    if isinstance(kind, Double):
        return None  # floats as they come: asyncpg's dialect wants to be told their number of a type
    return kind.dialect_impl(driver).result_processor(driver, None)


def _execute(conn: Connection, sql: str, bound: Any, many: bool = False) -> Any:
    cursor = conn.connection.cursor()
    try:
        if many:
            cursor.executemany(sql, bound)
        else:
            cursor.execute(sql, bound)
    except conn.dialect.loaded_dbapi.Error as error:
        raise _wrapped(conn, sql, error) from error
    return cursor


def _wrapped(conn: Connection, sql: str, error: Exception) -> Exception:
    """The error as SQLAlchemy would have raised it; a connection that is gone is given up."""
    dialect = conn.dialect
    gone = dialect.is_disconnect(error, conn.connection.dbapi_connection, None)  # type: ignore[arg-type]
    wrapped = DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True,
        connection_invalidated=gone, dialect=dialect,
    )  # fmt: skip
    if gone:
        conn.invalidate(error)
    assert isinstance(wrapped, Exception)
    return wrapped
