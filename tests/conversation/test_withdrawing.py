"""Withdrawing: the consequences are shown and confirmed; the other parent is told; then the archive."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.application import Happening, Status
from domain.notice import Deed, Told
from domain.phone import Phone
from storage import applications, people
from storage.application_changes import set_status
from storage.tables import seat
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import (
    CHILD,
    OTHER,
    has_other_parent,
    is_suspended,
    noted,
    opens,
    other_parent_at,
    parent_at,
    status_of,
    told,
    whole,
)
from tests.conversation.person import Person
from tests.conversation.plays import PLACE
from tests.conversation.seat_plays import GARDEN, has_in_hand
from tests.conversation.world import START

IN_30_DAYS = "20.12.2026\N{NO-BREAK SPACE}16:20"
RESTORABLE = (
    "Until {moment} you can restore it from the archive with its old date. After that it only comes "
    "back with a new date, at the end of its class."
)
DONE = "The application is withdrawn. Until {moment} you can restore it with its old date."
GONE = "The application is not in the queue any more."
BARRED = (
    "The phones were changed lately. Until {moment} an older number can undo that; so long nothing is "
    "withdrawn or given up, and no second parent is added."
)
NEW_PHONE = Phone("+77015550999")
SECOND = timedelta(seconds=1)


async def asks(person: Person) -> None:
    """Come to the consequences."""
    await opens(person, "More…", "Withdraw")


def sure(house: House) -> str:
    """The button under the consequences for one that waits for a place."""
    return f"withdraw:{house.world.application_of(CHILD)}:yes:awaiting_place"


async def test_the_consequences_are_shown_first(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)

    await asks(person)

    assert person.reads(RESTORABLE, moment=IN_30_DAYS)
    assert not person.reads("The other parent is told at once.")
    assert person.labels == person.named("Yes, withdraw it", "Pause it instead", "Keep it")
    assert await status_of(house) is Status.AWAITING_PLACE


async def test_withdrawn_it_lies_in_the_archive_and_says_until_when(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)
    await asks(person)
    await person.taps("Yes, withdraw it")
    assert person.reads(DONE, moment=IN_30_DAYS)
    assert person.reads("withdrawn by a parent on {date}", date="20.11.2026")
    assert person.t("Restore") in person.labels

    await person.taps("Archive")

    assert person.reads("With its old date until {moment}", moment=IN_30_DAYS)
    assert await status_of(house) is Status.WITHDRAWN


async def test_kept_after_all_nothing_has_happened(house: House, parent: Person) -> None:
    person = await parent_at(house, "webchat")
    await asks(person)

    await person.taps("Keep it")

    assert person.reads(PLACE, place=36, size=46)
    assert await status_of(house) is Status.AWAITING_PLACE


async def test_a_pause_is_offered_instead(house: House) -> None:
    person = await parent_at(house, "telegram")
    await asks(person)

    await person.taps("Pause it instead")
    await person.taps("Yes, pause it")

    assert (await whole(house)).paused_at is not None


async def test_the_other_parent_is_told_at_once(house: House, language: str) -> None:
    other = await other_parent_at(house, "whatsapp", language)
    person = await parent_at(house, "telegram", language)
    await asks(person)
    assert person.reads("The other parent is told at once.")

    await person.taps("Yes, withdraw it")

    await other.hears("The other parent has withdrawn application № {number}.", number=CHILD.number)
    assert other.reads("Until {moment} it can be restored with its old date.", moment=IN_30_DAYS)
    assert await told(house, OTHER) == await told(house, ALDABEKOVS) == [Told.WITHDRAWN]
    assert [deed for deed, _ in await noted(house, OTHER)] == [Deed.WITHDREW]
    assert [deed for deed, _ in await noted(house, ALDABEKOVS)] == [Deed.WITHDREW]
    await other.taps("Show the application")
    assert other.reads("Status: {status}", status=other.t("in the archive"))


async def test_the_other_parent_may_withdraw_as_well(house: House) -> None:
    other = await other_parent_at(house, "whatsapp")

    await other.presses(sure(house))

    assert await status_of(house) is Status.WITHDRAWN


async def test_two_telephones_at_once_withdraw_once(house: House) -> None:
    await has_other_parent(house)
    one, other = await parent_at(house, "telegram"), await parent_at(house, "whatsapp")
    await asks(one)
    await asks(other)
    asked = other.screen

    await one.taps("Yes, withdraw it")
    await other.hears("Application № {number} is withdrawn and lies in the archive.", number=CHILD.number)
    await other.taps("Yes, withdraw it", on=asked)

    assert other.reads(GONE)
    assert other.t("Restore") in other.labels
    assert await told(house, OTHER) == [Told.WITHDRAWN]


async def test_what_was_shown_for_another_state_is_shown_anew(house: House) -> None:
    person = await parent_at(house, "telegram")
    await asks(person)

    def referred(tx: Transaction) -> None:
        found = applications.find_by_number(tx, CHILD.number)
        assert found is not None
        set_status(tx, found, Happening.REFERRED)

    await house.write(referred)
    await person.taps("Yes, withdraw it")
    assert await status_of(house) is Status.REFERRED
    assert person.labels == person.named("Yes, withdraw it", "Keep it")
    await person.taps("Yes, withdraw it")

    assert await status_of(house) is Status.WITHDRAWN


async def test_a_suspension_goes_on_and_that_is_said(house: House, kind: str, language: str) -> None:
    until = datetime(2026, 12, 11, 19, tzinfo=UTC)
    await is_suspended(house, until)
    person = await parent_at(house, kind, language)

    await asks(person)

    assert person.reads(
        "The stop-list goes on until {moment}: withdrawing does not shorten it.",
        moment=person.t.moment(until),
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("held", "The seat that is held is let go: {kindergarten}."),
        ("applied", "What was sent is taken back: {kindergarten}."),
        (
            "referred",
            "The referral ends and its seat goes to others: {kindergarten}. Restoring does not bring it "
            "back.",
        ),
    ],
)
async def test_a_seat_in_hand_is_lost_with_it_and_that_is_said(
    house: House, language: str, state: str, words: str
) -> None:
    seat_id = await has_in_hand(house, CHILD, state)
    person = await parent_at(house, "whatsapp", language)
    await asks(person)
    assert person.reads(words, kindergarten=GARDEN)

    await person.taps("Yes, withdraw it")

    assert await status_of(house) is Status.WITHDRAWN
    free = select(seat.c.claim_id.is_(None)).where(seat.c.id == seat_id)
    assert await house.write(lambda tx: tx.conn.execute(free).scalar_one()) is (state == "held")


async def test_a_seat_that_is_held_meanwhile_is_told_before_it_is_lost(house: House) -> None:
    person = await parent_at(house, "telegram")
    await asks(person)
    await has_in_hand(house, CHILD, "held")

    await person.taps("Yes, withdraw it")

    assert person.reads("The seat that is held is let go: {kindergarten}.", kindergarten=GARDEN)
    assert await status_of(house) is Status.AWAITING_PLACE


async def phone_changed(house: House) -> None:
    """One of the father's phones is changed now; the old one can undo it for 72 hours."""
    me, until = house.world.parent_of(ALDABEKOVS), START + timedelta(hours=72)
    await house.write(lambda tx: people.confirm_phone(tx, me, 1, NEW_PHONE, START, undo_until=until))


@pytest.mark.parametrize("pressed", [False, True])
async def test_within_72_hours_of_a_change_of_phone_nothing_is_withdrawn(
    house: House, language: str, pressed: bool
) -> None:
    person = await parent_at(house, "whatsapp", language)
    await phone_changed(house)
    house.clock.move_to(START + timedelta(hours=72) - timedelta(minutes=1))

    if pressed:
        await person.presses(sure(house))
    else:
        await asks(person)

    assert person.reads(BARRED, moment="23.11.2026\N{NO-BREAK SPACE}16:20")
    assert CHILD.person.name in person.sees
    assert await status_of(house) is Status.AWAITING_PLACE


async def test_after_72_hours_it_can_be_withdrawn_again(house: House) -> None:
    person = await parent_at(house, "whatsapp")
    await phone_changed(house)
    house.clock.move_to(START + timedelta(hours=72))

    await person.presses(sure(house))

    assert await status_of(house) is Status.WITHDRAWN
