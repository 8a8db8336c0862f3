"""Days off declared or taken back later: deadlines move in the parents' favour only, once, and are told."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import moved_deadlines
from bot.clockwork import Clockwork
from bot.loading.apply import load_file
from domain.application import QueueKind
from domain.local_time import start_of
from domain.notice import Deed, Told
from storage import file_rows, journal, notices, suspensions
from storage.database import Database
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.journal import SYSTEM
from storage.seats import confirming, ending, extending, lapsing, referrals
from storage.seats.referrals import Issued
from storage.tables import audit, territory
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.town_with_seats import SECOND, Town

WEDNESDAY, FRIDAY, MONDAY = date(2026, 11, 25), date(2026, 11, 27), date(2026, 11, 30)
OVER = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
"""00:00 after the last day of a referral of the 20th."""
SATURDAY, LONG_WEEKEND = date(2026, 12, 5), date(2026, 12, 10)
SUSPENDED_UNTIL = datetime(2026, 12, 11, 19, 0, tzinfo=UTC)
SINCE = start_of(date(2026, 11, 1))


@pytest.fixture
async def town(database: Database) -> Town:
    """A town where confirming refers at once."""
    built = await Town.build(database)
    await built.rules_become(SINCE)
    return built


async def refer(town: Town) -> Issued:
    """A referral of Friday the 20th, valid to the next Friday."""
    taken = await town.takes(await town.application(), await town.bulletin(1))

    def work(tx: Transaction) -> Issued | None:
        confirming.confirm(tx, taken.claim_id)
        return referrals.of_claim(tx, taken.claim_id)

    found = await town.database.write(work)
    assert found is not None
    return found


async def loads(town: Town, since: date = date(2026, 11, 1), **rules: date) -> int:
    """The file of the town with a day by each of these rules; how many deadlines moved."""
    its = select(territory.c.code).where(territory.c.id == town.people.territory_id)
    code = await town.database.read(lambda tx: tx.conn.execute(its).scalar_one())
    days = [f"{rule} = [{day}]" for rule, day in rules.items()]
    file = "\n".join(["[[policy]]", f'territory = "{code}"', f"since = {since}", *days])
    return (await load_file(town.database, file.encode())).moved


async def last_day(town: Town, issued: Issued) -> date:
    return (await town.database.read(lambda tx: referrals.known(tx, issued.id))).referral.last_day


@dataclass
class Heard:
    """What the parent's inbox and journal say, and what the audit."""

    inbox: list[Told]
    deeds: list[tuple[str, Deed]]
    audited: list[str]


async def heard(town: Town) -> Heard:
    def read(tx: Transaction) -> Heard:
        parent = town.people.parent_id
        return Heard(
            [each.kind for each in notices.page(tx, parent, 9)],
            [(each.actor, each.what) for each in journal.page(tx, parent, 9)],
            list(tx.conn.execute(select(audit.c.what)).scalars()),
        )

    return await town.database.read(read)


async def test_a_day_off_makes_a_valid_referral_longer_and_is_told_once(town: Town) -> None:
    issued = await refer(town)

    moved = [await loads(town, days_off=WEDNESDAY), await loads(town, days_off=WEDNESDAY)]

    assert moved == [1, 0]
    assert await last_day(town, issued) == MONDAY
    assert await heard(town) == Heard(
        [Told.REFERRAL_LONGER], [(SYSTEM, Deed.REFERRAL_LONGER)], ["referral_moved"]
    )


@pytest.mark.parametrize(
    ("at", "expected"), [(OVER - SECOND, MONDAY), (OVER, FRIDAY)], ids=["23:59:59", "00:00"]
)
async def test_it_moves_while_it_is_valid_and_not_when_it_is_over(
    town: Town, clock: SetClock, at: datetime, expected: date
) -> None:
    issued = await refer(town)

    clock.at = at
    await loads(town, days_off=WEDNESDAY)

    assert await last_day(town, issued) == expected


@pytest.mark.parametrize(("off", "last"), [(FRIDAY, MONDAY), (date(2026, 11, 20), FRIDAY), (MONDAY, FRIDAY)])
async def test_its_last_day_counts_and_the_day_of_issue_and_the_day_after_it_do_not(
    town: Town, off: date, last: date
) -> None:
    issued = await refer(town)

    await loads(town, days_off=off)

    assert await last_day(town, issued) == last


async def test_a_working_day_declared_later_shortens_nothing(town: Town) -> None:
    issued = await refer(town)

    moved = await loads(town, working_days=date(2026, 11, 22))

    assert (moved, await last_day(town, issued)) == (0, FRIDAY)
    assert await heard(town) == Heard([], [], [])


