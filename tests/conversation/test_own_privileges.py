"""The privileges of an application: shown, given up after seeing what changes, a loss objected to."""

from datetime import timedelta

import pytest

from bot.flows.privilege_news import tell_change
from domain.application import QueueClass
from domain.notice import Deed, Told
from domain.phone import Phone
from domain.phone_change import UNDO_WITHIN
from domain.privilege import PrivilegeState
from storage import department_tasks, people, privileges
from storage.department_tasks import TaskKind
from storage.privilege_changes import PrivilegeChange, answer, claim
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import (
    CHILD,
    OTHER,
    has_other_parent,
    has_privilege,
    is_lost,
    noted,
    opens,
    other_parent_at,
    parent_at,
    rule,
    told,
    whole,
)
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED
from tests.conversation.world import START

CHANGES = "Class now: {before}. Without it: {after}. The date stays."
PLACES = "Place {before} → about {after}."
GIVEN_UP = "The privilege is given up."
OBJECTED = "Your objection is with the education department. You will be told its answer here."
TOO_LATE = "It is too late to object: that was possible until {moment}."
CAN_OBJECT = "{privilege}: not confirmed any more, {date}. You can object until {moment}."
IN_TEN_DAYS = "30.11.2026\N{NO-BREAK SPACE}16:20"
TEN_DAYS = timedelta(days=10)
NEW_PHONE = Phone("+77015550998")
BARRED = (
    "The phones were changed lately. Until {moment} an older number can undo that; so long nothing is "
    "withdrawn or given up, and no second parent is added."
)


async def at_the_privilege(house: House, kind: str, language: str = "en") -> Person:
    """The father, looking at the one privilege of the application."""
    person = await parent_at(house, kind, language)
    await opens(person, "More…", "Privileges", "Large family")
    return person


async def state_of(house: House, change: PrivilegeChange) -> PrivilegeState:
    """How far a privilege has come."""
    found = await house.write(lambda tx: privileges.find(tx, change.privilege.id))
    state: PrivilegeState = found.privilege.state
    return state


async def test_a_confirmed_one_is_told_with_the_class_it_gives(
    house: House, kind: str, language: str
) -> None:
    await has_privilege(house, "large_family")

    person = await at_the_privilege(house, kind, language)

    named = person.t("large family")
    assert person.reads("{privilege}: confirmed, {date}", privilege=named, date="20.11.2026")
    assert person.reads("It gives the class: {name}.", name=person.t("first priority"))
    assert person.labels == person.named("Give it up", "Back")


async def test_what_giving_it_up_changes_is_shown_first(house: House, kind: str, language: str) -> None:
    change = await has_privilege(house, "large_family")
    person = await at_the_privilege(house, kind, language)

    await person.taps("Give it up")

    first, general = person.t("first priority"), person.t("general basis")
    assert person.reads(CHANGES, before=first, after=general)
    assert person.reads(PLACES, before=18, after=36)
    assert await state_of(house, change) is PrivilegeState.CONFIRMED


async def test_given_up_it_has_the_place_that_was_foretold(house: House, kind: str, language: str) -> None:
    change = await has_privilege(house, "large_family")
    person = await at_the_privilege(house, kind, language)
    await person.taps("Give it up")
    await person.taps("Yes, give it up")
    assert person.reads(GIVEN_UP)
    assert person.reads(
        "{privilege}: given up, {date}", privilege=person.t("large family"), date="20.11.2026"
    )

    await person.taps("Back")

    assert person.reads("Place in the queue: {place} of {size}", place=36, size=46)
    assert await state_of(house, change) is PrivilegeState.DROPPED


async def test_beside_another_that_gives_as_much_nothing_moves(house: House) -> None:
    await has_privilege(house, "large_family")
    await has_privilege(house, "orphan")
    person = await at_the_privilege(house, "telegram")

    await person.taps("Give it up")
    assert person.reads("Class and place stay as they are.")
    await person.taps("Yes, give it up")

    assert (await whole(house)).queue_class is QueueClass.FIRST_PRIORITY


