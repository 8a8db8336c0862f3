"""The parent who is there adds the other one."""

from datetime import timedelta

import pytest

from domain.joining import INVITED_FOR
from storage import phones
from storage.transaction import Transaction
from tests.conversation.applying import begins, tells_who
from tests.conversation.house import House
from tests.conversation.joining_plays import (
    ASKED,
    FIRST,
    SECOND,
    THIRD,
    applies_for,
    child_of,
    parents_of,
    the_two,
)
from tests.conversation.made_up import NEWCOMERS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, is_confirmed

CHILD = FIRST.child
ASKS = "Somebody asks to become the second parent of your child here."
ALONE = "You are the only parent of the child here."
WHOSE = "Type the IIN of the other parent. Of one who has no IIN, the number of the identity document."
DONE = "The second parent is joined and has been told."
INVITED = "The other parent is invited. Tell them to write here, choose “Join the queue” and type this IIN."
ADDED = "The other parent has added you as a parent of the child."
CAME = "The second parent whom you invited has come."
OFTEN = "That was tried often enough for now. You can try again at {time}."


async def looks(house: House, person: Person) -> None:
    """The screen about the child's second parent."""
    await person.presses(f"second:{await child_of(house, CHILD)}")


async def begins_to_add(house: House, kind: str, language: str = "en") -> Person:
    """The first parent, asked for the other one's IIN."""
    first = await house.acquaintance(kind, language)
    await is_confirmed(house, first, FIRST)
    await first.says("/menu")
    await looks(house, first)
    assert first.reads(ALONE)
    await first.taps("Add second parent")
    assert first.reads(WHOSE)
    return first


async def comes_for_the_first_time(house: House, kind: str, language: str = "en") -> Person:
    """The newcomers' mother shows that a phone is hers, as everybody does who applies."""
    mother = await house.acquaintance(kind, language)
    await begins(mother)
    await tells_who(house, mother, NEWCOMERS.mother.iin.digits, NEWCOMERS.phones[0])
    return mother


async def test_one_who_is_known_is_joined_at_once_and_told(house: House, kind: str, language: str) -> None:
    _, second = await the_two(house, kind, language)
    first = await begins_to_add(house, kind, language)

    await first.says(SECOND.parent.iin.digits)
    assert first.reads("Born: {date}", date="03.08.1994")
    await first.taps("Confirm")

    assert first.reads(DONE)
    assert first.reads("Parent: {name}", name="Вера Т.")
    await second.hears(ADDED)
    assert (house.world.parent_of(SECOND), "agreed") in await parents_of(house, CHILD)
    await second.says("/check")
    assert CHILD.person.name in second.sees


async def test_one_who_is_not_known_yet_finds_the_child_on_coming(
    house: House, kind: str, language: str
) -> None:
    first = await begins_to_add(house, kind, language)
    await first.says(NEWCOMERS.mother.iin.digits)
    await first.taps("Confirm")
    assert first.reads(INVITED)
    assert len(await parents_of(house, CHILD)) == 1

    mother = await comes_for_the_first_time(house, kind, language)

    await first.hears(CAME)
    assert len(await parents_of(house, CHILD)) == 2
    await mother.says("/menu")
    await mother.says("/check")
    assert CHILD.person.name in mother.sees


@pytest.mark.parametrize(("after", "joined"), [(timedelta(minutes=-1), 2), (timedelta(0), 1)])
async def test_who_was_invited_can_come_for_thirty_days(house: House, after: timedelta, joined: int) -> None:
    first = await begins_to_add(house, "whatsapp")
    await first.says(NEWCOMERS.mother.iin.digits)
    await first.taps("Confirm")

    mother = await house.acquaintance("whatsapp")
    await begins(mother)
    house.clock.advance(INVITED_FOR + after)
    await tells_who(house, mother, NEWCOMERS.mother.iin.digits, NEWCOMERS.phones[0])

    assert len(await parents_of(house, CHILD)) == joined


async def test_an_invitation_that_was_taken_back_joins_nobody(house: House, kind: str) -> None:
    first = await begins_to_add(house, kind)
    await first.says(NEWCOMERS.mother.iin.digits)
    await first.taps("Confirm")

    await first.taps("Take it back")
    assert first.reads("The invitation is taken back.")
    assert first.reads(ALONE)
    await comes_for_the_first_time(house, kind)

    assert len(await parents_of(house, CHILD)) == 1


async def test_of_two_invitations_the_later_one_counts(house: House) -> None:
    first = await begins_to_add(house, "whatsapp")
    await first.says(NEWCOMERS.mother.iin.digits)
    await first.taps("Confirm")
    await first.presses(f"second:{await child_of(house, CHILD)}:add")
    await first.says("N 123-4567")
    assert first.reads("Document: {number}", number="N1234567")
    await first.taps("Confirm")
    assert first.reads(INVITED)

    await comes_for_the_first_time(house, "whatsapp")

    assert len(await parents_of(house, CHILD)) == 1


