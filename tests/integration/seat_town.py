"""A town with a policy, kindergartens that report seats, and families in its queue."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.application import QueueClass, QueueKind
from domain.policy import Policy
from domain.policy_data import to_data
from storage.ids import new_id
from storage.seats.reporting import Reported, Reporter, report
from storage.submitting import Submitted, submit
from storage.tables import child_group, kindergarten, policy
from storage.transaction import Transaction
from tests.integration.queue_people import People
from tests.integration.rows import add

BY = Reporter("kindergarten")
SINCE = datetime.fromisoformat("2019-01-01T00:00+06:00")


@dataclass(frozen=True)
class Town:
    """Where it happens, and a parent with many children."""

    people: People

    @classmethod
    def found(cls, tx: Transaction, rules: Policy | None = None) -> "Town":
        town = cls(People.arrive(tx))
        town.decide(tx, rules or Policy(), SINCE)
        return town

    @property
    def territory_id(self) -> int:
        return self.people.territory_id

    def decide(self, tx: Transaction, rules: Policy, since: datetime) -> None:
        """The rules of the town from that day on."""
        row = {"territory_id": self.territory_id, "in_force_from": since, "data": to_data(rules)}
        add(tx, policy, **row)

    def group(self, tx: Transaction, **given: Any) -> int:
        """A group of a kindergarten of its own."""
        house = add(
            tx,
            kindergarten,
            code=f"house-{new_id()}",
            territory_id=self.territory_id,
            name="Garden",
            ownership="state",
            languages=["kk"],
        )
        row: dict[str, Any] = {
            "code": "one",
            "name": "Group",
            "kind": "day",
            "queue_kind": "general",
            "language": "kk",
        }
        row |= {"birth_years": [2024], "capacity": 25, "kindergarten_id": house}
        return add(tx, child_group, **(row | given))

    def reports(self, tx: Transaction, seats: int, **given: Any) -> Reported:
        """A group of its own reports so many free seats."""
        return report(tx, self.group(tx, **given), seats, by=BY, released_on=date(2026, 11, 20))

    def applies(
        self,
        tx: Transaction,
        queue_class: QueueClass = QueueClass.GENERAL,
        *,
        birth_year: int = 2024,
        languages: tuple[str, ...] = ("kk",),
        kind: QueueKind = QueueKind.GENERAL,
        submitted_at: datetime | None = None,
    ) -> Submitted:
        """A child more in the queue."""
        new = self.people.application(
            tx,
            queue_class=queue_class,
            birth_year=birth_year,
            languages=languages,
            kind=kind,
            submitted_at=submitted_at,
        )
        return submit(tx, new)
