"""A pause: what it means is shown first; place and date stay; one tap ends it, the parent's or by silence."""

import pytest

from domain.application import Happening, PauseCause, Status
from domain.notice import Deed, Told
from storage import applications
from storage.application_changes import pause, set_status
from storage.journal import by_parent
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import (
    CHILD,
    OTHER,
    has_other_parent,
    noted,
    opens,
    other_parent_at,
    parent_at,
    told,
    whole,
)
from tests.conversation.plays import OUTDATED, PLACE

MEANS = (
    "Pause the application? Place and date stay, and the queue goes on: nothing is lost. But no seat is "
    "offered and none can be taken meanwhile; others go ahead. One tap ends the pause at any time."
)
PAUSED, RESUMED = "The application is paused.", "The application takes part again."


async def test_what_it_means_is_shown_before_anything_is_done(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)

    await opens(person, "More…", "Pause")

    assert person.reads(MEANS)
    assert person.labels == person.named("Yes, pause it", "Back")
    assert (await whole(house)).paused_at is None


async def test_paused_and_taken_up_again_with_the_same_place(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await opens(person, "More…", "Pause", "Yes, pause it")
    assert person.reads(PAUSED)
    assert person.reads(PLACE, place=36, size=46)
    assert person.reads("Status: {status}", status=person.t("waiting for a place, paused"))

    await person.taps("Take part again")

    assert person.reads(RESUMED)
    assert person.reads(PLACE, place=36, size=46)
    assert person.t("Take part again") not in person.labels
    assert (await whole(house)).paused_at is None


async def test_the_other_parent_is_told_and_both_journals_have_it(house: House) -> None:
    other = await other_parent_at(house, "whatsapp")
    person = await parent_at(house, "telegram")

    await opens(person, "More…", "Pause", "Yes, pause it")
    await other.hears("The other parent has paused application № {number}.", number=CHILD.number)
    await person.taps("Take part again")

    await other.hears(
        "The other parent has taken application № {number} out of its pause.", number=CHILD.number
    )
    me = by_parent(house.world.parent_of(ALDABEKOVS))
    assert await told(house, OTHER) == await told(house, ALDABEKOVS) == [Told.PAUSED, Told.RESUMED]
    assert await noted(house, ALDABEKOVS) == [(Deed.PAUSED, me), (Deed.RESUMED, me)]
    assert await noted(house, OTHER) == [(Deed.PAUSED, me), (Deed.RESUMED, me)]


async def test_pressed_twice_it_is_paused_once(house: House) -> None:
    await has_other_parent(house)
    person = await parent_at(house, "telegram")
    await opens(person, "More…", "Pause")
    sure = f"pause:{house.world.application_of(CHILD)}:yes"

    await person.presses(sure)
    first = (await whole(house)).paused_at
    house.later(minutes=5)
    await person.presses(sure)

    assert person.reads(PAUSED)
    assert (await whole(house)).paused_at == first
    assert await told(house, OTHER) == [Told.PAUSED]


async def test_one_by_silence_is_told_as_such_and_ends_with_one_tap(
    house: House, kind: str, language: str
) -> None:
    def falls_silent(tx: Transaction) -> None:
        found = applications.find_by_number(tx, CHILD.number)
        assert found is not None
        pause(tx, found, PauseCause.BY_SILENCE)

    await house.write(falls_silent)
    person = await parent_at(house, kind, language)
    assert person.reads(
        "ℹ Paused on {date}, as several chances passed without an answer. Nothing is lost: "
        "place and date stay, and one tap brings it back.",
        date="20.11.2026",
    )

    await person.taps("Take part again")

    assert person.reads(RESUMED)


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        (
            Happening.REFERRED,
            "A seat is in hand now, so there is nothing to pause: use it or give it up first.",
        ),
        (Happening.WITHDRAWN, "The application is not in the queue, so there is nothing to pause."),
    ],
)
@pytest.mark.parametrize("pressed", ["", ":yes"])
async def test_where_a_pause_means_nothing_it_is_said_with_the_present_state(
    house: House, happening: Happening, words: str, pressed: str
) -> None:
    person = await parent_at(house, "telegram")

    def happens(tx: Transaction) -> None:
        found = applications.find_by_number(tx, CHILD.number)
        assert found is not None
        set_status(tx, found, happening)

    await house.write(happens)
    await person.presses(f"pause:{house.world.application_of(CHILD)}{pressed}")

    assert person.reads(words)
    assert CHILD.person.name in person.sees
    assert (await whole(house)).paused_at is None


async def test_an_old_button_that_ends_a_pause_shows_one_in_the_archive_as_it_is(house: House) -> None:
    person = await parent_at(house, "telegram")
    await opens(person, "More…", "Pause", "Yes, pause it")
    await house.withdraws(CHILD)

    await person.taps("Take part again")

    assert person.reads("Status: {status}", status=person.t("in the archive"))
    assert not person.reads(OUTDATED)
    assert (await whole(house)).status is Status.WITHDRAWN