async def test_adding_one_who_has_asked_already_answers_the_request(house: House) -> None:
    first, second = await the_two(house, "whatsapp")
    assert await applies_for(house, second, CHILD) == ASKED
    await first.hears(ASKS)
    await looks(house, first)
    assert first.labels == first.named("See who asks", "Add second parent", "Back", "Menu")

    await first.taps("Add second parent")
    await first.says(SECOND.parent.iin.digits)
    await first.taps("Confirm")

    assert first.reads(DONE)
    await looks(house, first)
    assert first.labels == first.named("Back", "Menu")
    await first.taps("Back")
    assert first.reads("Second parent: joined")


async def test_a_request_is_seen_from_the_child_too(house: House, kind: str) -> None:
    first, second = await the_two(house, kind)
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)

    await looks(house, first)
    await first.taps("See who asks")

    assert first.reads("Parent: {name}", name="Вера Т.")
    assert first.labels == first.named("Agree", "Decline", "Menu")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (FIRST.parent.iin.digits, "That is yourself. The other parent's IIN is needed here."),
        (
            CHILD.person.iin.digits,
            "This is a child's IIN. Here the parent's own is needed: it stands on the identity card.",
        ),
        ("940803400123", "The check digit of this IIN does not fit: one digit is mistyped. "
                         "Please compare it with the document."),
        ("№ 12", "This is not the number of an identity document."),
    ],
    ids=["the own", "a child's", "mistyped", "no document"],
)  # fmt: skip
async def test_a_wrong_number_is_explained_and_asked_again(
    house: House, language: str, typed: str, said: str
) -> None:
    first = await begins_to_add(house, "whatsapp", language)

    await first.says(typed)

    assert first.reads(said)
    assert first.reads(WHOSE)


async def test_something_else_than_words_is_asked_again(house: House) -> None:
    first = await begins_to_add(house, "telegram")

    await first.shares_location(43.2, 68.2)

    assert first.reads("Please type it.")


async def test_the_second_parent_can_not_be_added_once_more(house: House) -> None:
    first = await begins_to_add(house, "whatsapp")
    await first.says(SECOND.parent.iin.digits)
    await first.taps("Confirm")

    await first.presses(f"second:{await child_of(house, CHILD)}:add")
    await first.says(SECOND.parent.iin.digits)
    assert first.reads("This is a parent of the child here already.")
    await first.says(THIRD.parent.iin.digits)
    await first.taps("Confirm")

    assert first.reads(
        "This child has two parents here already. If that is wrong, the education department helps."
    )
    assert len(await parents_of(house, CHILD)) == 2


async def test_five_people_a_day_can_be_invited(house: House) -> None:
    first = await begins_to_add(house, "whatsapp")
    for number in range(5):
        await first.says(f"N12345{number}")
        await first.taps("Confirm")
        assert first.reads(INVITED)
        await first.presses(f"second:{await child_of(house, CHILD)}:add")
    await first.says("N123459")
    await first.taps("Confirm")

    assert first.reads(OFTEN, time="16:20")
    house.later(days=1)
    await first.taps("Confirm")
    assert first.reads(INVITED)


async def test_nobody_is_invited_while_a_change_of_phone_can_be_undone(house: House) -> None:
    first = await begins_to_add(house, "whatsapp")
    changed_at = house.clock.read()
    undo_until = changed_at + timedelta(hours=72)

    def change(tx: Transaction) -> None:
        parent_id = house.world.parent_of(FIRST)
        phones.confirm_phone(tx, parent_id, 1, NEWCOMERS.phones[1], changed_at, undo_until=undo_until)

    await house.write(change)
    await first.says(SECOND.parent.iin.digits)
    await first.taps("Confirm")

    assert first.t.moment(undo_until) in first.sees
    assert len(await parents_of(house, CHILD)) == 1


async def test_another_parent_of_the_same_account_sees_nothing_of_the_form_that_was_left(
    house: House, kind: str
) -> None:
    first = await begins_to_add(house, kind)
    await first.says("/menu")
    await is_confirmed(house, first, SECOND)

    await first.presses("resume")
    assert first.reads(OUTDATED)
    assert CHILD.person.name not in first.sees
    await first.says(THIRD.parent.iin.digits)
    assert CHILD.person.name not in first.sees
    assert len(await parents_of(house, CHILD)) == 1


@pytest.mark.parametrize("forged", ["", ":add", ":back:1", ":back", ":x"])
async def test_another_childs_second_parent_is_nobodys_business(house: House, forged: str) -> None:
    stranger = await house.acquaintance("whatsapp")
    await is_confirmed(house, stranger, SECOND)
    await stranger.says("/menu")

    await stranger.presses(f"second:{await child_of(house, CHILD)}{forged}")

    assert stranger.reads(OUTDATED)
