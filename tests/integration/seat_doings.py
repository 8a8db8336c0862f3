"""What random parents and staff do to seats, in the database and in the model, at random times."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from domain.activation import Decider
from domain.application import Happening
from domain.errors import Refused
from domain.policy_terms import ReferralMode
from storage import applications, file_rows, suspensions
from storage.application_changes import set_status
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.seats import (
    activating,
    confirming,
    ending,
    extending,
    holding,
    lapsing,
    reporting,
    returning,
    twins,
)
from storage.seats.confirming import Confirmed
from storage.seats.reporting import Reporter
from storage.transaction import Transaction
from storage.withdrawals import withdraw
from tests.fakes.clock import START
from tests.integration.seat_machine import SEATS, SeatStage
from tests.integration.seat_model import DAY, HOLD, LONGEST_EXTENSION, RETURNED, PlainParent, end_of
from tests.integration.town_with_seats import SECOND

SPANS = (SECOND, timedelta(minutes=4), HOLD, timedelta(days=2), timedelta(days=9))
WAYS: dict[str, Callable[[Transaction, PlainParent], Any]] = {
    "declined": lambda tx, parent: ending.give_up(tx, parent.referral_id),
    "enrolled": lambda tx, parent: ending.sign(tx, parent.referral_id, START.date()),
    "refused_at_desk": lambda tx, parent: ending.refuse(tx, parent.referral_id, "because"),
    "revoked": lambda tx, parent: ending.revoke(tx, parent.referral_id, "because"),
}
ANSWERS: dict[str, Callable[[Transaction, int, Decider], Any]] = {
    "taken_back": lambda tx, claim_id, _: activating.take_back(tx, claim_id),
    "turned_down": lambda tx, claim_id, by: activating.decline(tx, claim_id, by, "because"),
    "activated": activating.activate,
}
OFTEN = {
    "takes": 5,
    "twins_take": 6,
    "confirms": 8,
    "time_passes": 2,
    "time_comes_to_an_end": 9,
    "what_was_sent_is_answered": 7,
    "a_referral_ends": 3,
    "extends": 4,
    "an_extension_is_revoked": 3,
    "lets_go": 5,
    "nobody_came": 1,
    "somebody_reads_the_queue": 1,
    "seats_come_back": 3,
    "the_small_bulletin_is_recalled": 4,
    "somebody_withdraws": 2,
    "somebody_comes_back": 4,
}
"""What happens, and how often."""
AT_THE_END = {
    "held": ("confirms", "confirms", "lets_go"),
    "applied": ("what_was_sent_is_answered",),
    "referred": (
        *("a_referral_ends", "extends", "nobody_came", "takes", "the_small_bulletin_is_recalled"),
        *("an_extension_is_revoked", "an_extension_is_revoked", "somebody_withdraws"),
    ),
    None: ("takes",),
}
"""What somebody does at the very end of what they have, by what that is."""


class Seats(SeatStage):
    """Three seats, three parents, and everybody who can do something to either."""

    @initialize(mode=st.sampled_from(ReferralMode))
    def begin(self, mode: ReferralMode) -> None:
        self.set_up(mode)

    @rule(
        what=st.sampled_from([name for name, times in OFTEN.items() for _ in range(times)]),
        seed=st.integers(0, 10**6),
    )
    def something_happens(self, what: str, seed: int) -> None:
        # The same small seeds come again and again: each step makes something else of them.
        self.steps += 1
        self.random, self.chosen = Random(1000 * seed + self.steps), None
        getattr(self, what)()

    # --- the clock --------------------------------------------------------------------------

    def time_passes(self) -> None:
        self.move_to(self.clock.at + self.random.choice(SPANS))
        if self.random.random() < 0.3:
            self.write(lambda tx: (lapsing.clear_lapsed(tx, 2), lapsing.expire_due(tx, 2)))

    def time_comes_to_an_end(self) -> None:
        """Right to the end of what somebody has, or to the second before, and there they do something."""
        parent = self.plain.one_with(self.random, "held", "referred", "applied")
        ends = [parent.until, parent.answer_by, parent.stopped_until, *parent.barred.values()]
        if parent.extended and not parent.revoked:
            ends.append(end_of(parent.original))
        ahead = [each for each in ends if each and each - SECOND > self.clock.at]
        had = parent.claim
        if ahead:
            end = min(ahead) if self.random.random() < 0.7 else self.random.choice(ahead)
            self.move_to(end - self.random.choice([SECOND, timedelta(), timedelta()]))
        self.chosen = parent
        getattr(self, self.random.choice(AT_THE_END[had]))()

    # --- parents ----------------------------------------------------------------------------

    def takes(self) -> None:
        parent, where = self.somebody(None), self.random.randrange(len(SEATS))
        expected = self.plain.refusal(parent, where, self.clock.at)

        taken = self.write(lambda tx: holding.take(tx, self.ids[parent.index], self.bulletins[where]))

        if self.refused(taken, expected):
            return
        self.takes_hold(parent, where, taken)

    def twins_take(self) -> None:
        pair = self.random.sample(self.plain.parents[:2], 2)
        if self.random.random() < 0.15:
            pair[1] = self.plain.parents[2]
        here, there = self.random.choice([(0, 0), (0, 1), (1, 0), (0, 1), (1, 0), (1, 1)])
        others = 1 if here == there else 0
        reasons = [
            self.plain.refusal(one, at, self.clock.at, others)
            for one, at in zip(pair, (here, there), strict=True)
        ]
        expected = "NoTwins" if pair[1].index == 2 else reasons[0] or reasons[1]
        tries = [
            (self.ids[one.index], self.bulletins[at]) for one, at in zip(pair, (here, there), strict=True)
        ]

        taken = self.write(lambda tx: twins.take_both(tx, *tries))

        if self.refused(taken, expected):
            return
        for one, at, its in zip(pair, (here, there), taken, strict=True):
            self.takes_hold(one, at, its)
        pair[0].twin, pair[1].twin = pair[1], pair[0]
        if self.random.random() < 0.6:
            self.chosen = pair[0]
            getattr(
                self, self.random.choice(("the_small_bulletin_is_recalled",) * 2 + ("somebody_withdraws",))
            )()

    def refused(self, taken: Any, expected: str | None) -> bool:
        """Whether it was refused, for the right reason."""
        assert (type(taken).__name__ if isinstance(taken, Refused) else None) == expected
        return expected is not None

    def takes_hold(self, parent: PlainParent, where: int, taken: Any) -> None:
        assert taken.until == self.clock.at + HOLD
        found = self.plain_seat(taken.seat_id, where)
        assert found in self.plain.free(where)
        parent.holds(found, taken.claim_id, taken.until)

    def confirms(self) -> None:
        parent = self.somebody("held")
        may = parent.claim == "held"
        done = self.does(may, lambda tx: confirming.confirm(tx, parent.claim_id), parent.claim_id)
        if not done:
            return
        pair = parent.pair
        parent.parts()
        assert [each.claim_id for each in done] == [each.claim_id for each in pair]
        for one, its in zip(pair, done, strict=True):
            self.goes_further(one, its)

    def goes_further(self, parent: PlainParent, done: Confirmed) -> None:
        if done.issued is None:
            parent.is_sent(self.clock.at)
            assert done.activate_by == parent.answer_by
        else:
            parent.is_referred(done.issued.id, self.clock.at)
            assert done.issued.referral.ends_at == parent.until

    def lets_go(self) -> None:
        parent = self.somebody("held")
        may = parent.claim == "held"
        if self.does(may, lambda tx: holding.let_go(tx, parent.claim_id), parent.claim_id):
            for each in parent.pair:
                each.lets_go(self.clock.at)
            if self.random.random() < 0.5:
                self.chosen = parent
                self.takes()

    def extends(self) -> None:
        parent = self.somebody("referred")
        days, proven = self.random.choice([0, 1, 1, 30, 30, 31]), self.random.random() < 0.6
        may = parent.claim == "referred" and not parent.extended and 1 <= days <= LONGEST_EXTENSION and proven

        def work(tx: Transaction) -> Any:
            return extending.extend(tx, parent.referral_id, days, [_file(tx)] if proven else [])

        if self.does(may, work, parent.referral_id):
            parent.extended = True
            parent.lasts(parent.last + days * DAY)

    def somebody_withdraws(self) -> None:
        stopped = [each for each in self.plain.parents if each.status == "suspended"]
        anybody = stopped if stopped and self.random.random() < 0.5 else self.plain.parents
        parent = self.chosen or self.random.choice(anybody)

        def work(tx: Transaction) -> Any:
            locked = applications.lock(tx, self.ids[parent.index])
            assert locked is not None
            return withdraw(tx, locked)

        if self.does(parent.status not in ("enrolled", "withdrawn"), work, self.ids[parent.index]):
            fate = {"applied": "withdrawn", "referred": "declined"}.get(parent.claim or "")
            parent.status = "withdrawn"
            was_held = parent.claim == "held"
            for each in parent.pair if parent.claim is not None else []:
                each.lets_go(self.clock.at) if was_held else each.drops(fate)
            if self.random.random() < 0.6:
                self.somebody_comes_back()

    def somebody_comes_back(self) -> None:
        """Out of the archive; a stop-list that still runs goes on."""
        parent = next(
            (each for each in self.plain.parents if each.status == "withdrawn"), self.plain.parents[0]
        )

        def work(tx: Transaction) -> Any:
            locked = applications.lock(tx, self.ids[parent.index])
            assert locked is not None
            runs = suspensions.running(tx, locked.child_id, locked.territory_id, locked.kind, tx.now)
            if runs is None:
                return set_status(tx, locked, Happening.RESTORED)
            return set_status(tx, locked, Happening.RESTORED_SUSPENDED, suspended=runs.span)

        if self.does(parent.status == "withdrawn", work, self.ids[parent.index]):
            parent.status = "suspended"
            if parent.stopped_until is None or self.clock.at >= parent.stopped_until:
                parent.status = "awaiting"
            self.somebody_reads_the_queue()

    # --- staff, and parents before them -------------------------------------------------------

    def a_referral_ends(self) -> None:
        how = self.random.choice(sorted(WAYS))
        parent = self.somebody("referred")
        may = parent.claim == "referred"
        if self.does(may, lambda tx: WAYS[how](tx, parent), parent.referral_id):
            parent.status = "enrolled" if how == "enrolled" else "awaiting"
            parent.drops(how)

    def nobody_came(self) -> None:
        parent = self.somebody("referred")
        self.does(
            parent.end == "expired",
            lambda tx: ending.did_not_come(tx, parent.referral_id),
            parent.referral_id,
        )

    def an_extension_is_revoked(self) -> None:
        extended = [each for each in self.plain.parents if each.claim == "referred" and each.extended]
        parent = self.chosen or (self.random.choice(extended) if extended else self.somebody("referred"))
        may = parent.claim == "referred" and parent.extended and not parent.revoked
        if self.does(may, lambda tx: extending.revoke(tx, parent.referral_id, "because"), parent.referral_id):
            parent.is_revoked_an_extension(self.clock.at)
            if self.random.random() < 0.5:
                self.chosen = parent
                self.extends()

    def what_was_sent_is_answered(self) -> None:
        how = self.random.choice(sorted(ANSWERS))
        by = self.random.choice(list(Decider))
        parent = self.somebody("applied")
        early = parent.answer_by is not None and self.clock.at < parent.answer_by
        may = parent.claim == "applied" and not (by is Decider.DEPARTMENT and early and how != "taken_back")
        done = self.does(may, lambda tx: ANSWERS[how](tx, parent.claim_id, by), parent.claim_id)
        if done and how == "activated":
            self.goes_further(parent, done)
        elif done:
            parent.status = "awaiting"
            parent.drops(how)

    def seats_come_back(self) -> None:
        """The clockwork puts them on later lists."""

        def work(tx: Transaction) -> None:
            lapsing.make_expired(tx)
            while returning.put_on_lists(tx, 50):
                pass

        self.write(work)
        self.plain.come_back()

    def the_small_bulletin_is_recalled(self) -> None:
        [only] = [each for each in self.plain.seats if each.bulletin == 1]
        if only.owner is None and only.fate is None and self.random.random() < 0.9:
            return  # it happens once in a town: mostly to somebody
        self.write(lambda tx: reporting.recall(tx, self.bulletins[1], "repairs", by=Reporter()))
        self.plain.recalled.add(1)
        if only.fate is not None:
            return
        if only.owner is not None:
            only.owner.status = "awaiting"
            for each in only.owner.pair:
                each.drops("revoked" if each.claim == "referred" else None)
        only.fate = RETURNED


def _file(tx: Transaction) -> int:
    file_id = new_id()
    named: dict[str, Any] = {"kind": "document", "name": "", "content_type": "image/jpeg", "size": 1}
    file_rows.add(tx, NewFile(id=file_id, **named, sha256=b"", stored_as=str(file_id), key_id="1"))
    return file_id
