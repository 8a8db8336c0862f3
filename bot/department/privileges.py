"""The department's answer about a privilege: on its documents, or on an objection to its loss."""

from dataclasses import dataclass

from bot.department.officer import Officer, require_reason
from bot.department.telling import pass_to
from bot.flows.concerned import parents_of
from bot.flows.staff_entry import Audited
from bot.privilege_answers import pass_on
from domain.errors import AlreadyDecided
from domain.notice import Deed, Told
from domain.policy_terms import Proof
from domain.privilege import PrivilegeState
from storage import applications, documents, privilege_changes, privileges, task_closing
from storage.applications import Application
from storage.department_tasks import TaskKind
from storage.privileges import Claimed
from storage.task_closing import Outcome, Task
from storage.transaction import Transaction

_ASKS = (TaskKind.PRIVILEGE_DOCUMENT, TaskKind.PRIVILEGE_OBJECTION)


@dataclass(frozen=True, slots=True)
class _Case:
    """A privilege that waits for the department, its application, and the tasks that say so."""

    application: Application
    known: Claimed
    tasks: list[Task]


def confirm(tx: Transaction, officer: Officer, privilege_id: int) -> Audited:
    """The documents prove it, or the objection is right: it counts from now on, with the old date.

    Raises AlreadyDecided when nothing waits for the department, be it decided by a colleague just now.
    """
    case = _waiting(tx, privilege_id)
    change = privilege_changes.answer(tx, privilege_id, confirmed=True)
    _settle(tx, officer, case, Outcome.CONFIRMED, None)
    pass_on(tx, change, actor=officer.actor, role=officer.role)
    return _audited(officer, "privilege_confirmed", case)


def refuse(tx: Transaction, officer: Officer, privilege_id: int, reason: str) -> Audited:
    """It is not proved: the application stays where it is. The parents read the reason.

    Raises ReasonBadLength, AlreadyDecided.
    """
    reason = require_reason(reason)
    case = _waiting(tx, privilege_id)
    change = privilege_changes.answer(tx, privilege_id, confirmed=False)
    _settle(tx, officer, case, Outcome.REFUSED, reason)
    if not pass_on(tx, change, actor=officer.actor, role=officer.role, reason=reason):
        _tell_objection_refused(tx, officer, case, reason)
    return _audited(officer, "privilege_refused", case)


def _waiting(tx: Transaction, privilege_id: int) -> _Case:
    """The case, its application locked: of two colleagues the second finds it decided."""
    found = privileges.find(tx, privilege_id)
    application = applications.lock(tx, found.application_id) if found is not None else None
    known = privileges.find(tx, privilege_id)
    if application is None or known is None:
        raise AlreadyDecided
    tasks = [
        each
        for each in task_closing.of_application(tx, application.id, *_ASKS)
        if each.closed_at is None and each.data.get("privilege") == known.code
    ]
    if not _waits(known, tasks):
        raise AlreadyDecided
    return _Case(application, known, tasks)


def _waits(known: Claimed, tasks: list[Task]) -> bool:
    """The register answers for its own. An objection waits while its task does: the state stays "lost"."""
    if known.privilege.state is PrivilegeState.UNDER_REVIEW:
        return known.privilege.rule.proof is Proof.DOCUMENT
    return known.privilege.state is PrivilegeState.LOST and bool(tasks)


def _settle(tx: Transaction, officer: Officer, case: _Case, outcome: Outcome, reason: str | None) -> None:
    documents.decide(tx, case.application.id, case.known.code, outcome.value, tx.now)
    for task in case.tasks:
        task_closing.close(tx, task.id, outcome, tx.now, staff_id=officer.staff_id, reason=reason)


def _tell_objection_refused(tx: Transaction, officer: Officer, case: _Case, reason: str) -> None:
    application, code = case.application, case.known.code
    pass_to(
        tx,
        officer,
        parents_of(tx, application.child_id, [application]),
        Deed.OBJECTION_REFUSED,
        Told.OBJECTION_REFUSED,
        application_id=application.id,
        journaled={"privilege": code},
        facts={"number": application.number, "privilege": code, "reason": reason},
    )


def _audited(officer: Officer, what: str, case: _Case) -> Audited:
    data = {"privilege": case.known.code, "application": case.application.id}
    return Audited(officer.actor, what, f"privilege:{case.known.id}", data)
