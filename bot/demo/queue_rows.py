"""Writing the demo's applications: most are loaded at once, the rest happen one after the other."""

from bot.demo.entries import Entry, Occurrence, What
from bot.demo.people_rows import PeopleIds
from bot.demo.plan import DemoPlan
from domain.application import Happening, PauseCause, QueueKind
from domain.policy import Policy
from domain.referral import issue
from domain.suspension import suspension_after
from storage import application_changes, applications, bulk, privileges, publishing, queues
from storage.applications import Application
from storage.submitting import NewApplication, submit
from storage.transaction import Transaction

_CHANGES = {What.WITHDRAWN: Happening.WITHDRAWN, What.REFERRED: Happening.REFERRED}


class QueueRows:
    """Writes the applications of one city."""

    def __init__(self, plan: DemoPlan, territory_id: int, ids: PeopleIds) -> None:
        self._plan = plan
        self._territory_id = territory_id
        self._ids = ids

    def load(self, tx: Transaction) -> None:
        """Everything that was submitted before the loading, a queue at a time."""
        loaded = [each for each in self._plan.entries if each.submitted_at < self._plan.loaded_at]
        by_queue: dict[tuple[QueueKind, int], list[Entry]] = {}
        for entry in loaded:
            by_queue.setdefault((entry.kind, entry.birth_year), []).append(entry)
        for (kind, birth_year), entries in by_queue.items():
            queue_id = queues.queue_for(tx, self._territory_id, kind, birth_year)
            bulk.fill_queue(tx, queue_id, map(self._new, entries))
        for entry in loaded:
            if entry.privilege is not None:
                self._confirm(tx, self._row(tx, entry).id, entry.privilege)

    def happen(self, tx: Transaction, what: Occurrence) -> None:
        """One occurrence, at `tx.now`."""
        if what.what is What.SUBMITTED:
            submitted = submit(tx, self._new(what.entry))
            if what.entry.privilege is not None:
                self._confirm(tx, submitted.application_id, what.entry.privilege)
            return
        row = self._row(tx, what.entry)
        match what.what:
            case What.PRIVILEGED if what.queue_class is not None and what.privilege is not None:
                self._confirm(tx, row.id, what.privilege)
                application_changes.set_class(tx, row, what.queue_class, cause=what.privilege)
            case What.PAUSED:
                application_changes.pause(tx, row, PauseCause.BY_PARENT)
            case What.ENROLLED:
                application_changes.set_status(tx, row, Happening.ENROLLED)
            case What.EXPIRED:
                self._expire(tx, row, what)
            case _:
                application_changes.set_status(tx, row, _CHANGES[what.what])

    def _expire(self, tx: Transaction, row: Application, what: Occurrence) -> None:
        policy = self._policy
        issued = next(
            each for each in self._plan.occurrences if each.entry is what.entry and each.what is What.REFERRED
        )
        stopped = suspension_after(issue(issued.at, policy), policy.calendar())
        application_changes.set_status(
            tx, row, Happening.EXPIRED, suspended=(stopped.begins_at, stopped.until)
        )
        publishing.add_suspension(
            tx, row.child_id, row.territory_id, row.kind.value, stopped.begins_at, stopped.until
        )

    def _confirm(self, tx: Transaction, application_id: int, code: str) -> None:
        rule = self._policy.privilege(code)
        assert rule is not None
        privileges.add_confirmed(tx, [(application_id, rule)], tx.now)

    def _new(self, entry: Entry) -> NewApplication:
        parent_id, child_id = self._ids.of(entry)
        listed = self._plan.register.people.get(entry.child)
        return NewApplication(
            child_id=child_id,
            parent_id=parent_id,
            territory_id=self._territory_id,
            kind=entry.kind,
            birth_year=entry.birth_year,
            queue_class=entry.queue_class,
            languages=entry.languages,
            address=listed.address if listed is not None else None,
            unverified=entry.unverified,
            submitted_at=entry.submitted_at,
            number=entry.number,
        )

    @property
    def _policy(self) -> Policy:
        return self._plan.days.policy

    @staticmethod
    def _row(tx: Transaction, entry: Entry) -> Application:
        row = applications.find_by_number(tx, entry.number)
        assert row is not None
        return row
