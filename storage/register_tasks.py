"""The department's tasks that an answer of the state register opens, and that a better answer closes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage import department_tasks, task_closing
from storage.applications import Application
from storage.department_tasks import TaskKind
from storage.register_subjects import Subject, Whose
from storage.task_closing import Outcome, Task
from storage.transaction import Transaction

KINDS = (TaskKind.REGISTER_DIFFERS, TaskKind.NOT_IN_REGISTER)


def open_for(
    tx: Transaction,
    subject: Subject,
    kind: TaskKind,
    data: Mapping[str, Any],
    live: Sequence[Application],
    at: datetime,
) -> bool:
    """Leave a task in each territory of the applications; whether this is news.

    The same answer again is none, also when the department has looked at it meanwhile: then only a
    territory that has no such task yet gets one. What an earlier answer had opened is replaced. `data`
    names fields, never what stands in them. Without a live application there is nobody to look.
    """
    newest = _newest_by_territory(tx, subject)
    news = not any(_says(task, kind, data) for task in newest.values())
    for application in _one_each_territory(live):
        earlier = newest.get(application.territory_id)
        if earlier is not None and _says(earlier, kind, data):
            continue
        if earlier is not None:
            task_closing.close(tx, earlier.id, Outcome.REPLACED, at)
        department_tasks.add(
            tx,
            kind,
            at,
            territory_id=application.territory_id,
            parent_id=subject.id if subject.whose is Whose.PARENT else None,
            child_id=subject.id if subject.whose is Whose.CHILD else None,
            application_id=application.id,
            data=data,
        )
    return news and bool(live)


def close(tx: Transaction, subject: Subject, at: datetime) -> bool:
    """The register agrees by now: close what is open about somebody; whether anything was."""
    waiting = [each.id for each in task_closing.about(tx, subject, *KINDS) if each.closed_at is None]
    for task_id in waiting:
        task_closing.close(tx, task_id, Outcome.AGREED, at)
    return bool(waiting)


def _newest_by_territory(tx: Transaction, subject: Subject) -> dict[int | None, Task]:
    return {each.territory_id: each for each in task_closing.about(tx, subject, *KINDS)}


def _says(task: Task, kind: TaskKind, data: Mapping[str, Any]) -> bool:
    same = task.kind is kind and task.data == data
    return same and task.outcome is not Outcome.AGREED


def _one_each_territory(live: Sequence[Application]) -> list[Application]:
    """The oldest application of each: a department looks at a person once."""
    first: dict[int, Application] = {}
    for each in live:
        first.setdefault(each.territory_id, each)
    return list(first.values())
