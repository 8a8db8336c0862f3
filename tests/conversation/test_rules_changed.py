"""The rules of a place change while a seat is held, sent for or referred to: what was given stays."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.activation import Decider
from domain.application import Status
from domain.claim import ClaimKind
from domain.notice import Told
from domain.policy import Policy
from domain.policy_data import to_data
from domain.policy_terms import ReferralMode
from storage import loading
from storage.seats import activating, claims, referrals
from storage.seats.claims import SeatClaim
from storage.seats.referrals import Issued
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import CHILD, parent_at, status_of, told
from tests.conversation.person import Person
from tests.conversation.places_plays import has_seats
from tests.conversation.seat_course import TEN_MINUTES, activated
from tests.fakes.pictures import a_page

AMINA = '"Амина" балабақшасы'
MIDNIGHT = datetime(2026, 11, 20, 19, tzinfo=UTC)
"""00:00 of 21.11.2026 in Kazakhstan: since then the new rules count."""
FIVE_MINUTES = timedelta(minutes=5)
CHANGED = "While you held the seat, new rules came into force here on {date}. What you read now follows them."
SINCE = {"date": "21.11.2026"}
SENT = "Confirmed, and sent."
REFERRED = "Confirmed. Here is your referral."
THROUGH = "Valid through {date}, to the end of that day"


async def rules_become(house: House, **rules: Any) -> None:
    """From midnight on the region has other rules."""
    row = {"territory_id": house.world.territories["region"], "in_force_from": MIDNIGHT}
    await house.write(lambda tx: loading.put_policies(tx, [row | {"data": to_data(Policy(**rules))}]))


async def holds_at(house: House, moment: datetime, kind: str = "whatsapp", language: str = "en") -> Person:
    """A parent takes a seat at that moment."""
    garden = await has_seats(house, AMINA)
    house.clock.move_to(moment)
    person = await parent_at(house, kind, language)
    await person.presses(f"take:{garden.bulletin_id}:{house.world.application_of(CHILD)}")
    return person


async def claim_of(house: House) -> SeatClaim:
    """The child's newest claim."""
    application_id = house.world.application_of(CHILD)
    found: SeatClaim | None = await house.write(lambda tx: claims.newest_of_application(tx, application_id))
    assert found is not None
    return found


async def referral_of(house: House) -> Issued:
    """The child's newest referral."""
    application_id = house.world.application_of(CHILD)
    found: Issued = (await house.write(lambda tx: referrals.of_application(tx, application_id)))[0]
    return found


async def test_a_hold_lasts_as_long_as_when_it_was_taken(house: House) -> None:
    await rules_become(house, hold=timedelta(minutes=1))
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    house.clock.move_to(MIDNIGHT + timedelta(minutes=4))

    await person.taps("Confirm")

    held = await claim_of(house)
    assert held.held_until - held.taken_at == TEN_MINUTES
    assert person.reads(REFERRED)
    assert not person.reads(CHANGED, **SINCE)


async def test_a_hold_that_would_have_become_a_referral_is_sent_and_that_is_said(
    house: House, kind: str, language: str
) -> None:
    await rules_become(house, referral_mode=ReferralMode.ACTIVATED)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES, kind, language)
    house.clock.move_to(MIDNIGHT + FIVE_MINUTES - timedelta(seconds=9))

    await person.taps("Confirm")

    assert person.reads(SENT)
    assert person.reads(CHANGED, **SINCE)
    assert await status_of(house) is Status.APPLIED
    assert (await claim_of(house)).kind is ClaimKind.APPLIED
    assert await told(house, ALDABEKOVS) == [Told.SENT]


@pytest.mark.parametrize(
    ("since_midnight", "becomes"),
    [(-timedelta(microseconds=1), Status.REFERRED), (timedelta(), Status.APPLIED)],
    ids=["23:59:59.999999", "00:00"],
)
async def test_the_instant_of_confirming_decides(
    house: House, since_midnight: timedelta, becomes: Status
) -> None:
    await rules_become(house, referral_mode=ReferralMode.ACTIVATED)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    house.clock.stand_at(MIDNIGHT + since_midnight)

    await person.taps("Confirm")

    assert await status_of(house) is becomes
    assert person.reads(CHANGED, **SINCE) is (becomes is Status.APPLIED)


async def test_a_hold_that_would_have_been_sent_becomes_a_referral_and_that_is_said(
    house: House, language: str
) -> None:
    await activated(house)
    await rules_become(house)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES, language=language)
    house.clock.move_to(MIDNIGHT + FIVE_MINUTES - timedelta(seconds=9))

    await person.taps("Confirm")

    assert person.reads(REFERRED)
    assert person.reads(CHANGED, **SINCE)
    assert person.reads(THROUGH, date="27.11.2026")


