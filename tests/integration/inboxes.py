"""What parents have been told and what the department is to look at, for tests to compare."""

from typing import Any

from sqlalchemy import select

from domain.notice import Deed, Told
from storage import journal, notices
from storage.database import Database
from storage.tables import department_task

MOST = 50


async def told(database: Database, parent_id: int) -> list[Told]:
    """The kinds of notice in a parent's inbox, oldest first."""
    found = await database.read(lambda tx: notices.page(tx, parent_id, MOST))
    return [each.kind for each in reversed(found)]


async def facts(database: Database, parent_id: int) -> dict[str, Any]:
    """The facts of the newest notice."""
    found = await database.read(lambda tx: notices.page(tx, parent_id, 1))
    return dict(found[0].data)


async def noted(database: Database, parent_id: int) -> list[tuple[str, Deed]]:
    """Who did what, as a parent's journal says, oldest first."""
    found = await database.read(lambda tx: journal.page(tx, parent_id, MOST))
    return [(each.actor, each.what) for each in reversed(found)]


async def tasks(database: Database) -> list[tuple[str, Any, str | None]]:
    """The department's tasks, oldest first: kind, data, and what came of it."""
    columns = (department_task.c.kind, department_task.c.data, department_task.c.outcome)
    asked = select(*columns).order_by(department_task.c.id)
    return await database.read(lambda tx: [(row[0], row[1], row[2]) for row in tx.conn.execute(asked)])
