"""What a kindergarten's desk does with a seat: the state, both parents' notices and journals, the audit."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from bot.department import referrals as department
from bot.department.officer import Officer
from bot.desk import answers, contracts, seats
from bot.desk.looking import looked
from domain.application import Status
from domain.errors import (
    ActivationRefused,
    AlreadyDecided,
    ContractTooEarly,
    ReasonBadLength,
    ReferralOver,
    ReferralStillValid,
)
from domain.notice import Deed, Told
from storage import file_rows
from storage.database import Database
from storage.desk import groups, reported, sent, valid
from storage.desk.reported import ReportedSeats
from storage.desk.sent import Sent
from storage.file_rows import NewFile
from storage.ids import new_id
from storage.seats import extending, lapsing, referrals
from storage.seats.referrals import Issued
from storage.transaction import Transaction
from tests.fakes.clock import SetClock
from tests.integration.desk_city import CAPACITY, INSTANT, RELEASED_ON, City
from tests.integration.inboxes import facts, noted, told
from tests.integration.unverified_families import Family

REASON = "Анықтама жоқ"


class Stage:
    """A city, its staff, and a family that has come some way."""

    def __init__(self, database: Database, city: City, secretary: Officer, officer: Officer) -> None:
        self.database = database
        self.city = city
        self.secretary = secretary
        self.officer = officer
        self.family: Family
        self.second: int

    async def do(self, work: Any, *given: Any) -> Any:
        return await self.database.write(partial(_call, work, given))

    async def status(self) -> Status:
        return await self.database.read(lambda tx: self.family.application(tx).status)

    async def told_both(self) -> tuple[Told, Deed, dict[str, Any]]:
        """The newest notice, the newest deed and the facts, which both parents know alike."""
        parents = self.family.parent_id, self.second
        notices = [(await told(self.database, each))[-1] for each in parents]
        deeds = [(await noted(self.database, each))[-1][1] for each in parents]
        known = [await facts(self.database, each) for each in parents]
        assert notices[0] == notices[1]
        assert deeds[0] == deeds[1]
        assert known[0] == known[1]
        return notices[0], deeds[0], known[0]


def _call(work: Any, given: tuple[Any, ...], tx: Transaction) -> Any:
    return work(tx, *given)


async def staged(database: Database, *rules: Any) -> Stage:
    city = await database.write(lambda tx: City(tx, *rules))
    stage = Stage(database, city, *await database.write(lambda tx: (city.secretary(tx), city.officer(tx))))
    stage.family, stage.second = await database.write(city.family)
    return stage


@pytest.fixture
async def stage(database: Database) -> Stage:
    """A town in which the kindergarten activates."""
    return await staged(database)


async def sent_to_amina(stage: Stage) -> Sent:
    def work(tx: Transaction) -> Sent:
        bulletin_id = stage.city.seats(tx, stage.city.amina, 1)
        claim_id = stage.city.confirms(tx, stage.family, bulletin_id)
        found = sent.find(tx, claim_id, [stage.city.amina.id])
        assert found is not None
        return found

    found: Sent = await stage.do(work)
    return found


async def referred_to_amina(stage: Stage) -> Issued:
    issued: Issued = await stage.do(lambda tx: stage.city.referred(tx, stage.family, stage.city.amina))
    return issued


async def test_to_activate_issues_the_referral_and_tells_both_parents_until_when(stage: Stage) -> None:
    waiting = await sent_to_amina(stage)

    audited, referral_id = await stage.do(answers.activate, stage.secretary, waiting)

    issued = await stage.do(referrals.known, referral_id)
    notice, deed, known = await stage.told_both()
    assert await stage.status() is Status.REFERRED
    assert (notice, deed) == (Told.REFERRAL_ISSUED, Deed.SENT_ACTIVATED)
    assert (known["referral"], known["kindergarten"], known["group"]) == (issued.number, "Амина", "Күн")
    assert (known["through"], known["number"]) == ("2026-11-27", waiting.number)
    assert (audited.actor, audited.what) == (f"staff:{stage.secretary.staff_id}", "activated")


async def test_to_decline_needs_a_reason_and_leaves_the_date(stage: Stage) -> None:
    waiting = await sent_to_amina(stage)
    before = (await stage.do(stage.family.application)).submitted_at

    with pytest.raises(ReasonBadLength):
        await stage.do(answers.decline, stage.secretary, waiting, "жоқ")
    await stage.do(answers.decline, stage.secretary, waiting, REASON)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.SENT_DECLINED, Deed.SENT_DECLINED)
    assert known["reason"] == REASON
    assert await stage.status() is Status.AWAITING_PLACE
    assert (await stage.do(stage.family.application)).submitted_at == before


async def test_what_was_answered_once_is_not_answered_again(stage: Stage) -> None:
    waiting = await sent_to_amina(stage)
    await stage.do(answers.activate, stage.secretary, waiting)

    with pytest.raises(AlreadyDecided):
        await stage.do(answers.decline, stage.secretary, waiting, REASON)

    assert await stage.status() is Status.REFERRED


async def test_the_department_answers_only_after_the_kindergartens_days(
    stage: Stage, clock: SetClock
) -> None:
    waiting = await sent_to_amina(stage)

    clock.at = waiting.activate_by - timedelta(microseconds=1)
    with pytest.raises(ActivationRefused) as refused:
        await stage.do(answers.activate, stage.officer, waiting)
    clock.at = waiting.activate_by
    await stage.do(answers.activate, stage.officer, waiting)

    assert refused.value.since == waiting.activate_by
    assert await stage.status() is Status.REFERRED


async def test_a_signed_contract_enrols_and_starts_no_earlier_than_the_seat_is_empty(
    database: Database,
) -> None:
    stage = await staged(database, INSTANT)
    issued = await referred_to_amina(stage)

    with pytest.raises(ContractTooEarly):
        await stage.do(contracts.sign, stage.secretary, issued, RELEASED_ON - timedelta(days=1))
    await stage.do(contracts.sign, stage.secretary, issued, RELEASED_ON)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.ENROLLED, Deed.CONTRACT_SIGNED)
    assert (known["starts_on"], known["kindergarten"]) == ("2026-11-20", "Амина")
    assert await stage.status() is Status.ENROLLED
    assert await stage.do(valid.valid, [stage.city.amina.id], 9) == []


async def test_a_refused_referral_leaves_the_family_waiting(database: Database) -> None:
    stage = await staged(database, INSTANT)
    issued = await referred_to_amina(stage)

    await stage.do(contracts.refuse, stage.secretary, issued, REASON)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.REFUSED_AT_DESK, Deed.REFUSED_AT_DESK)
    assert (known["reason"], known["referral"]) == (REASON, issued.number)
    assert await stage.status() is Status.AWAITING_PLACE
    with pytest.raises(ReferralOver):
        await stage.do(contracts.sign, stage.secretary, issued, RELEASED_ON)


async def test_that_nobody_came_is_noted_only_when_nobody_can_come_any_more(
    database: Database, clock: SetClock
) -> None:
    stage = await staged(database, INSTANT)
    issued = await referred_to_amina(stage)

    clock.at = issued.referral.ends_at - timedelta(seconds=1)
    with pytest.raises(ReferralStillValid):
        await stage.do(contracts.did_not_come, stage.secretary, issued)
    clock.at = issued.referral.ends_at
    await stage.do(contracts.did_not_come, stage.secretary, issued)
    with pytest.raises(AlreadyDecided):
        await stage.do(contracts.did_not_come, stage.secretary, issued)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.DID_NOT_COME, Deed.DID_NOT_COME)
    assert known["through"] == "2026-11-27"
    assert await stage.status() is Status.SUSPENDED


async def test_a_revoked_extension_is_told_with_the_reason_and_the_new_last_day(database: Database) -> None:
    stage = await staged(database, INSTANT)
    issued = await referred_to_amina(stage)

    def extend(tx: Transaction) -> None:
        new = NewFile(new_id(), "document", "", "application/pdf", 9, b"0" * 32, "kept", "1")
        file_rows.add(tx, new)
        extending.extend(tx, issued.id, 30, [new.id])

    await stage.do(extend)
    await stage.do(department.revoke_extension, stage.officer, issued, REASON)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.EXTENSION_REVOKED, Deed.EXTENSION_REVOKED)
    assert (known["through"], known["reason"]) == ("2026-11-27", REASON)


async def test_a_revoked_referral_leaves_the_family_waiting_and_is_told_with_the_reason(
    database: Database,
) -> None:
    stage = await staged(database, INSTANT)
    issued = await referred_to_amina(stage)
    with pytest.raises(ReasonBadLength):
        await stage.do(department.revoke, stage.officer, issued, "no")

    await stage.do(department.revoke, stage.officer, issued, REASON)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.REFERRAL_REVOKED, Deed.REFERRAL_REVOKED)
    assert (known["referral"], known["reason"]) == (issued.number, REASON)
    assert await stage.status() is Status.AWAITING_PLACE
    with pytest.raises(ReferralOver):
        await stage.do(department.revoke, stage.officer, issued, REASON)


async def reported_by(stage: Stage, number: int) -> ReportedSeats:
    """Seats of "Амина" that are reported now."""

    def work(tx: Transaction) -> ReportedSeats:
        _, bulletin_id = seats.report(tx, stage.secretary, stage.city.amina.group_id, number, RELEASED_ON)
        found = reported.find(tx, bulletin_id, [stage.city.amina.id])
        assert found is not None
        return found

    made: ReportedSeats = await stage.do(work)
    return made


async def test_reported_seats_are_counted_against_the_groups_room(stage: Stage) -> None:
    await reported_by(stage, 4)

    [group] = await stage.do(groups.of_houses, [stage.city.amina.id])
    assert (group.offered, group.room, group.capacity) == (4, CAPACITY - 4, CAPACITY)


async def test_two_colleagues_do_not_overwrite_each_others_correction(stage: Stage) -> None:
    seen = await reported_by(stage, 4)

    await stage.do(seats.correct, stage.secretary, seen, 6, seen.mark)
    with pytest.raises(AlreadyDecided):
        await stage.do(seats.correct, stage.secretary, seen, 2, seen.mark)

    now = await stage.do(reported.find, seen.id, [stage.city.amina.id])
    assert (now.total, now.free) == (6, 6)


async def held_seat(stage: Stage) -> ReportedSeats:
    """A bulletin of two, one of which the family holds."""

    def work(tx: Transaction) -> ReportedSeats:
        bulletin_id = stage.city.seats(tx, stage.city.amina, 2)
        stage.city.holds(tx, stage.family, bulletin_id)
        found = reported.find(tx, bulletin_id, [stage.city.amina.id])
        assert found is not None
        return found

    found: ReportedSeats = await stage.do(work)
    return found


async def test_a_seat_whose_hold_has_lapsed_is_free_whether_or_not_that_was_written_down(
    stage: Stage, clock: SetClock
) -> None:
    seen = await held_seat(stage)
    clock.advance(timedelta(minutes=10))
    counted = [await stage.do(reported.find, seen.id, [stage.city.amina.id])]

    await stage.do(lapsing.clear_lapsed)

    counted.append(await stage.do(reported.find, seen.id, [stage.city.amina.id]))
    assert [(each.free, each.held, each.recallable) for each in counted] == [(2, 0, 2)] * 2


async def test_a_recall_takes_free_seats_first_and_tells_nobody_then(stage: Stage) -> None:
    seen = await held_seat(stage)

    audited = await stage.do(seats.recall, stage.secretary, seen, REASON, 1, seen.mark)

    now = await stage.do(reported.find, seen.id, [stage.city.amina.id])
    assert (now.free, now.held, now.recalled) == (0, 1, 1)
    assert audited.data == {"seats": 1, "claims": 0}
    assert await told(stage.database, stage.family.parent_id) == []


async def test_whoever_held_a_recalled_seat_is_told_why(stage: Stage) -> None:
    seen = await held_seat(stage)

    audited = await stage.do(seats.recall, stage.secretary, seen, REASON, None, seen.mark)

    notice, deed, known = await stage.told_both()
    assert (notice, deed) == (Told.SEAT_RECALLED, Deed.SEAT_RECALLED)
    assert (known["reason"], known["referred"]) == (REASON, False)
    assert audited.data == {"seats": 2, "claims": 1}


async def test_what_somebody_took_meanwhile_is_not_recalled_unseen(stage: Stage) -> None:
    def free_seats(tx: Transaction) -> ReportedSeats:
        found = reported.find(tx, stage.city.seats(tx, stage.city.amina, 1), [stage.city.amina.id])
        assert found is not None
        return found

    seen: ReportedSeats = await stage.do(free_seats)
    await stage.do(stage.city.holds, stage.family, seen.id)

    with pytest.raises(AlreadyDecided):
        await stage.do(seats.recall, stage.secretary, seen, REASON, None, seen.mark)

    now = await stage.do(reported.find, seen.id, [stage.city.amina.id])
    assert (now.held, now.recalled) == (1, 0)


async def test_a_look_stands_in_both_journals_once_a_day(stage: Stage, clock: SetClock) -> None:
    application = await stage.do(stage.family.application)

    for days in (0, 0, 1):
        clock.advance(timedelta(days=days))
        await stage.do(looked, stage.secretary, application)

    journals = [await noted(stage.database, each) for each in (stage.family.parent_id, stage.second)]
    by = f"staff:{stage.secretary.staff_id}"
    assert journals == [[(by, Deed.LOOKED)] * 2] * 2


async def test_only_the_own_houses_are_read(stage: Stage) -> None:
    waiting = await sent_to_amina(stage)
    seen = await reported_by(stage, 1)
    elsewhere = [stage.city.other.id]

    assert await stage.do(sent.find, waiting.claim_id, elsewhere) is None
    assert await stage.do(sent.waiting, elsewhere, 9) == []
    assert await stage.do(sent.how_many_wait, elsewhere) == 0
    assert await stage.do(reported.find, seen.id, elsewhere) is None
    assert await stage.do(groups.find, stage.city.amina.group_id, elsewhere) is None
    assert await stage.do(sent.how_many_wait, [stage.city.amina.id]) == 1


async def test_valid_referrals_are_listed_and_those_that_are_over_are_not(
    database: Database, clock: SetClock
) -> None:
    stage = await staged(database, INSTANT)
    issued = await referred_to_amina(stage)
    houses = [stage.city.amina.id]

    [line] = await stage.do(valid.valid, houses, 9)
    many = await stage.do(valid.how_many, houses)
    clock.at = issued.referral.ends_at

    assert (line.number, line.group, line.valid_through) == (issued.number, "Күн", date(2026, 11, 27))
    assert many == 1
    assert await stage.do(valid.how_many, houses) == 0
