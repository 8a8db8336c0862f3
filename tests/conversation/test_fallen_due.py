"""What has fallen due is made by whoever asks first, whether or not any job ran."""

from datetime import UTC, datetime, timedelta

from domain.application import Happening
from storage import applications
from storage.application_changes import set_status
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.person import Person
from tests.conversation.plays import PLACE, checks

CHILD = ALDABEKOVS.children[0]
SUSPENSION_ENDS = datetime(2026, 12, 11, 19, tzinfo=UTC)
"""00:00 on 12.12.2026 in Kazakhstan."""
SIXTH_AUTUMN = datetime(2029, 8, 31, 19, tzinfo=UTC)
"""00:00 on 01.09.2029 there: who was born in 2023 ages out."""
JUST_BEFORE = timedelta(seconds=1)


def suspend(tx: Transaction, application_id: int) -> None:
    """A referral was issued and not used in time."""
    waiting = applications.lock(tx, application_id)
    assert waiting is not None
    set_status(tx, waiting, Happening.REFERRED)
    referred = applications.lock(tx, application_id)
    assert referred is not None
    set_status(tx, referred, Happening.EXPIRED, suspended=(tx.now, SUSPENSION_ENDS))


async def test_a_suspended_application_has_no_place_until_just_before_its_suspension_ends(
    house: House, parent: Person
) -> None:
    await house.write(lambda tx: suspend(tx, house.world.application_of(CHILD)))
    house.clock.move_to(SUSPENSION_ENDS - JUST_BEFORE - timedelta(minutes=1))

    await checks(parent, str(CHILD.number))

    assert parent.t("No place in the queue at present") in parent.sees


async def test_who_asks_first_after_the_suspension_finds_the_place_and_the_date_again(
    house: House, parent: Person
) -> None:
    await house.write(lambda tx: suspend(tx, house.world.application_of(CHILD)))
    house.clock.move_to(SUSPENSION_ENDS)

    await checks(parent, str(CHILD.number))

    assert parent.t(PLACE, place=CHILD.place, size=CHILD.size) in parent.sees


async def test_a_child_keeps_its_place_until_just_before_the_first_of_september(
    house: House, parent: Person
) -> None:
    child = TIKHONOVS.children[0]
    house.clock.move_to(SIXTH_AUTUMN - JUST_BEFORE - timedelta(minutes=1))

    await checks(parent, str(child.number))

    assert parent.t(PLACE, place=child.place, size=child.size) in parent.sees


async def test_who_asks_on_the_first_of_september_is_told_that_the_child_left_by_age(
    house: House, parent: Person
) -> None:
    child = TIKHONOVS.children[0]
    house.clock.move_to(SIXTH_AUTUMN)

    await checks(parent, str(child.number))

    assert parent.t("left the queue by age") in parent.sees
    assert parent.t("No place in the queue at present") in parent.sees
