"""Whether the register names whoever applied as the child's parent (ours).

Nobody applies by chat alone for a child for whom the register names other parents. Where it was down
and answers later, that stands in the queue already: the department looks at it, nothing happens by itself.
"""

from collections.abc import Iterable

from bot.flows.telling import tell
from bot.ports.state_register import Person
from domain.iin import Iin
from domain.notice import Deed, Told
from storage import department_tasks, journal, people, task_closing
from storage.applications import Application
from storage.department_tasks import TaskKind
from storage.task_closing import Outcome
from storage.transaction import Transaction


def compare(tx: Transaction, live: Iterable[Application], child: Person) -> None:
    """Leave a task for each application whose parent the register does not name; once, and told.

    Of who has no IIN the department sees the document anyway; who was verified with the child before
    was looked at then.
    """
    for application in live:
        if not application.unverified or not child.parents:
            continue
        if _named(tx, application, child):
            task_closing.resolve(tx, application.id, TaskKind.GUARDIANSHIP, Outcome.AGREED, tx.now)
        else:
            _to_the_department(tx, application, child)


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
