"""Checking a place: by a child's IIN, a parent's IIN or an application number."""

from datetime import UTC, datetime

import pytest

from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, NOBODY, TIKHONOVS, UNUSED_NUMBER
from tests.conversation.person import Person
from tests.conversation.plays import NO_SUCH_IIN, NO_SUCH_NUMBER, PLACE, checks

CHILD = ALDABEKOVS.child
IIN = CHILD.person.iin.digits
NUMBER = str(CHILD.number)
SINCE = datetime(2026, 8, 12, 11, 20, tzinfo=UTC)


async def test_a_child_is_found_by_iin_in_each_language(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await checks(person, IIN)

    assert person.reads("Application № {number}", number=NUMBER)
    assert person.reads(PLACE, place=36, size=46)
    assert person.reads("In the queue since {moment}", moment=person.t.moment(SINCE))
    assert "12.08.2026" in person.sees
    assert person.reads("Status: {status}", status=person.t("waiting for a place"))


@pytest.mark.parametrize(
    "typed",
    [
        f"{IIN[:6]} {IIN[6:]}",
        f"{IIN[:6]}-{IIN[6:10]}-{IIN[10:]}",
        f"  {IIN}\n",
        NUMBER,
        f"№{NUMBER}",
        f"№ {NUMBER}",
        f"N {NUMBER}",
        f"#{NUMBER}",
        f"{NUMBER[:4]} {NUMBER[4:7]} {NUMBER[7:]}",
        f"{NUMBER[:4]}-{NUMBER[4:]}",
    ],
)
async def test_spaces_dashes_and_number_signs_are_dropped(house: House, typed: str) -> None:
    person = await house.acquaintance("whatsapp")

    await checks(person, typed)
    assert person.reads(PLACE, place=36, size=46)

    await person.says("/menu")
    await person.says(typed)
    assert person.reads(PLACE, place=36, size=46)


@pytest.mark.parametrize("typed", [IIN, NUMBER, f"№ {NUMBER}"])
async def test_a_number_can_be_sent_at_any_time(parent: Person, typed: str) -> None:
    await parent.says("/menu")
    await parent.says(typed)

    assert parent.reads(PLACE, place=36, size=46)


async def test_by_a_parents_iin_all_children_are_found(parent: Person) -> None:
    await checks(parent, TIKHONOVS.parent.iin.digits)

    assert parent.reads("Applications found: {number}", number=2)
    assert parent.reads(PLACE, place=1, size=9)
    assert parent.reads(PLACE, place=46, size=46)


async def test_a_number_in_the_archive_is_found_without_a_place(house: House, parent: Person) -> None:
    await house.withdraws(CHILD)

    await checks(parent, NUMBER)

    assert parent.reads("No place in the queue at present")
    assert parent.reads("Status: {status}", status=parent.t("in the archive"))


async def test_one_in_the_archive_is_not_found_by_iin(house: House, parent: Person) -> None:
    await house.withdraws(CHILD)

    await checks(parent, IIN)

    assert parent.reads(NO_SUCH_IIN)


async def test_unknown_and_malformed_get_different_words(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await checks(person, NOBODY.digits)
    assert person.reads(NO_SUCH_IIN)
    await checks(person, str(UNUSED_NUMBER))
    assert person.reads(NO_SUCH_NUMBER)
    await checks(person, NOBODY.digits[:11])

    assert not person.reads(NO_SUCH_IIN)
    assert not person.reads(NO_SUCH_NUMBER)


async def test_another_can_be_checked_at_once(parent: Person) -> None:
    await checks(parent, IIN)
    await parent.taps("Check another")
    await parent.says(str(TIKHONOVS.child.number))

    assert parent.reads(PLACE, place=1, size=9)


async def test_a_paused_application_keeps_its_place_and_says_so(house: House, parent: Person) -> None:
    await house.pauses(CHILD)

    await checks(parent, IIN)

    assert parent.reads("Status: {status}", status=parent.t("waiting for a place, paused"))
    assert parent.reads(PLACE, place=36, size=46)
