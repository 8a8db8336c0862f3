"""How a database finds what statements ask for: its plans, and how many rows they touched."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage import prepared
from storage.transaction import Transaction

Work = Callable[[Transaction], object]


def asked_by(tx: Transaction, work: Work) -> list[tuple[str, Any]]:
    """Each statement that the work executes, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(tx.conn, "before_cursor_execute", note)
    try:
        work(tx)
    finally:
        event.remove(tx.conn, "before_cursor_execute", note)
    return asked


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is asked meanwhile: through SQLAlchemy, and by prepared statements."""
    asked: list[str] = []
    execute = prepared._execute

    def counting(conn: Any, sql: str, *rest: Any, **options: Any) -> Any:
        asked.append(sql)
        return execute(conn, sql, *rest, **options)

    def before(*about: Any) -> None:
        asked.append(about[2])

    with monkeypatch.context() as patched:
        patched.setattr(prepared, "_execute", counting)
        event.listen(Engine, "before_cursor_execute", before)
        try:
            yield asked
        finally:
            event.remove(Engine, "before_cursor_execute", before)


def plans(tx: Transaction, work: Work) -> list[str]:
    """The plan of each statement that the work executes."""
    return [plan_of(tx, statement, parameters) for statement, parameters in asked_by(tx, work)]


def plan_of(tx: Transaction, statement: str, parameters: Any) -> str:
    """Its plan with these parameters."""
    asks = "EXPLAIN QUERY PLAN " if tx.dialect == "sqlite" else "EXPLAIN "
    rows = tx.conn.exec_driver_sql(asks + statement, parameters)
    return "\n".join(str(row[-1]) for row in rows)


def plan_for_any(tx: Transaction, statement: str, parameters: Sequence[Any]) -> str:
    """The plan that PostgreSQL makes once for all parameters, after a few executions."""
    tx.conn.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
    tx.conn.exec_driver_sql(f"PREPARE explained AS {statement}")
    rows = tx.conn.exec_driver_sql(f"EXPLAIN EXECUTE explained({', '.join('NULL' for _ in parameters)})")
    plan = "\n".join(str(row[0]) for row in rows)
    tx.conn.exec_driver_sql("DEALLOCATE explained")
    return plan


def steps(tx: Transaction, statement: str, parameters: Any) -> list[dict[str, Any]]:
    """Each step of a statement on PostgreSQL as it went when it was run."""
    [[plan]] = tx.conn.exec_driver_sql("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, parameters)
    return list(_within(plan[0]["Plan"]))


def _within(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for each in step.get("Plans", ()):
        yield from _within(each)