async def test_one_under_review_can_be_given_up_too(house: House) -> None:
    change = await has_privilege(house, "large_family", confirmed=False)
    person = await at_the_privilege(house, "telegram")

    await person.taps("Give it up")
    await person.taps("Yes, give it up")

    assert await state_of(house, change) is PrivilegeState.DROPPED


async def test_the_other_parent_is_told_and_both_journals_have_it(house: House, language: str) -> None:
    await has_privilege(house, "large_family")
    other = await other_parent_at(house, "whatsapp", language)
    person = await at_the_privilege(house, "telegram", language)
    await person.taps("Give it up")
    assert person.reads("The other parent is told at once.")

    await person.taps("Yes, give it up")

    named = other.t("large family")
    await other.hears("The other parent has given up the privilege “{privilege}”.", privilege=named)
    assert await told(house, OTHER) == await told(house, ALDABEKOVS) == [Told.PRIVILEGE_DROPPED]
    assert [deed for deed, _ in await noted(house, OTHER)] == [Deed.PRIVILEGE_DROPPED]


async def test_what_was_foretold_and_is_not_so_any_more_is_foretold_anew(house: House) -> None:
    change = await has_privilege(house, "large_family")
    person = await at_the_privilege(house, "telegram")
    await person.taps("Give it up")
    await has_privilege(house, "serviceman")

    await person.taps("Yes, give it up")

    assert person.reads("Class and place stay as they are.")
    assert await state_of(house, change) is PrivilegeState.CONFIRMED


async def test_pressed_twice_it_is_given_up_once(house: House) -> None:
    await has_other_parent(house)
    change = await has_privilege(house, "large_family")
    person = await at_the_privilege(house, "telegram")

    await person.presses(f"privdrop:{change.privilege.id}:yes:12")
    await person.presses(f"privdrop:{change.privilege.id}:yes:12")

    assert not person.reads(OUTDATED)
    assert await told(house, OTHER) == [Told.PRIVILEGE_DROPPED]


async def test_within_72_hours_of_a_change_of_phone_none_is_given_up(house: House, language: str) -> None:
    change = await has_privilege(house, "large_family")
    person = await at_the_privilege(house, "whatsapp", language)
    me, until = house.world.parent_of(ALDABEKOVS), START + UNDO_WITHIN
    await house.write(lambda tx: people.confirm_phone(tx, me, 1, NEW_PHONE, START, undo_until=until))
    house.clock.move_to(until - timedelta(minutes=1))

    await person.taps("Give it up")
    assert person.reads(BARRED, moment=person.t.moment(until))
    await person.presses(f"privdrop:{change.privilege.id}:yes:12")
    assert person.reads(BARRED, moment=person.t.moment(until))

    assert await state_of(house, change) is PrivilegeState.CONFIRMED
    house.clock.move_to(until)
    await person.presses(f"privdrop:{change.privilege.id}")
    await person.taps("Yes, give it up")
    assert await state_of(house, change) is PrivilegeState.DROPPED


async def loses_it(house: House) -> PrivilegeChange:
    """A privilege that was confirmed is not confirmed any more."""
    change = await has_privilege(house, "large_family")
    await is_lost(house, change)
    return change


async def tasks(house: House) -> list[TaskKind]:
    """What the department is to look at."""
    application_id = house.world.application_of(CHILD)
    found = await house.write(lambda tx: department_tasks.open_of_application(tx, application_id))
    return [kind for _, kind in found]


async def test_a_loss_is_objected_to_and_the_department_looks_at_it(
    house: House, kind: str, language: str
) -> None:
    await loses_it(house)
    person = await at_the_privilege(house, kind, language)
    named = person.t("large family")
    assert person.reads(CAN_OBJECT, privilege=named, date="20.11.2026", moment=IN_TEN_DAYS)

    await person.taps("Object")

    assert person.reads(OBJECTED)
    assert person.t("Object") not in person.labels
    assert await tasks(house) == [TaskKind.PRIVILEGE_OBJECTION]
    assert [deed for deed, _ in await noted(house, ALDABEKOVS)] == [Deed.PRIVILEGE_OBJECTED]
    assert (await whole(house)).queue_class is QueueClass.GENERAL


