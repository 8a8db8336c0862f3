"""Random parents, staff and clocks: what they do to a town in the database and to one in plain Python.

Here is the stage: the town, its clock, and what is always so. What they do is beside it.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any, cast

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import func, select

from domain.errors import Refused
from domain.iin import Iin, Sex, make_iin
from domain.policy import Policy
from domain.policy_terms import ReferralMode
from storage import applications, guardians, people
from storage.database import Database
from storage.fallen_due import make_due
from storage.submitting import submit
from storage.tables import bulletin, claim, referral, seat
from storage.transaction import Transaction
from tests.fakes.clock import START, SetClock
from tests.integration.queue_people import BIRTH_YEAR
from tests.integration.seat_model import RETURNED, PlainParent, PlainSeat, PlainTown
from tests.integration.town_with_seats import Town

PARENTS, SEATS = 3, (2, 1)
"""The first two children are twins."""
Work = Callable[[Transaction], Any]

_SEATS = (
    select(
        seat.c.id,
        seat.c.recalled_at,
        seat.c.held_until,
        claim.c.id.label("claim_id"),
        claim.c.seat_id,
        claim.c.state,
        claim.c.ended_at,
        referral.c.ends_at,
        referral.c.id.label("referral_id"),
        referral.c.ended_at.label("referral_ended_at"),
    )
    .outerjoin(claim, claim.c.id == seat.c.claim_id)
    .outerjoin(referral, referral.c.claim_id == claim.c.id)
)
_ON_LATER_LISTS = (
    select(func.count())
    .select_from(seat)
    .join(bulletin, bulletin.c.id == seat.c.bulletin_id)
    .where(seat.c.recalled_at.is_(None), seat.c.claim_id.is_(None))
)


class SeatStage(RuleBasedStateMachine):
    """Three seats, three parents, and both towns."""

    database: Database
    clock: SetClock
    loop: asyncio.AbstractEventLoop
    random: Random

    def set_up(self, mode: ReferralMode) -> None:
        """Both towns as they begin."""
        self.clock.at, self.policy = START, Policy(referral_mode=mode)
        self.loop.run_until_complete(self._build())
        seats = [PlainSeat(number) for number, count in enumerate(SEATS) for _ in range(count)]
        self.plain = PlainTown(seats, [PlainParent(index=number) for number in range(PARENTS)])
        self.known: dict[int, PlainSeat] = {}
        self.rows: list[Any] = []
        self.on_later_lists = self.steps = 0
        self.chosen: PlainParent | None = None

    async def _build(self) -> None:
        self.town = await Town.build(self.database, self.policy)
        self.bulletins = [await self.town.bulletin(count) for count in SEATS]
        self.ids = await self.database.write(self._families)

    def _families(self, tx: Transaction) -> list[int]:
        return [self._applies(tx, number, day) for number, day in enumerate((14, 14, 15))]

    def _applies(self, tx: Transaction, number: int, day: int) -> int:
        child_id = people.child_for(tx, _iin(date(BIRTH_YEAR, 5, day)), at=tx.now)
        guardians.join(tx, self.town.people.parent_id, child_id, "applied", tx.now)
        new = self.town.people.application(tx, child_id=child_id, submitted_at=tx.now)
        return submit(tx, new).application_id

    # --- the clock --------------------------------------------------------------------------

    def move_to(self, at: datetime) -> None:
        """The time; the model knows what has ended by it."""
        self.clock.at = at
        self.plain.settle(at)

    def somebody_reads_the_queue(self) -> None:
        """What had fallen due is made then, and the rows say what the model says."""
        told = self.write(self._statuses)
        expected = [
            (each.status.replace("awaiting", "awaiting_place"), self._stopped(each))
            for each in self.plain.parents
        ]
        assert told == expected

    def _stopped(self, parent: PlainParent) -> datetime | None:
        return parent.stopped_until if parent.status == "suspended" else None

    def _statuses(self, tx: Transaction) -> list[tuple[str, datetime | None]]:
        [queue_id] = {each.queue_id for each in self._applications(tx)}
        make_due(tx, queue_id)
        return [
            (each.status.value, each.suspended_until if each.status.value == "suspended" else None)
            for each in self._applications(tx)
        ]

    def _applications(self, tx: Transaction) -> list[applications.Application]:
        return [found for each in self.ids if (found := applications.find(tx, each)) is not None]

    # --- doing, and what is always so ---------------------------------------------------------

    def somebody(self, *claims: str | None) -> PlainParent:
        """Who does something: whose time is just ending, or one with such a claim."""
        return self.chosen or self.plain.one_with(self.random, *claims)

    def plain_seat(self, seat_id: int, where: int) -> PlainSeat:
        """The plain seat that stands for a row: the next of its bulletin when it is seen first."""
        if seat_id not in self.known:
            taken = list(map(id, self.known.values()))
            here = [each for each in self.plain.seats if each.bulletin == where and id(each) not in taken]
            self.known[seat_id] = here[0]
        return self.known[seat_id]

    def write(self, work: Work) -> Any:
        """Its result, or the refusal: as in a turn, what was written before a refusal stays written."""

        def answers(tx: Transaction) -> tuple[Any, list[Any], int]:
            try:
                done = work(tx)
            except Refused as refusal:
                done = refusal
            here = _SEATS.where(seat.c.bulletin_id.in_(self.bulletins))
            later = _ON_LATER_LISTS.where(
                bulletin.c.territory_id == self.town.people.territory_id, bulletin.c.id.not_in(self.bulletins)
            )
            return done, list(tx.conn.execute(here).all()), tx.conn.execute(later).scalar_one()

        done, self.rows, self.on_later_lists = self.loop.run_until_complete(self.database.write(answers))
        return done

    def does(self, may: bool, work: Work, what: int) -> Any:
        """Do it to `what`, if that ever was; None when it is refused, as it has to be then."""
        if not what:
            return None
        done = self.write(work)
        assert isinstance(done, Refused) is not may, done
        return done if may else None

    @invariant()
    def every_seat_is_somebodys_or_free_or_accounted_for(self) -> None:
        for row in getattr(self, "rows", []):
            plain = self.known.get(row.id)
            if plain is None:
                assert _told(row, self.clock.at) in [(None, None), (None, RETURNED)]
                continue
            owner = plain.owner
            assert _told(row, self.clock.at) == (owner.claim_id if owner else None, plain.fate)
            if owner is not None and owner.claim == "referred":
                assert row.ends_at == owner.until

    @invariant()
    def every_seat_that_came_back_is_on_one_later_list(self) -> None:
        if getattr(self, "rows", []):
            assert self.on_later_lists == self.plain.returned

    def teardown(self) -> None:
        if hasattr(self, "rows"):
            self.somebody_reads_the_queue()


def _told(row: Any, now: datetime) -> tuple[int | None, str | None]:
    """Whose a seat is by its row, and what else has become of it."""
    if row.claim_id is not None:
        assert row.seat_id == row.id
        running = row.referral_id is not None and row.referral_ended_at is None
        assert (row.state == "referred") == running
    if row.recalled_at is not None:
        return None, RETURNED
    if row.claim_id is None or (row.held_until is not None and row.held_until <= now):
        return None, None
    if row.ended_at is not None:
        return None, row.state
    if row.state == "referred" and row.ends_at <= now:
        return None, "expired"
    return cast("int", row.claim_id), None


_SERIALS = iter(range(1, 10**9))


def _iin(born: date) -> Iin:
    """An IIN that nobody in this database has."""
    return next(iin for each in _SERIALS if (iin := make_iin(born, Sex.FEMALE, each % 10000)) is not None)
