"""A territory with a kindergarten whose seats are published and referred to, for everything that is public.

Whoever takes a seat there has names, an IIN and a phone that stand nowhere else: MARKED.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from domain.application import QueueClass
from domain.policy import Policy
from domain.referral import Referral, ReferralEnd, issue
from domain.seat_list import SeatList
from storage import publishing
from storage.ids import new_id
from storage.publishing import NewBulletin
from storage.tables import bulletin, child, child_group, guardian, kindergarten, queue, referral, seat
from storage.tables import phone as phones
from storage.transaction import Transaction
from tests.fakes.clock import START
from tests.integration.rows import TERMS, add, add_application, add_claim, add_parent, add_territory

MARKED = ("Құпиялыұлы", "Бейсенбіжан", "220514655204", "77015550199", "Жасырын көшесі 99")
"""Surname, name, IIN, phone and address of every family here."""

KINDERGARTEN = '"Құлыншақ" балабақшасы'
GROUP = "Ботақан"


@dataclass
class OpenCity:
    """Writes its rows through one transaction."""

    tx: Transaction
    code: str = "city"
    kindergarten_name: str = KINDERGARTEN
    territory_id: int = field(init=False)
    group_id: int = field(init=False)

    def __post_init__(self) -> None:
        self.territory_id = add_territory(self.tx, self.code)
        self.group_id = self.group()

    def group(self, name: str = GROUP, **values: Any) -> int:
        """A group in a kindergarten of its own."""
        garden = add(
            self.tx,
            kindergarten,
            code=f"garden-{new_id()}",
            territory_id=self.territory_id,
            name=self.kindergarten_name,
            ownership="state",
            address="Абай көшесі, 10",
            languages=["kk"],
        )
        row: dict[str, Any] = {"kind": "day", "queue_kind": "general", "language": "kk", "capacity": 25}
        code = f"group-{new_id()}"
        return add(
            self.tx,
            child_group,
            **{"code": code, "kindergarten_id": garden, "name": name, "birth_years": [2022]} | row | values,
        )

    def publish(
        self, at: datetime = START - timedelta(days=10), *, seats: int = 2, **values: Any
    ) -> tuple[int, list[int]]:
        """Seats of the group that are published then, opened the next morning; the bulletin and its seats."""
        planned = SeatList(
            publish_at=at,
            opens_at=at + timedelta(hours=13),
            priority_ends_at=at + timedelta(days=3, hours=13),
            access_made_at=at + timedelta(hours=13),
        )
        group_id = values.pop("group_id", self.group_id)
        new = NewBulletin(
            list_id=publishing.list_at(self.tx, self.territory_id, planned),
            group_id=group_id,
            seats=seats,
            language="kk",
            birth_years=(2022,),
            seat_kind="vacant",
            released_on=date(2026, 11, 1),
            reported_at=at - timedelta(hours=2),
        )
        ids = publishing.add_bulletin(self.tx, new)
        found = self.tx.conn.execute(seat.select().where(seat.c.id == ids[0])).one()
        if values:
            changed = update(bulletin).where(bulletin.c.id == found.bulletin_id).values(**values)
            self.tx.conn.execute(changed)
        return found.bulletin_id, ids

    def family(self) -> tuple[int, int, int]:
        """A parent with a child that waits since 100 days: parent, child, application."""
        surname, name, iin, phone, address = MARKED
        vault = self.tx.vault
        parent_id = new_id()
        sealed = {"surname": surname, "name": name, "address": address}
        add_parent(
            self.tx,
            id=parent_id,
            **{each: vault.seal("parent", parent_id, each, value) for each, value in sealed.items()},
        )
        phone_id = new_id()
        number = {"phone_index": phone_id.to_bytes(8), "phone": vault.seal("phone", phone_id, "phone", phone)}
        when = {"confirmed_at": START, "created_at": START}
        add(self.tx, phones, id=phone_id, parent_id=parent_id, position=1, **number, **when)
        child_id = new_id()
        words = {"surname": surname, "name": name, "iin": iin, "birth_date": "2022-05-14"}
        add(
            self.tx,
            child,
            id=child_id,
            iin_index=child_id.to_bytes(8),
            **{each: vault.seal("child", child_id, each, value) for each, value in words.items()},
            birth_year=2022,
            sex="female",
            created_at=START,
        )
        row = {"parent_id": parent_id, "child_id": child_id, "how": "register", "since": START}
        self.tx.conn.execute(guardian.insert().values(**row))
        return parent_id, child_id, self.apply(parent_id, child_id)

    def apply(self, parent_id: int, child_id: int, **values: Any) -> int:
        """The child's application."""
        queue_id = self.queue(birth_year=2022)
        number = new_id()
        return add_application(
            self.tx,
            child_id,
            parent_id,
            queue_id,
            self.territory_id,
            **{"number": number, "submitted_at": START - timedelta(days=100)} | values,
        )

    def queue(self, kind: str = "general", birth_year: int = 2022, sizes: tuple[int, ...] = (0, 0, 0)) -> int:
        """The queue of a kind and year, made when it is not there."""
        mine = queue.select().where(
            queue.c.territory_id == self.territory_id,
            queue.c.kind == kind,
            queue.c.birth_year == birth_year,
        )
        there = self.tx.conn.execute(mine).first()
        if there is not None:
            return int(there.id)
        by_class = {f"size_{each.value}": size for each, size in zip(QueueClass, sizes, strict=True)}
        row = {"territory_id": self.territory_id, "kind": kind, "birth_year": birth_year}
        return add(self.tx, queue, **row, **by_class, phase=0, last_sequence=0)

    def refer(
        self,
        issued_at: datetime = START - timedelta(days=1),
        *,
        seat_id: int | None = None,
        end: ReferralEnd | None = None,
        ended_at: datetime | None = None,
        number: int | None = None,
    ) -> "Referred":
        """A referral that was issued then; ended in that way at that instant, if any."""
        seat_id = seat_id or self.publish(seats=1)[1][0]
        given: Referral = issue(issued_at, Policy())
        parent_id, child_id, application_id = self.family()
        state = "referred" if end is None else end.value
        claim_id = add_claim(
            self.tx,
            seat_id,
            application_id,
            child_id,
            state=state,
            taken_at=issued_at,
            held_until=issued_at,
            confirmed_at=issued_at,
            ended_at=ended_at,
        )
        self.tx.conn.execute(seat.update().where(seat.c.id == seat_id).values(claim_id=claim_id))
        number = number or new_id()
        referral_id = add(
            self.tx,
            referral,
            number=number,
            claim_id=claim_id,
            territory_id=self.territory_id,
            issued_at=issued_at,
            valid_through=given.last_day,
            ends_at=given.ends_at,
            terms=TERMS,
            state=state,
            ended_at=ended_at,
        )
        return Referred(referral_id, number, parent_id, child_id, given)


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral that was written, and whose it is."""

    id: int
    number: int
    parent_id: int
    child_id: int
    given: Referral