async def test_a_day_off_taken_back_leaves_what_was_promised(town: Town) -> None:
    issued = await refer(town)
    await loads(town, days_off=WEDNESDAY)

    moved = await loads(town)

    assert (moved, await last_day(town, issued)) == (0, MONDAY)


async def test_a_referral_that_was_given_up_stays_as_it_is(town: Town) -> None:
    issued = await refer(town)
    await town.database.write(lambda tx: ending.give_up(tx, issued.id))

    assert await loads(town, days_off=WEDNESDAY) == 0


def extend(tx: Transaction, issued: Issued) -> None:
    paper = new_id()
    named = {"kind": "document", "name": "", "content_type": "image/jpeg", "size": 1, "sha256": b""}
    file_rows.add(tx, NewFile(id=paper, **named, stored_as=str(paper), key_id="1"))  # type: ignore[arg-type]
    extending.extend(tx, issued.id, 3, [paper])


async def test_an_extension_moves_along_and_can_be_taken_back_to_the_moved_day(
    town: Town, clock: SetClock
) -> None:
    issued = await refer(town)
    await town.database.write(lambda tx: extend(tx, issued))

    await loads(town, days_off=WEDNESDAY)

    assert await last_day(town, issued) == date(2026, 12, 3)
    revoked = await town.database.write(lambda tx: extending.revoke(tx, issued.id, "no such paper"))
    assert revoked.issued.referral.last_day == MONDAY


async def test_its_suspension_follows_the_moved_day(town: Town, clock: SetClock) -> None:
    issued = await refer(town)
    await loads(town, days_off=WEDNESDAY)

    clock.at = OVER + timedelta(days=3)
    [expired] = await town.database.write(lapsing.expire_due)

    assert (expired.referral_id, expired.last_day) == (issued.id, MONDAY)
    assert expired.suspended_from == clock.at


async def suspended(town: Town, clock: SetClock) -> Issued:
    """A referral that was not used: its child is on the stop-list."""
    issued = await refer(town)
    clock.at = OVER
    await town.database.write(lapsing.expire_due)
    return issued


async def until(town: Town, issued: Issued) -> tuple[datetime | None, datetime | None]:
    """Until when the stop-list runs: for the child, and in the application."""

    def read(tx: Transaction) -> datetime | None:
        place = town.people.territory_id
        runs = suspensions.running(tx, issued.child_id, place, QueueKind.GENERAL, tx.now)
        return None if runs is None else runs.ends_at

    return await town.database.read(read), (await town.whole(issued.application_id)).suspended_until


async def test_a_working_day_declared_later_makes_the_stop_list_shorter_and_is_told_once(
    town: Town, clock: SetClock
) -> None:
    issued = await suspended(town, clock)

    moved = [await loads(town, working_days=SATURDAY), await loads(town, working_days=SATURDAY)]

    assert moved == [1, 0]
    assert await until(town, issued) == (SUSPENDED_UNTIL - timedelta(days=1),) * 2
    assert await heard(town) == Heard(
        [Told.SUSPENSION_SHORTER], [(SYSTEM, Deed.SUSPENSION_SHORTER)], ["suspension_moved"]
    )


async def test_a_day_off_declared_later_does_not_make_the_stop_list_longer(
    town: Town, clock: SetClock
) -> None:
    issued = await suspended(town, clock)

    assert await loads(town, days_off=LONG_WEEKEND) == 0
    assert await until(town, issued) == (SUSPENDED_UNTIL, SUSPENDED_UNTIL)


async def test_a_stop_list_that_would_be_over_by_now_ends_now_and_not_before(
    town: Town, clock: SetClock
) -> None:
    issued = await suspended(town, clock)
    clock.at = SUSPENDED_UNTIL - SECOND

    await loads(town, working_days=SATURDAY)

    assert await until(town, issued) == (None, clock.at)


async def test_rules_that_come_into_force_by_their_date_move_deadlines_on_that_day(
    town: Town, clock: SetClock
) -> None:
    issued = await refer(town)
    clockwork = Clockwork(town.database)
    before = await loads(town, since=date(2026, 11, 24), days_off=WEDNESDAY)
    await clockwork.look()
    assert (before, await last_day(town, issued)) == (0, FRIDAY)

    clock.at = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    await clockwork.look()

    assert await last_day(town, issued) == MONDAY


async def test_many_are_moved_a_few_at_a_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    several = [await refer(town) for _ in range(5)]
    monkeypatch.setattr(moved_deadlines, "MANY", 3)
    monkeypatch.setattr(moved_deadlines, "SOME", 2)

    moved = await loads(town, days_off=WEDNESDAY)

    assert moved == 5
    assert [await last_day(town, each) for each in several] == [MONDAY] * 5
