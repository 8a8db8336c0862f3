"""Back from the archive: with the old date within 30 days, with a new one later; what stands in the way."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.application import QueueKind, Status
from domain.notice import Deed, Told
from storage import people
from storage.submitting import NewApplication, submit
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
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
from tests.conversation.plays import PLACE, is_confirmed
from tests.conversation.world import START

THIRTY_DAYS = timedelta(days=30)
KEEPS = "Restore the application? It keeps its date: {moment}."
NEW_DATE = "Restore the application? The 30 days are over: it gets a new date, today's."
PLACED = "Its place would be {place} of {size}."
BACK = "The application is back in the queue."
STOPPED = (
    "The stop-list runs until {moment}: until then it has no place and takes no seats, then it goes on "
    "by itself."
)
TOO_OLD = "It can't come back: since {date} the child is too old for this queue."
WHAT_THEN = (
    "ℹ For a child of this age there are the pre-school classes of schools; the education department "
    "tells you about them."
)
SUBMITTED = "12.08.2026\N{NO-BREAK SPACE}16:20"
STOPS_UNTIL = datetime(2026, 12, 11, 19, tzinfo=UTC)


async def in_the_archive(house: House, kind: str, language: str = "en") -> Person:
    """The father, looking at the application that he has withdrawn."""
    await house.withdraws(CHILD)
    person = await parent_at(house, kind, language)
    await opens(person, "Archive", CHILD.person.name)
    return person


async def test_within_thirty_days_it_keeps_its_date_and_says_so_before(
    house: House, kind: str, language: str
) -> None:
    person = await in_the_archive(house, kind, language)
    await person.taps("Restore")
    assert person.reads(KEEPS, moment=SUBMITTED)
    assert person.reads(PLACED, place=36, size=46)
    assert await status_of(house) is Status.WITHDRAWN

    await person.taps("Yes, restore it")

    assert person.reads(BACK)
    assert person.reads(PLACE, place=36, size=46)


@pytest.mark.parametrize(("before_the_end", "keeps"), [(timedelta(seconds=60), True), (timedelta(0), False)])
async def test_at_the_end_of_the_thirtieth_day_the_date_is_lost(
    house: House, before_the_end: timedelta, keeps: bool
) -> None:
    person = await in_the_archive(house, "telegram")
    withdrawn_at = (await whole(house)).ended_at
    assert withdrawn_at is not None
    house.clock.move_to(withdrawn_at + THIRTY_DAYS - before_the_end)

    await person.taps("Restore")
    assert person.reads(KEEPS, moment=SUBMITTED) is keeps
    assert person.reads(NEW_DATE) is not keeps
    assert person.reads(PLACED, place=36 if keeps else 46, size=46)
    await person.taps("Yes, restore it")

    assert person.reads(PLACE, place=36 if keeps else 46, size=46)


async def test_a_promise_that_has_run_out_meanwhile_is_made_anew(house: House) -> None:
    person = await in_the_archive(house, "telegram")
    await person.taps("Restore")
    house.later(days=31)

    await person.taps("Yes, restore it")

    assert person.reads(NEW_DATE)
    assert await status_of(house) is Status.WITHDRAWN


async def test_both_parents_are_told_and_both_journals_have_it(house: House) -> None:
    other = await other_parent_at(house, "whatsapp")
    person = await in_the_archive(house, "telegram")
    await person.taps("Restore")

    await person.taps("Yes, restore it")

    await other.hears(
        "The other parent has restored application № {number} from the archive.", number=CHILD.number
    )
    assert other.reads("It has its old date.")
    assert await told(house, OTHER) == await told(house, ALDABEKOVS) == [Told.RESTORED]
    assert [deed for deed, _ in await noted(house, OTHER)] == [Deed.RESTORED]


async def test_it_comes_back_without_a_pause(house: House) -> None:
    await house.pauses(CHILD)
    person = await in_the_archive(house, "telegram")
    await person.taps("Restore")

    await person.taps("Yes, restore it")

    assert (await whole(house)).paused_at is None


async def test_while_the_suspension_runs_it_comes_back_to_the_stop_list(
    house: House, kind: str, language: str
) -> None:
    await is_suspended(house, STOPS_UNTIL)
    person = await in_the_archive(house, kind, language)
    until = person.t.moment(STOPS_UNTIL)
    await person.taps("Restore")
    assert person.reads(STOPPED, moment=until)
    assert not person.reads(PLACED, place=36, size=46)

    await person.taps("Yes, restore it")

    assert person.reads("Status: {status}", status=person.t("stop-list until {moment}", moment=until))
    assert await status_of(house) is Status.SUSPENDED


async def test_once_the_suspension_is_over_it_comes_back_to_the_queue(house: House) -> None:
    await is_suspended(house, STOPS_UNTIL)
    person = await in_the_archive(house, "telegram")
    house.clock.move_to(STOPS_UNTIL)
    await person.taps("Restore")

    await person.taps("Yes, restore it")

    assert person.reads(BACK)
    assert person.reads(PLACE, place=36, size=46)


async def applies_anew(house: House) -> int:
    """The child gets another application in the same queue; its number."""

    def work(tx: Transaction) -> int:
        child_id = people.find_child_by_iin(tx, CHILD.person.iin)
        assert child_id is not None
        new = NewApplication(
            child_id=child_id,
            parent_id=house.world.parent_of(ALDABEKOVS),
            territory_id=house.world.town,
            kind=QueueKind.GENERAL,
            birth_year=2024,
        )
        return submit(tx, new).number

    number: int = await house.write(work)
    return number


@pytest.mark.parametrize("pressed", [False, True])
async def test_beside_another_live_application_of_the_child_it_stays_where_it_is(
    house: House, language: str, pressed: bool
) -> None:
    person = await in_the_archive(house, "whatsapp", language)
    if pressed:
        await person.taps("Restore")
    number = await applies_anew(house)

    await person.taps("Yes, restore it" if pressed else "Restore")

    assert person.reads(
        "The child has another application in this queue: № {number}. "
        "Only when that one is withdrawn can this one come back.",
        number=number,
    )
    assert await status_of(house) is Status.WITHDRAWN


async def test_a_child_who_has_aged_out_does_not_come_back_and_hears_what_then(
    house: House, language: str
) -> None:
    child = TIKHONOVS.child
    house.clock.move_to(datetime(2029, 8, 20, 12, tzinfo=UTC))
    await house.withdraws(child)
    person = await house.acquaintance("whatsapp", language)
    await is_confirmed(house, person, TIKHONOVS)
    await opens(person, "Archive", child.person.name)
    house.clock.move_to(datetime(2029, 8, 31, 19, tzinfo=UTC))

    await person.taps("Restore")

    assert person.reads(TOO_OLD, date="01.09.2029")
    assert person.reads(WHAT_THEN)
    assert await status_of(house, child) is Status.WITHDRAWN


async def test_two_telephones_at_once_restore_once(house: House) -> None:
    await has_other_parent(house)
    one = await in_the_archive(house, "telegram")
    other = await parent_at(house, "whatsapp")
    await opens(other, "Archive", CHILD.person.name)
    await one.taps("Restore")
    await other.taps("Restore")
    asked = other.screen

    await one.taps("Yes, restore it")
    await other.hears("Application № {number} is back from the archive.", number=CHILD.number)
    await other.taps("Yes, restore it", on=asked)

    assert other.reads("Only a withdrawn application can be restored.")
    assert other.reads(PLACE, place=36, size=46)
    assert await told(house, OTHER) == [Told.RESTORED]


async def test_the_archive_tells_how_each_came_to_its_end(house: House, kind: str, language: str) -> None:
    house.clock.move_to(datetime(2029, 9, 1, 12, tzinfo=UTC))
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, TIKHONOVS)
    await opens(person)

    await person.taps("Archive")

    assert TIKHONOVS.child.person.name in person.sees
    assert person.reads("Status: {status}", status=person.t("left the queue by age"))
    assert person.reads("Ended on {date}", date="01.09.2029")
    await person.taps(TIKHONOVS.child.person.name)
    assert person.reads(WHAT_THEN)
    assert person.t("Restore") not in person.labels


async def test_when_its_thirty_days_are_over_the_archive_promises_no_date(house: House) -> None:
    person = await in_the_archive(house, "telegram")
    house.clock.move_to(START + THIRTY_DAYS + timedelta(hours=1))

    await opens(person, "Archive")

    assert person.t("With its old date until {moment}", moment="").strip() not in person.sees
