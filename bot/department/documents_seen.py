"""Staff saw an identity document: what was typed is right, whatever the register says [004]."""

from bot.department.officer import Officer
from bot.department.telling import pass_to
from bot.flows.concerned import parents_of
from bot.flows.staff_entry import Audited
from domain.errors import AlreadyDecided
from domain.notice import Deed, Told
from storage import applications, task_closing, verification
from storage.department_tasks import TaskKind
from storage.register_subjects import Subject, Whose, the_child
from storage.task_closing import Outcome, Task
from storage.transaction import Transaction

_ABOUT_PEOPLE = (TaskKind.NO_IIN, TaskKind.REGISTER_DIFFERS, TaskKind.NOT_IN_REGISTER)


def seen(tx: Transaction, officer: Officer, subject: Subject) -> Audited:
    """Count a parent, be it one without an IIN, or a child as verified with the words that stand there.

    The applications that wait for nothing else lose their mark. Raises AlreadyDecided for somebody who
    is verified and about whom nothing is to be looked at.
    """
    known = verification.known(tx, subject)
    waiting = _open(tx, subject)
    if known.verified_at is not None and not waiting:
        raise AlreadyDecided
    verification.vouched_by_staff(tx, subject, tx.now)
    _close(tx, officer, waiting)
    verification.clear_marks(tx)
    _tell(tx, officer, subject, known.name)
    return Audited(officer.actor, "document_seen", f"{subject.whose.value}:{subject.id}", {})


def guardian_seen(tx: Transaction, officer: Officer, application_id: int) -> Audited:
    """Whoever applied is the child's guardian, though the register names others; also after an answer.

    Raises AlreadyDecided when that was never in doubt, or is not any more.
    """
    application = applications.lock(tx, application_id)
    kind, outcome = TaskKind.GUARDIANSHIP, Outcome.CONFIRMED
    if application is None or not task_closing.resolve(
        tx, application_id, kind, outcome, tx.now, officer.staff_id
    ):
        raise AlreadyDecided
    verification.clear_marks(tx)
    child = the_child(application.child_id)
    _tell(tx, officer, child, verification.known(tx, child).name)
    return Audited(officer.actor, "guardian_seen", f"application:{application_id}", {})


def _open(tx: Transaction, subject: Subject) -> list[Task]:
    return [each for each in task_closing.about(tx, subject, *_ABOUT_PEOPLE) if each.closed_at is None]


def _close(tx: Transaction, officer: Officer, waiting: list[Task]) -> None:
    for task in waiting:
        task_closing.close(tx, task.id, Outcome.CONFIRMED, tx.now, staff_id=officer.staff_id)


def _tell(tx: Transaction, officer: Officer, subject: Subject, name: str) -> None:
    parents, facts = [subject.id], {}
    if subject.whose is Whose.CHILD:
        parents = parents_of(tx, subject.id, applications.live_of_child(tx, subject.id))
        facts = {"child": name}
    pass_to(tx, officer, parents, Deed.DATA_CONFIRMED, Told.DATA_CONFIRMED, facts=facts)
