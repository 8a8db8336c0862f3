"""Random parents, staff and clocks: what they do to a town in the database and to one in plain Python."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from domain.activation import Decider
from domain.errors import Refused
from domain.policy import Policy
from domain.policy_terms import ReferralMode
from domain.referral import Referral
from domain.suspension import suspension_after
from storage import applications, file_rows
from storage.database import Database
from storage.fallen_due import make_due
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.seats import activating, confirming, ending, extending, holding, lapsing, reporting
from storage.seats.confirming import Confirmed
from storage.seats.reporting import Reporter
from storage.tables import claim, referral, seat
from storage.transaction import Transaction
from storage.withdrawals import withdraw
from tests.fakes.clock import START, SetClock
from tests.integration.seat_model import HOLD, PlainParent, PlainSeat, PlainTown
from tests.integration.town_with_seats import SECOND, Town

PARENTS, SEATS = 3, (2, 1)
DESK = Decider.KINDERGARTEN
Work = Callable[[Transaction], Any]
SPANS = (SECOND, timedelta(minutes=4), HOLD, timedelta(days=2), timedelta(days=9))
WAYS: dict[str, Callable[[Transaction, PlainParent], Any]] = {
    "declined": lambda tx, parent: ending.give_up(tx, parent.referral_id),
    "enrolled": lambda tx, parent: ending.sign(tx, parent.referral_id, START.date()),
    "refused_at_desk": lambda tx, parent: ending.refuse(tx, parent.referral_id, "because"),
    "revoked": lambda tx, parent: ending.revoke(tx, parent.referral_id, "because"),
}
ANSWERS: dict[str, Callable[[Transaction, PlainParent], Any]] = {
    "taken_back": lambda tx, parent: activating.take_back(tx, parent.claim_id),
    "turned_down": lambda tx, parent: activating.decline(tx, parent.claim_id, DESK, "because"),
    "activated": lambda tx, parent: activating.activate(tx, parent.claim_id, DESK),
}
OFTEN = (
    *("takes",) * 6,
    *("confirms",) * 8,
    *("time_passes",) * 3,
    *("time_comes_to_an_end",) * 5,
    *("what_was_sent_is_answered",) * 4,
    *("a_referral_ends",) * 3,
    *("extends",) * 2,
    *("lets_go", "somebody_reads_the_queue", "the_small_bulletin_is_recalled", "the_last_parent_withdraws"),
)
"""What happens, as often as it stands here."""

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


class Seats(RuleBasedStateMachine):
    """Three seats, three parents, and everybody who can do something to either."""

    database: Database
    clock: SetClock
    loop: asyncio.AbstractEventLoop

    @initialize(mode=st.sampled_from(ReferralMode))
    def begin(self, mode: ReferralMode) -> None:
        self.clock.at, self.policy = START, Policy(referral_mode=mode)
        self.loop.run_until_complete(self._build())
        seats = [PlainSeat(number) for number, count in enumerate(SEATS) for _ in range(count)]
        self.plain = PlainTown(seats, [PlainParent(index=number) for number in range(PARENTS)])
        self.known: dict[int, PlainSeat] = {}
        self.rows: list[Any] = []

    async def _build(self) -> None:
        self.town = await Town.build(self.database, self.policy)
        self.bulletins = [await self.town.bulletin(count) for count in SEATS]
        self.ids = await self.town.applications(PARENTS)

    @rule(what=st.sampled_from(OFTEN), seed=st.integers(0, 10**6))
    def something_happens(self, what: str, seed: int) -> None:
        self.random = Random(seed)
        getattr(self, what)()

    # --- the clock --------------------------------------------------------------------------

    def time_passes(self) -> None:
        self.move_to(self.clock.at + self.random.choice(SPANS))

    def time_comes_to_an_end(self) -> None:
        """Right to the end of what somebody has, or to the second before."""
        parent = self.plain.one_with(self.random, "held", "referred", None)
        ago = self.random.choice([SECOND, timedelta(0)])
        ends = [each - ago for each in (parent.until, parent.suspended_until) if each]
        self.move_to(min((each for each in ends if each > self.clock.at), default=self.clock.at))

    def move_to(self, at: datetime) -> None:
        """The time, and maybe a tick of the clockwork."""
        self.clock.at = at
        self.plain.settle(at)
        if self.random.random() < 0.3:
            self.write(lambda tx: (lapsing.clear_lapsed(tx, 2), lapsing.expire_due(tx, 2)))

    def somebody_reads_the_queue(self) -> None:
        """What had fallen due is made then, and the rows say what the model says."""
        told = self.write(self._statuses)
        assert told == [each.status.replace("awaiting", "awaiting_place") for each in self.plain.parents]

    def _statuses(self, tx: Transaction) -> list[str]:
        [queue_id] = {each.queue_id for each in self._applications(tx)}
        make_due(tx, queue_id)
        return [each.status.value for each in self._applications(tx)]

    def _applications(self, tx: Transaction) -> list[applications.Application]:
        return [found for each in self.ids if (found := applications.find(tx, each)) is not None]

    # --- parents ----------------------------------------------------------------------------

    def takes(self) -> None:
        parent, where = self.plain.one_with(self.random, None), self.random.randrange(len(SEATS))
        expected = self.plain.refusal(parent, where, self.clock.at)

        taken = self.write(lambda tx: holding.take(tx, self.ids[parent.index], self.bulletins[where]))

        if expected is not None:
            assert type(taken).__name__ == expected
            return
        assert taken.until == self.clock.at + HOLD
        found = self._seat(taken.seat_id, where)
        assert found in self.plain.free(where)
        found.owner, parent.seat, parent.claim = parent, found, "held"
        parent.until, parent.claim_id = taken.until, taken.claim_id

    def _seat(self, seat_id: int, where: int) -> PlainSeat:
        """The plain seat that stands for a row: the next of its bulletin when it is seen first."""
        if seat_id not in self.known:
            taken = list(map(id, self.known.values()))
            here = [each for each in self.plain.seats if each.bulletin == where and id(each) not in taken]
            self.known[seat_id] = here[0]
        return self.known[seat_id]

    def confirms(self) -> None:
        parent = self.plain.one_with(self.random, "held")
        may = parent.claim == "held"
        done = self.does(may, lambda tx: confirming.confirm(tx, parent.claim_id), parent.claim_id)
        if done:
            self.goes_further(parent, done[0])

    def goes_further(self, parent: PlainParent, done: Confirmed) -> None:
        parent.claim = parent.status = "applied" if done.issued is None else "referred"
        parent.until, parent.extended = None, False
        if done.issued is not None:
            parent.referral_id = done.issued.id
            self.ends_with(parent, done.issued.referral)

    def ends_with(self, parent: PlainParent, given: Referral) -> None:
        parent.until = given.ends_at
        parent.suspended_until = suspension_after(given, self.policy.calendar()).until

    def lets_go(self) -> None:
        parent = self.plain.one_with(self.random, "held")
        may = parent.claim == "held"
        if self.does(may, lambda tx: holding.let_go(tx, parent.claim_id), parent.claim_id):
            assert parent.seat is not None
            parent.barred[parent.seat.bulletin] = self.clock.at + HOLD
            parent.drops(None)

    def extends(self) -> None:
        parent = self.plain.one_with(self.random, "referred")
        days, proven = self.random.choice([0, 1, 30, 31]), self.random.random() < 0.7
        may = parent.claim == "referred" and not parent.extended and 1 <= days <= 30 and proven

        def work(tx: Transaction) -> Any:
            return extending.extend(tx, parent.referral_id, days, [_file(tx)] if proven else [])

        done = self.does(may, work, parent.referral_id)
        if done:
            parent.extended = True
            self.ends_with(parent, done.issued.referral)

    def the_last_parent_withdraws(self) -> None:
        parent = self.plain.parents[-1]

        def work(tx: Transaction) -> Any:
            locked = applications.lock(tx, self.ids[-1])
            assert locked is not None
            return withdraw(tx, locked)

        if self.does(parent.status not in ("enrolled", "withdrawn"), work, self.ids[-1]):
            fate = {"applied": "withdrawn", "referred": "declined"}.get(parent.claim or "")
            parent.status = "withdrawn"
            if parent.claim is not None:
                parent.drops(fate)

    # --- staff, and parents before them -------------------------------------------------------

    def a_referral_ends(self) -> None:
        how = self.random.choice(sorted(WAYS))
        parent = self.plain.one_with(self.random, "referred")
        may = parent.claim == "referred"
        if self.does(may, lambda tx: WAYS[how](tx, parent), parent.referral_id):
            parent.status = "enrolled" if how == "enrolled" else "awaiting"
            parent.drops(how)

    def what_was_sent_is_answered(self) -> None:
        how = self.random.choice(sorted(ANSWERS))
        parent = self.plain.one_with(self.random, "applied")
        may = parent.claim == "applied"
        done = self.does(may, lambda tx: ANSWERS[how](tx, parent), parent.claim_id)
        if done and how == "activated":
            self.goes_further(parent, done)
        elif done:
            parent.status = "awaiting"
            parent.drops(how)

    def the_small_bulletin_is_recalled(self) -> None:
        [only] = [each for each in self.plain.seats if each.bulletin == 1]
        self.write(lambda tx: reporting.recall(tx, self.bulletins[1], "repairs", by=Reporter()))
        if only.fate is None:
            if only.owner is not None:
                only.owner.status = "awaiting"
                only.owner.drops(None)
            only.fate = "recalled"

    # --- doing, and what is always so ---------------------------------------------------------

    def write(self, work: Work) -> Any:
        """Its result, or the refusal: as in a turn, what was written before a refusal stays written."""

        def answers(tx: Transaction) -> tuple[Any, list[Any]]:
            try:
                done = work(tx)
            except Refused as refusal:
                done = refusal
            here = _SEATS.where(seat.c.bulletin_id.in_(self.bulletins))
            return done, list(tx.conn.execute(here).all())

        done, self.rows = self.loop.run_until_complete(self.database.write(answers))
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
                assert _told(row, self.clock.at) in [(None, None), (None, "recalled")]
            else:
                owner = plain.owner.claim_id if plain.owner else None
                assert _told(row, self.clock.at) == (owner, plain.fate)

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
        return None, "recalled"
    if row.claim_id is None or (row.held_until is not None and row.held_until <= now):
        return None, None
    if row.ended_at is not None:
        return None, row.state
    if row.state == "referred" and row.ends_at <= now:
        return None, "expired"
    return cast("int", row.claim_id), None


def _file(tx: Transaction) -> int:
    file_id = new_id()
    named: dict[str, Any] = {"kind": "document", "name": "", "content_type": "image/jpeg", "size": 1}
    file_rows.add(tx, NewFile(id=file_id, **named, sha256=b"", stored_as=str(file_id), key_id="1"))
    return file_id
