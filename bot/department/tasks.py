"""Closing a task with an answer to the parents, where nothing was found to be confirmed."""

from bot.department.officer import Officer, require_reason
from bot.department.telling import pass_to
from bot.flows.concerned import parents_of
from bot.flows.staff_entry import Audited
from domain.errors import AlreadyDecided, DecisionNeeded
from domain.notice import Deed, Told
from storage import applications, people, task_closing
from storage.department_tasks import TaskKind
from storage.task_closing import Outcome, Task
from storage.transaction import Transaction

_DECIDED_ELSEWHERE = (TaskKind.PRIVILEGE_DOCUMENT, TaskKind.PRIVILEGE_OBJECTION)


def answer(tx: Transaction, officer: Officer, task_id: int, text: str) -> Audited:
    """Close a task and tell its parents what the department says; nothing else changes.

    A privilege is not left hanging that way: it is confirmed or refused. Raises ReasonBadLength,
    DecisionNeeded, AlreadyDecided.
    """
    text = require_reason(text)
    task = task_closing.find(tx, task_id)
    if task is None:
        raise AlreadyDecided
    if task.kind in _DECIDED_ELSEWHERE:
        raise DecisionNeeded
    if not task_closing.close(tx, task_id, Outcome.SEEN, tx.now, staff_id=officer.staff_id, reason=text):
        raise AlreadyDecided
    facts = {"reason": text}
    if task.child_id is not None and not _from_a_stranger(task):
        facts["child"] = people.name_of_child(tx, task.child_id)
    pass_to(
        tx,
        officer,
        _parents(tx, task),
        Deed.DEPARTMENT_ANSWERED,
        Told.DEPARTMENT_ANSWERED,
        application_id=task.application_id,
        facts=facts,
    )
    return Audited(officer.actor, "task_closed", f"task:{task_id}", {"kind": task.kind.value})


def _from_a_stranger(task: Task) -> bool:
    """Who has typed no more than the child's IIN is not told the name by the answer."""
    return task.kind is TaskKind.GUARDIANSHIP and task.application_id is None


def _parents(tx: Transaction, task: Task) -> list[int]:
    """Those whom it is about. That the register names others is between the department and who applied."""
    if task.child_id is None or task.kind is TaskKind.GUARDIANSHIP:
        return [task.parent_id] if task.parent_id is not None else []
    return parents_of(tx, task.child_id, applications.live_of_child(tx, task.child_id))
