"""Twins: two seats or none, one confirmation, one end."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import pytest

from domain.application import PauseCause, Status
from domain.errors import HoldOver, NoTwins, Paused, SeatGone
from domain.hold import HoldEnd
from domain.iin import Iin, Sex, make_iin
from domain.twins import reasons_against_both
from storage import guardians, people
from storage.application_changes import pause
from storage.database import Database
from storage.seats import confirming, holding, standing, twins
from storage.seats.holding import Taken
from storage.submitting import submit
from storage.tables import claim
from storage.transaction import Transaction
from storage.withdrawals import withdraw
from tests.fakes.clock import START, SetClock
from tests.integration.queue_people import BIRTH_YEAR
from tests.integration.town_with_seats import TEN_MINUTES, TENTH, Town

BORN = date(BIRTH_YEAR, 5, 14)


@dataclass(frozen=True)
class Pair:
    """A town and the applications of two children of one parent."""

    town: Town
    one: int
    other: int

    async def take(self, here: int, there: int) -> tuple[Taken, Taken]:
        """They take seats together."""
        tries = (self.one, here), (self.other, there)
        return await self.town.database.write(lambda tx: twins.take_both(tx, *tries))

    async def states(self, pair: tuple[Taken, Taken]) -> list[str]:
        """What became of both claims."""
        return [(await self.town.row(claim, each.claim_id)).state for each in pair]


async def children(town: Town, one_born: date = BORN, other_born: date = BORN) -> Pair:
    """Two children of the same parent, born on these days, each in the queue."""

    def work(tx: Transaction) -> list[int]:
        return [_apply(tx, town, made(born, n)) for n, born in enumerate((one_born, other_born))]

    return Pair(town, *await town.database.write(work))


def made(born: date, serial: int) -> Iin:
    """A made-up IIN."""
    found = next(filter(None, (make_iin(born, Sex.FEMALE, 1000 * serial + n) for n in range(20))))
    assert found is not None
    return found


def _apply(tx: Transaction, town: Town, iin: Iin) -> int:
    child_id = people.child_for(tx, iin, at=tx.now)
    guardians.join(tx, town.people.parent_id, child_id, "applied", tx.now)
    return submit(tx, town.people.application(tx, child_id=child_id)).application_id


@pytest.fixture
async def pair(database: Database) -> Pair:
    """Twins."""
    return await children(await Town.build(database))


@pytest.mark.parametrize("bulletins", [1, 2])
async def test_they_hold_two_seats_that_end_at_one_instant(pair: Pair, bulletins: int) -> None:
    ids = [await pair.town.bulletin(2) for _ in range(bulletins)]

    first, second = await pair.take(ids[0], ids[-1])

    assert first.seat_id != second.seat_id
    assert first.until == second.until == START + TEN_MINUTES
    assert (await pair.town.row(claim, first.claim_id)).twin_of == second.claim_id
    assert (await pair.town.row(claim, second.claim_id)).twin_of == first.claim_id


async def test_where_one_seat_is_left_neither_gets_it(pair: Pair) -> None:
    bulletin_id = await pair.town.bulletin(1)

    with pytest.raises(SeatGone):
        await pair.take(bulletin_id, bulletin_id)

    assert await pair.town.free(bulletin_id) == 1


async def test_when_the_second_seat_goes_at_the_last_moment_the_first_is_free_again(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = await pair.town.bulletin(1), await pair.town.bulletin(1)
    hold_one = holding.hold_one

    def robbed(tx: Transaction, found: object, *until: object) -> Taken:
        if found.bulletin_id == there:  # type: ignore[attr-defined]
            raise SeatGone(there)
        return hold_one(tx, found, *until)  # type: ignore[arg-type]

    monkeypatch.setattr(holding, "hold_one", robbed)

    def answers(tx: Transaction) -> bool:
        """A turn that tells the refusal, and so commits whatever was written before it."""
        try:
            twins.take_both(tx, (pair.one, here), (pair.other, there))
        except SeatGone:
            return True
        return False

    assert await pair.town.database.write(answers)
    assert await pair.town.free(here) == 1
    monkeypatch.undo()
    await pair.take(here, there)


async def test_both_must_be_allowed_by_themselves(pair: Pair) -> None:
    bulletin_id = await pair.town.bulletin(2)
    whole = await pair.town.whole(pair.other)
    await pair.town.database.write(lambda tx: pause(tx, whole, PauseCause.BY_PARENT))

    with pytest.raises(Paused):
        await pair.take(bulletin_id, bulletin_id)

    one, other = [
        await pair.town.database.read(partial(standing.read, application_id=each, bulletin_id=bulletin_id))
        for each in (pair.one, pair.other)
    ]
    assert reasons_against_both(one.attempt, other.attempt, one.now) == ((), (Paused(),))


async def test_sisters_of_two_birthdays_are_no_twins(database: Database) -> None:
    pair = await children(await Town.build(database), other_born=date(BIRTH_YEAR, 5, 15))
    bulletin_id = await pair.town.bulletin(2)

    with pytest.raises(NoTwins):
        await pair.take(bulletin_id, bulletin_id)


@pytest.mark.parametrize("which", [0, 1])
async def test_one_confirmation_is_for_both(pair: Pair, clock: SetClock, which: int) -> None:
    bulletin_id = await pair.town.bulletin(2)
    held = await pair.take(bulletin_id, bulletin_id)
    clock.advance(TEN_MINUTES - TENTH)

    done = await pair.town.database.write(lambda tx: confirming.confirm(tx, held[which].claim_id))

    assert [each.application.status for each in done] == [Status.REFERRED] * 2
    assert done[0].claim_id == held[which].claim_id
    assert len({each.issued.number for each in done if each.issued}) == 2


async def test_letting_one_go_lets_both_go(pair: Pair) -> None:
    bulletin_id = await pair.town.bulletin(2)
    held = await pair.take(bulletin_id, bulletin_id)

    await pair.town.database.write(lambda tx: holding.let_go(tx, held[1].claim_id))

    assert await pair.states(held) == ["let_go"] * 2
    assert await pair.town.free(bulletin_id) == 2


async def test_withdrawing_one_frees_both_seats(pair: Pair) -> None:
    bulletin_id = await pair.town.bulletin(2)
    held = await pair.take(bulletin_id, bulletin_id)
    whole = await pair.town.whole(pair.one)

    await pair.town.database.write(lambda tx: withdraw(tx, whole))

    assert await pair.states(held) == ["withdrawn"] * 2
    assert await pair.town.free(bulletin_id) == 2


async def test_both_lapse_together(pair: Pair, clock: SetClock) -> None:
    bulletin_id = await pair.town.bulletin(2)
    held = await pair.take(bulletin_id, bulletin_id)
    clock.advance(TEN_MINUTES)

    for each in held:
        with pytest.raises(HoldOver) as refused:
            await pair.town.database.write(partial(confirming.confirm, claim_id=each.claim_id))
        assert refused.value.end is HoldEnd.LAPSED
    assert await pair.town.free(bulletin_id) == 2


async def test_once_referred_each_goes_its_own_way(pair: Pair) -> None:
    bulletin_id = await pair.town.bulletin(2)
    held = await pair.take(bulletin_id, bulletin_id)
    await pair.town.database.write(lambda tx: confirming.confirm(tx, held[0].claim_id))
    whole = await pair.town.whole(pair.one)

    await pair.town.database.write(lambda tx: withdraw(tx, whole))

    assert await pair.states(held) == ["declined", "referred"]