async def test_other_days_than_were_said_at_taking_are_said_at_confirming(house: House) -> None:
    await rules_become(house, referral_working_days=3, suspension_working_days=20)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    house.clock.move_to(MIDNIGHT + timedelta(minutes=1))

    await person.taps("Confirm")

    assert person.reads(CHANGED, **SINCE)
    # Saturday 21.11 never counts; Monday, Tuesday, Wednesday do.
    assert person.reads(THROUGH, date="25.11.2026")
    assert (await referral_of(house)).referral.terms.suspension_working_days == 20


async def test_who_looks_at_the_hold_again_reads_what_confirming_it_gives_now(house: House) -> None:
    await rules_become(house, referral_mode=ReferralMode.ACTIVATED)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    house.clock.move_to(MIDNIGHT + timedelta(minutes=1))

    await person.taps("How long still?")

    assert (
        person.t.many(
            "Confirmed in that time, it goes to the kindergarten, which answers in {number} working day.",
            "Confirmed in that time, it goes to the kindergarten, which answers in {number} working days.",
            2,
        )
        in person.sees
    )


async def test_rules_that_change_nothing_of_it_are_not_spoken_of(house: House) -> None:
    await rules_become(house, silent_periods=5)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    house.clock.move_to(MIDNIGHT + timedelta(minutes=1))

    await person.taps("Confirm")

    assert person.reads(REFERRED)
    assert not person.reads(CHANGED, **SINCE)


async def test_what_was_sent_waits_on_though_confirmations_are_referrals_now(house: House) -> None:
    await activated(house)
    await rules_become(house, referral_working_days=3)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    await person.taps("Confirm")
    due = (await claim_of(house)).activate_by
    house.clock.move_to(MIDNIGHT + timedelta(hours=12))

    await person.says("/my")
    await person.taps("To my referral")

    assert due is not None
    assert person.reads("Sent to the kindergarten")
    assert person.reads(
        "If it does not answer by {moment}, the education department can. You lose nothing by it.",
        moment=person.t.moment(due),
    )
    claim_id = (await claim_of(house)).id

    def activate(tx: Transaction) -> None:
        activating.activate(tx, claim_id, Decider.KINDERGARTEN)

    await house.write(activate)
    await person.presses("referrals")
    # Issued on Saturday, under the rules of that day.
    assert person.reads(THROUGH, date="25.11.2026")


async def test_a_referral_is_extended_as_it_was_issued(house: House, language: str) -> None:
    await rules_become(house, extension_days=3, extensions=0)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES, language=language)
    await person.taps("Confirm")
    house.clock.move_to(MIDNIGHT + timedelta(hours=12))

    await person.taps("Extend it")
    await person.taps(person.t.many("{number} day", "{number} days", 30))
    await person.sends_file("page.jpg", a_page())
    await person.waits(
        lambda: person.t.many("{number} file is here.", "{number} files are here.", 1) in person.sees,
        "the page to be looked at",
    )
    await person.taps("That's all")
    await person.taps("Confirm")

    assert person.reads("Extended: valid through {date}.", date="27.12.2026")
    assert (await referral_of(house)).referral.last_day == date(2026, 12, 27)


async def test_a_referral_of_rules_without_extensions_gets_none_from_later_ones(house: House) -> None:
    row = {"territory_id": house.world.territories["region"], "in_force_from": MIDNIGHT - timedelta(days=9)}
    none = to_data(Policy(extensions=0))
    await house.write(lambda tx: loading.put_policies(tx, [row | {"data": none}]))
    await rules_become(house)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    await person.taps("Confirm")
    house.clock.move_to(MIDNIGHT + timedelta(hours=12))

    await person.says("/my")
    await person.taps("To my referral")

    assert person.t("Extend it") not in person.labels


async def test_the_stop_list_is_as_long_as_when_the_referral_was_issued(house: House) -> None:
    await rules_become(house, suspension_working_days=0)
    person = await holds_at(house, MIDNIGHT - FIVE_MINUTES)
    await person.taps("Confirm")
    house.clock.move_to(datetime(2026, 11, 27, 19, 1, tzinfo=UTC))

    await person.says("/my")

    assert await status_of(house) is Status.SUSPENDED
    assert "12.12.2026\N{NO-BREAK SPACE}00:00" in person.sees