async def test_it_is_objected_to_once_however_often_it_is_pressed(house: House) -> None:
    change = await loses_it(house)
    person = await at_the_privilege(house, "telegram")

    await person.presses(f"privobject:{change.privilege.id}")
    await person.presses(f"privobject:{change.privilege.id}")

    assert await tasks(house) == [TaskKind.PRIVILEGE_OBJECTION]


@pytest.mark.parametrize(("before_the_end", "in_time"), [(timedelta(minutes=1), True), (timedelta(0), False)])
async def test_an_old_button_objects_for_ten_days(
    house: House, language: str, before_the_end: timedelta, in_time: bool
) -> None:
    change = await loses_it(house)
    found = await house.write(lambda tx: privileges.find(tx, change.privilege.id))
    person = await at_the_privilege(house, "whatsapp", language)
    house.clock.move_to(found.privilege.object_until - before_the_end)

    await person.taps("Object")

    assert person.reads(OBJECTED) is in_time
    assert person.reads(TOO_LATE, moment=IN_TEN_DAYS) is not in_time
    assert bool(await tasks(house)) is in_time


async def test_what_was_never_lost_is_not_objected_to(house: House) -> None:
    change = await has_privilege(house, "large_family")
    person = await at_the_privilege(house, "telegram")

    await person.presses(f"privobject:{change.privilege.id}")

    assert await tasks(house) == []
    assert person.t("Give it up") in person.labels


@pytest.mark.parametrize(
    ("confirmed", "words"),
    [
        (True, "The privilege “{privilege}” is confirmed."),
        (False, "The privilege “{privilege}” was not confirmed."),
    ],
)
async def test_whoever_answers_for_it_the_parents_are_told(
    house: House, language: str, confirmed: bool, words: str
) -> None:
    person = await parent_at(house, "whatsapp", language)
    claimed = await has_privilege(house, "serviceman", confirmed=False)

    def answers(tx: Transaction) -> None:
        change = answer(tx, claimed.privilege.id, confirmed=confirmed)
        assert change is not None
        tell_change(tx, change, tx.now)

    await house.write(answers)

    named = person.t("child of a serviceman")
    await person.hears(words, privilege=named)
    assert person.reads("Application № {number}", number=CHILD.number)
    if confirmed:
        assert person.reads("Class: {name}", name=person.t("out of queue"))
        assert person.reads("Place in the queue: {place}", place=2)


async def test_a_loss_that_the_register_finds_is_told_with_the_way_to_object(
    house: House, kind: str, language: str
) -> None:
    change = await has_privilege(house, "large_family")
    person = await parent_at(house, kind, language)

    def answers(tx: Transaction) -> None:
        lost = answer(tx, change.privilege.id, confirmed=False)
        assert lost is not None
        tell_change(tx, lost, tx.now)

    await house.write(answers)
    await person.hears(
        "The privilege “{privilege}” is not confirmed any more.", privilege=person.t("large family")
    )
    assert person.reads("If this is a mistake, you can object until {moment}.", moment=IN_TEN_DAYS)
    await person.taps("Privileges")
    await person.taps("Large family")
    await person.taps("Object")

    assert await tasks(house) == [TaskKind.PRIVILEGE_OBJECTION]


async def test_an_answer_that_was_known_is_told_to_nobody(house: House) -> None:
    change = await has_privilege(house, "large_family")

    def answers(tx: Transaction) -> None:
        again = claim(tx, house.world.application_of(CHILD), rule("large_family"), confirmed=True)
        assert again is not None
        assert again.privilege.id == change.privilege.id
        tell_change(tx, again, tx.now)

    await house.write(answers)

    assert await told(house, ALDABEKOVS) == []
