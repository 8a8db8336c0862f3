"""Whether the register names whoever applied as the child's parent (ours).

Nobody applies by chat alone for a child for whom the register names other parents. Where it was down
and answers later, that stands in the queue already: the department looks at it, nothing happens by itself.
"""

from collections.abc import Iterable

from bot.flows.telling import tell
from bot.ports.state_register import Person
from domain.iin import Iin
from domain.notice import Deed, Told
from storage import department_tasks, guardians, journal, people, task_closing
from storage.applications import Application
from storage.department_tasks import TaskKind
from storage.task_closing import Outcome
from storage.transaction import Transaction


def compare(tx: Transaction, child_id: int, live: Iterable[Application], child: Person) -> None:
    """Take down who is named; for each application whose parent is not, leave a task, once, and tell.

    Of who has no IIN the department sees the document anyway; who was verified with the child before
    was looked at then. A register that names nobody says nothing.
    """
    if not child.parents:
        return
    _acknowledge(tx, child_id, child)
    for application in live:
        if not application.unverified:
            continue
        if _named(tx, application, child):
            task_closing.resolve(tx, application.id, TaskKind.GUARDIANSHIP, Outcome.AGREED, tx.now)
        else:
            _to_the_department(tx, application, child)


def _acknowledge(tx: Transaction, child_id: int, child: Person) -> None:
    there = [each.parent_id for each in guardians.guardians_of(tx, child_id)]
    named = [each for each in there if people.key_of_parent(tx, each) in child.parents]
    if named:
        guardians.named_by_register(tx, child_id, named)


def _named(tx: Transaction, application: Application, child: Person) -> bool:
    key = people.key_of_parent(tx, application.parent_id)
    return not isinstance(key, Iin) or key in child.parents


def _to_the_department(tx: Transaction, application: Application, child: Person) -> None:
    if task_closing.of_application(tx, application.id, TaskKind.GUARDIANSHIP):
        return
    department_tasks.add(
        tx,
        TaskKind.GUARDIANSHIP,
        tx.now,
        territory_id=application.territory_id,
        parent_id=application.parent_id,
        child_id=application.child_id,
        application_id=application.id,
    )
    parent_id, application_id = application.parent_id, application.id
    journal.note(tx, parent_id, journal.REGISTER, Deed.DATA_DIFFERS, tx.now, application_id=application_id)
    tell(tx, parent_id, Told.NOT_NAMED_IN_REGISTER, tx.now, application_id=application_id, child=child.name)
