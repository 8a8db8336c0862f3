"""My applications: all of the children's, the most urgent first, each with its steps and particulars."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.conversations import Conversations
from bot.conversation.reply import Screen
from bot.conversation.turn import Turn
from bot.flows.mine.keeping import as_it_stands
from bot.flows.mine.own import own
from bot.flows.to_bring import in_a_row
from domain.application import Happening, PauseCause, QueueClass
from storage import applications
from storage.application_changes import pause, set_status
from storage.applications import ApplicationChanged
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS, TIKHONOVS
from tests.conversation.measuring import the_book
from tests.conversation.mine_plays import (
    CHILD,
    has_other_parent,
    has_privilege,
    has_twin,
    is_lost,
    is_suspended,
    is_unverified,
    opens,
    parent_at,
)
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, PLACE, WHO, is_confirmed, signs_in
from tests.conversation.seat_plays import GARDEN, has_in_hand, is_among_the_first

STOPS_UNTIL = datetime(2026, 12, 11, 19, tzinfo=UTC)
"""00:00 on 12.12.2026 in Kazakhstan."""
STEP = "Step {number} of 4: {step}"
NONE = "None of your children is in a queue at present."


async def test_the_menu_leads_to_them_after_signing_in(house: House, parent: Person) -> None:
    await parent.says("/menu")
    await parent.taps("My applications")
    assert parent.reads(WHO)

    await parent.says("/menu")
    await signs_in(house, parent, ALDABEKOVS)
    await opens(parent)

    assert CHILD.person.name in parent.sees


async def test_one_that_is_alone_is_shown_whole(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)

    assert CHILD.person.name in person.sees
    assert person.reads(PLACE, place=36, size=46)
    assert person.reads("Class: {name}", name=person.t("general basis"))
    assert person.reads("since {date}, place {place} now", date="12.08.2026", place=36)
    assert [line.split()[:2] for line in person.sees.splitlines()[-4:]] == [
        ["▶", "1."],
        ["▫", "2."],
        ["▫", "3."],
        ["▫", "4."],
    ]


async def test_of_several_each_is_told_with_its_place_and_step(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language, TIKHONOVS)

    assert person.reads("My children in the queue")
    for child in TIKHONOVS.children:
        assert child.person.name in person.sees
        assert str(child.number) in person.sees
        assert person.reads(PLACE, place=child.place, size=child.size)
    assert person.sees.count(person.t(STEP, number=1, step=person.t("Queue"))) == 2


async def test_the_application_of_the_other_parent_is_there_too(house: House, parent: Person) -> None:
    await has_other_parent(house)
    await is_confirmed(house, parent, TIKHONOVS)

    await opens(parent)

    assert CHILD.person.name in parent.sees
    assert len([label for label in parent.labels if label[:3] in ("Інж", "Его", "Але")]) == 3


async def test_the_most_urgent_comes_first(house: House, parent: Person) -> None:
    """Referred before waiting, whatever the place; paused after all."""
    egor, alexandra = TIKHONOVS.children
    await has_other_parent(house)

    def work(tx: Transaction) -> None:
        found = applications.find_by_number(tx, alexandra.number)
        first = applications.find_by_number(tx, egor.number)
        assert found is not None
        assert first is not None
        set_status(tx, found, Happening.REFERRED)
        pause(tx, first, PauseCause.BY_PARENT)

    await house.write(work)
    await is_confirmed(house, parent, TIKHONOVS)

    await opens(parent)

    where = [parent.sees.index(each.person.name) for each in (alexandra, CHILD, egor)]
    assert where == sorted(where)


async def test_without_one_the_ways_on_are_shown(house: House, kind: str, language: str) -> None:
    await house.withdraws(CHILD)

    person = await parent_at(house, kind, language)

    assert person.reads(NONE)
    assert person.labels == person.named("Join the queue", "Archive", "Check another", "Menu")


async def test_what_the_register_has_yet_to_say_is_told_kindly(
    house: House, kind: str, language: str
) -> None:
    await is_unverified(house)

    person = await parent_at(house, kind, language)

    assert person.reads(
        "ℹ Your data are still being compared with the state register. "
        "Meanwhile the application counts like any other, and you need do nothing."
    )


async def test_a_suspended_one_says_until_when_and_what_that_means(
    house: House, kind: str, language: str
) -> None:
    await is_suspended(house, STOPS_UNTIL)

    person = await parent_at(house, kind, language)

    until = person.t.moment(STOPS_UNTIL)
    assert person.reads("Status: {status}", status=person.t("stop-list until {moment}", moment=until))
    assert person.reads(
        "ℹ The stop-list: a referral was not used in time, so no seat can be taken for a while. "
        "The date is not lost: afterwards the application comes back to its place by itself."
    )
    assert person.t("Why did it move?") not in person.labels


async def test_a_privilege_is_told_with_its_state_and_since_when(
    house: House, kind: str, language: str
) -> None:
    change = await has_privilege(house, "large_family")
    await has_privilege(house, "serviceman", confirmed=False)
    person = await parent_at(house, kind, language)

    named = person.t("large family")
    assert person.reads("Class: {name}", name=person.t("first priority"))
    assert person.reads("{privilege}: confirmed, {date}", privilege=named, date="20.11.2026")
    assert person.reads(
        "{privilege}: the education department is checking the document",
        privilege=person.t("child of a serviceman"),
    )
    await is_lost(house, change)
    await opens(person)

    assert person.reads("Class: {name}", name=person.t("general basis"))
    assert person.reads(
        "{privilege}: not confirmed any more, {date}. You can object until {moment}.",
        privilege=named,
        date="20.11.2026",
        moment="30.11.2026\N{NO-BREAK SPACE}16:20",
    )


@pytest.mark.parametrize(
    ("state", "number", "words", "values"),
    [
        ("held", 2, "a seat is held for you until {time}: {kindergarten}", {"time": "16:30"}),
        ("applied", 2, "sent to {kindergarten}, its answer is awaited", {}),
        ("referred", 3, "valid through {date}; bring to the kindergarten: {things}", {"date": "27.11.2026"}),
    ],
)  # fmt: skip
async def test_a_seat_in_hand_is_told_at_its_step(
    house: House, language: str, state: str, number: int, words: str, values: dict[str, str]
) -> None:
    await has_in_hand(house, CHILD, state)

    person = await parent_at(house, "whatsapp", language)

    [now] = [line for line in person.sees.splitlines() if line.startswith("▶")]
    assert now.startswith(f"▶ {number}. ")
    assert person.reads(words, **values, kindergarten=GARDEN, things=in_a_row(person.t))


async def test_one_of_the_first_of_a_list_is_told_until_when(house: House, kind: str, language: str) -> None:
    await is_among_the_first(house, CHILD)

    person = await parent_at(house, kind, language)

    assert person.reads("you may choose a seat until {moment}", moment="23.11.2026\N{NO-BREAK SPACE}16:20")


async def test_what_changed_while_it_was_done_is_said_and_shown_as_it_is(house: House) -> None:
    """No store is let in between by the locks; if one were, nobody would be told of a fault."""

    def changes_meanwhile(turn: Turn, arguments: tuple[str, ...]) -> Screen:
        def act() -> Screen:
            raise ApplicationChanged(house.world.application_of(CHILD))

        return as_it_stands(turn, own(turn, arguments), act)

    book = replace(the_book(), actions={**the_book().actions, "meanwhile": changes_meanwhile})
    house.conversations = Conversations(house.database, book, house.delivery, lambda outcome, seconds: None)
    person = await parent_at(house, "telegram")

    await person.presses(f"meanwhile:{house.world.application_of(CHILD)}")

    assert person.reads("The application has changed meanwhile. Here is how it stands now.")
    assert person.reads(PLACE, place=36, size=46)


async def test_twins_stand_together_and_lead_to_each_other(house: House, kind: str, language: str) -> None:
    name = await has_twin(house, applied=True)
    person = await parent_at(house, kind, language)

    assert person.reads("{name} (twins)", name=name)
    assert person.reads("{name} (twins)", name=CHILD.person.name)
    await person.taps(CHILD.person.name)
    await person.taps("The twin")

    assert name in person.sees
    assert CHILD.person.name not in person.sees


async def test_for_a_twin_who_has_not_applied_it_is_offered(house: House, parent: Person) -> None:
    await has_twin(house, applied=False)
    await is_confirmed(house, parent, ALDABEKOVS)

    await opens(parent)

    assert parent.t("Apply for the twin") in parent.labels


async def test_more_that_can_be_done_is_on_a_screen_of_its_own(
    house: House, kind: str, language: str
) -> None:
    await has_privilege(house, "large_family")
    person = await parent_at(house, kind, language)

    await person.taps("More…")

    assert person.labels == person.named(
        "History of the place",
        "Why this age group?",
        "Privileges",
        "Pause",
        "Withdraw",
        "Second parent",
        "Apply for another",
        "Back",
        "Menu",
    )


async def test_the_second_parent_is_seen_from_the_application(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await opens(parent, "More…", "Second parent")

    assert parent.reads("Second parent")


async def test_why_this_age_group_is_told_with_the_childs_dates(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)

    await opens(person, "More…", "Why this age group?")

    assert person.reads("Age group: {from_age}–{to_age} years", from_age=2, to_age=3)
    assert all(each in person.sees for each in ("11.02.2024", "20.11.2026", "2026 − 2024 = 2", "01.09.2030"))


ACTIONS = (
    "own",
    "more",
    "why",
    "around",
    "moves",
    "agegroup",
    "pause",
    "goon",
    "withdraw",
    "restore",
    "privileges",
)
SURE = {"pause": ":yes", "withdraw": ":yes:awaiting_place", "restore": ":yes:old"}


@pytest.mark.parametrize("name", ACTIONS)
async def test_a_button_of_another_familys_application_is_out_of_date(house: House, name: str) -> None:
    person = await parent_at(house, "telegram", family=TIKHONOVS)
    before = await house.write(lambda tx: applications.find_by_number(tx, CHILD.number))

    await person.presses(f"{name}:{house.world.application_of(CHILD)}{SURE.get(name, '')}")

    assert person.reads(OUTDATED)
    assert CHILD.person.name not in person.sees
    assert await house.write(lambda tx: applications.find_by_number(tx, CHILD.number)) == before


@pytest.mark.parametrize("name", ["privilege", "privdrop", "privobject"])
async def test_a_button_of_another_familys_privilege_is_out_of_date(house: House, name: str) -> None:
    change = await has_privilege(house, "large_family")
    person = await parent_at(house, "telegram", family=TIKHONOVS)

    await person.presses(f"{name}:{change.privilege.id}:yes:12")

    assert person.reads(OUTDATED)
    found = await house.write(lambda tx: applications.find_by_number(tx, CHILD.number))
    assert found.queue_class is QueueClass.FIRST_PRIORITY


@pytest.mark.parametrize("forged", ["my:x", "my:-1", "archive:²", "moves:{id}:x", "own:{id}:1:2", "my:99999"])
async def test_arguments_of_nobodys_making_do_no_harm(house: House, forged: str) -> None:
    person = await parent_at(house, "telegram")

    await person.presses(forged.format(id=house.world.application_of(CHILD)))

    assert person.reads(OUTDATED) or CHILD.person.name in person.sees
