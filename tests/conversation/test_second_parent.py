"""A second parent of a child: by the register, by the first parent's word, or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.joining import ANSWER_WITHIN
from storage import joinings, people, phones
from storage.department_tasks import TaskKind
from storage.tables import department_task
from storage.transaction import Transaction
from tests.conversation.applying import wants_to_join
from tests.conversation.house import House
from tests.conversation.joining_plays import (
    ASKED,
    DECLINED,
    FIRST,
    JOINED,
    SECOND,
    THIRD,
    TWO,
    applies_for,
    child_of,
    parent_named,
    parents_of,
    request_of,
    the_two,
    with_comes,
)
from tests.conversation.plays import OUTDATED, PLACE, is_confirmed

CHILD = FIRST.child
NAME = "Вера Т."
ASKS = "Somebody asks to become the second parent of your child here."
AGREED = "The other parent has agreed: now you are a parent of the child here, too."
SAID_NO = (
    "The other parent did not agree to your joining the child. If that is wrong, the education "
    "department helps: bring the child's birth certificate."
)
IS_ASKED = (
    "This child has a parent here already. I have asked that parent to let you join: an answer "
    "is possible until {moment}, and I will tell you at once."
)
WAS_DECLINED = (
    "The child's other parent did not agree. You can ask again from {moment}. If this is "
    "wrong, the education department helps: bring the child's birth certificate."
)
DOUBTED = (
    "A second parent was joined to the child: the state register names that one as a parent, and "
    "does not name you. The education department will look at it."
)
DONE = "The second parent is joined and has been told."
OVER = "The time to answer this is over. If the other parent asks again, I will tell you."


async def guardianship_tasks(house: House) -> list[tuple[int, int]]:
    """About whom the department is to look: the parent and the child of each."""
    wanted = (department_task.c.parent_id, department_task.c.child_id)
    of_kind = department_task.c.kind == TaskKind.GUARDIANSHIP.value
    rows = await house.write(lambda tx: tx.conn.execute(select(*wanted).where(of_kind)).all())
    return [tuple(row) for row in rows]


async def test_the_register_names_both_and_the_second_is_joined_at_once(
    house: House, kind: str, language: str
) -> None:
    first, second = await the_two(house, kind, language)

    said = await applies_for(house, second, CHILD, FIRST.parent, SECOND.parent)

    assert said == JOINED
    await first.hears("A second parent was joined to your child: the state register names you both.")
    assert first.reads("Parent: {name}", name=NAME)
    assert SECOND.parent.surname not in first.sees
    await second.says("/check")
    assert CHILD.person.name in second.sees


async def test_a_register_that_names_only_the_first_joins_nobody(house: House, kind: str) -> None:
    _, second = await the_two(house, kind)

    assert await applies_for(house, second, CHILD, FIRST.parent) == ASKED
    assert len(await parents_of(house, CHILD)) == 1


async def test_whom_the_register_names_waits_for_no_word_of_somebody_whom_it_does_not_name(
    house: House, kind: str, language: str
) -> None:
    """Whoever was there may be a stranger, who typed a name while the register was down."""
    first, second = await the_two(house, kind, language)

    assert await applies_for(house, second, CHILD, SECOND.parent, THIRD.parent) == JOINED

    assert await parents_of(house, CHILD) == [
        (house.world.parent_of(FIRST), "applied"),
        (house.world.parent_of(SECOND), "register"),
    ]
    await first.hears(DOUBTED)
    assert first.reads("Parent: {name}", name=NAME)
    assert first.labels[0] == first.t("Operator")
    assert await guardianship_tasks(house) == [(house.world.parent_of(FIRST), await child_of(house, CHILD))]


async def test_where_the_register_names_both_the_department_has_nothing_to_look_at(house: House) -> None:
    _, second = await the_two(house, "telegram")

    await applies_for(house, second, CHILD, FIRST.parent, SECOND.parent)

    assert await guardianship_tasks(house) == []


async def test_the_first_parent_agrees_in_the_chat(house: House, kind: str, language: str) -> None:
    first, second = await the_two(house, kind, language)

    assert await applies_for(house, second, CHILD) == ASKED
    await first.hears(ASKS)
    assert first.reads("Parent: {name}", name=NAME)
    await first.taps("Agree")
    await first.taps("Yes, I agree")

    assert first.reads(DONE)
    await second.hears(AGREED)
    assert await parents_of(house, CHILD) == [
        (house.world.parent_of(FIRST), "applied"),
        (house.world.parent_of(SECOND), "agreed"),
    ]
    await second.says("/check")
    assert CHILD.person.name in second.sees
    assert second.reads(PLACE, place=36, size=46)


async def test_the_first_parent_declines_and_is_left_in_peace_for_seven_days(
    house: House, kind: str, language: str
) -> None:
    first, second = await the_two(house, kind, language)
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)

    await first.taps("Decline")
    await first.taps("Yes, decline")
    assert first.reads("Declined. The person who asked has been told.")
    await second.hears(SAID_NO)

    assert await applies_for(house, second, CHILD) == DECLINED
    house.later(days=7)
    assert await applies_for(house, second, CHILD) == ASKED
    await first.hears(ASKS)


async def test_nobody_answers_for_seven_days(house: House, kind: str, language: str) -> None:
    first, second = await the_two(house, kind, language)
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)
    asked = first.screen

    house.later(days=7)
    await first.taps("Agree", on=asked)

    assert first.reads(OVER)
    assert len(await parents_of(house, CHILD)) == 1
    assert await applies_for(house, second, CHILD) == ASKED
    await first.hears(ASKS)
    await first.taps("Agree")
    await first.taps("Yes, I agree")
    assert first.reads(DONE)


@pytest.mark.parametrize(("before", "joined"), [(timedelta(minutes=1), 2), (timedelta(0), 1)])
async def test_the_first_parent_can_agree_until_the_last_minute(
    house: House, before: timedelta, joined: int
) -> None:
    first, second = await the_two(house, "whatsapp")
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)
    await first.taps("Agree")

    house.clock.advance(ANSWER_WITHIN - before)
    await first.taps("Yes, I agree")

    assert len(await parents_of(house, CHILD)) == joined


async def test_asking_again_while_an_answer_is_waited_for_changes_nothing(house: House, kind: str) -> None:
    first, second = await the_two(house, kind)

    assert await applies_for(house, second, CHILD) == ASKED
    await first.hears(ASKS)
    heard = len(first.heard)
    assert await applies_for(house, second, CHILD) == ASKED
    await first.says("/menu")

    assert sum(first.t(ASKS) in each.text for each in first.heard[heard - 1 :]) == 1


async def test_an_answer_given_is_not_given_again(house: House, kind: str) -> None:
    first, second = await the_two(house, kind)
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)
    request = await request_of(house, SECOND)
    await first.presses(f"joining:{request}:decline:sure")

    await first.presses(f"joining:{request}:agree:sure")

    assert first.reads("This was declined already.")
    assert len(await parents_of(house, CHILD)) == 1


async def test_a_button_pressed_twice_joins_once(house: House, kind: str) -> None:
    first, second = await the_two(house, kind)
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)
    await first.taps("Agree")
    sure = first.screen

    await first.taps("Yes, I agree", on=sure)
    await first.presses(f"joining:{await request_of(house, SECOND)}:agree:sure")

    assert first.reads("This was agreed to already.")
    assert len(await parents_of(house, CHILD)) == 2


async def test_a_child_who_has_two_parents_by_then_gets_no_third(house: House) -> None:
    first, second = await the_two(house, "whatsapp")
    third = await house.acquaintance("whatsapp")
    await is_confirmed(house, third, THIRD)
    await applies_for(house, second, CHILD)
    await applies_for(house, third, CHILD)
    late = await request_of(house, THIRD)
    await first.presses(f"joining:{await request_of(house, SECOND)}:agree:sure")
    assert first.reads(DONE)

    await first.presses(f"joining:{late}:agree:sure")

    assert first.reads(
        "This child has two parents here already. If that is wrong, the education department helps."
    )
    assert len(await parents_of(house, CHILD)) == 2
    assert await applies_for(house, third, CHILD, FIRST.parent, THIRD.parent) == TWO


# --- through the form -----------------------------------------------------------------------


async def test_who_applies_is_told_that_the_first_is_asked_and_comes_in_after_the_tap(
    house: House, kind: str, language: str
) -> None:
    first = await house.acquaintance(kind, language)
    second = await house.acquaintance(kind, language)
    for person, family in ((first, SECOND), (second, FIRST)):
        await is_confirmed(house, person, family)
        await parent_named(house, family)
        await person.says("/menu")

    await wants_to_join(second, SECOND.child.person.iin)
    await second.taps("Confirm")
    assert second.reads(IS_ASKED, moment="27.11.2026\N{NO-BREAK SPACE}16:20")
    assert second.t("Operator") in second.labels
    await first.hears(ASKS)
    await first.taps("Agree")
    await first.taps("Yes, I agree")
    await second.hears(AGREED)
    await second.taps("My applications")

    assert SECOND.child.person.name in second.sees


async def test_who_was_declined_is_told_when_it_can_be_asked_again(house: House, language: str) -> None:
    first, second = (
        await house.acquaintance("whatsapp", language),
        await house.acquaintance("whatsapp", language),
    )
    for person, family in ((first, SECOND), (second, FIRST)):
        await is_confirmed(house, person, family)
        await parent_named(house, family)
        await person.says("/menu")
    await wants_to_join(second, SECOND.child.person.iin)
    await second.taps("Confirm")
    await first.hears(ASKS)
    await first.taps("Decline")
    await first.taps("Yes, decline")
    await second.hears(SAID_NO)

    await second.presses("resume")
    await second.taps("Confirm")

    assert second.reads(WAS_DECLINED, moment="27.11.2026\N{NO-BREAK SPACE}16:20")


# --- who must not ---------------------------------------------------------------------------


async def test_an_attacker_who_knows_both_iins_gets_nowhere_without_the_first_parents_tap(
    house: House, kind: str, language: str
) -> None:
    """The child's IIN and the first parent's are known; the attacker's own cabinet is real."""
    first, attacker = await the_two(house, kind, language)

    assert await applies_for(house, attacker, CHILD) == ASKED
    request = await request_of(house, SECOND)
    for forged in ("agree:sure", "agree", "decline", ""):
        await attacker.presses(f"joining:{request}:{forged}".rstrip(":"))
        assert attacker.reads(OUTDATED)
    await attacker.presses(f"own:{house.world.application_of(CHILD)}")
    assert attacker.reads(OUTDATED)
    await attacker.presses(f"second:{await child_of(house, CHILD)}")
    assert attacker.reads(OUTDATED)
    await attacker.presses(f"second:{await child_of(house, CHILD)}:add")
    assert attacker.reads(OUTDATED)
    await attacker.says(CHILD.person.iin.digits)

    assert CHILD.person.name not in attacker.sees
    assert len(await parents_of(house, CHILD)) == 1
    assert all(CHILD.person.name not in each.text for each in attacker.heard)
    assert all(FIRST.parent.name not in each.text for each in attacker.heard)
    await first.waits(lambda: any(first.t(ASKS) in each.text for each in first.heard), "to be asked")


@pytest.mark.parametrize("forged", ["agree:sure", "decline:sure", "agree", ""])
async def test_buttons_of_a_request_are_for_the_childs_parents_alone(house: House, forged: str) -> None:
    _, second = await the_two(house, "whatsapp")
    third = await house.acquaintance("whatsapp")
    await is_confirmed(house, third, THIRD)
    await third.says("/menu")
    await applies_for(house, second, CHILD)
    request = await request_of(house, SECOND)

    await third.presses(f"joining:{request}:{forged}".rstrip(":"))

    assert third.reads(OUTDATED)
    state = await house.write(lambda tx: joinings.find(tx, request))
    assert state.waits(house.clock.read())


@pytest.mark.parametrize(
    "forged", ["joining:1", "joining:x", "joining", "joining:1:agree:sure:sure", "second:1"]
)
async def test_a_request_that_there_is_not_is_out_of_date(house: House, forged: str) -> None:
    first, _ = await the_two(house, "whatsapp")

    await first.presses(forged)

    assert first.reads(OUTDATED)


async def test_a_stranger_is_asked_to_sign_in_first(house: House, kind: str) -> None:
    _, second = await the_two(house, kind)
    await applies_for(house, second, CHILD)
    stranger = await house.acquaintance(kind)
    await stranger.says("/menu")

    await stranger.presses(f"joining:{await request_of(house, SECOND)}:agree:sure")

    assert stranger.reads("Sign in")
    assert len(await parents_of(house, CHILD)) == 1


async def test_nobody_is_added_while_a_change_of_phone_can_be_undone(house: House, kind: str) -> None:
    first, second = await the_two(house, kind)
    await applies_for(house, second, CHILD)
    await first.hears(ASKS)
    changed_at = house.clock.read()
    undo_until = changed_at + timedelta(hours=72)

    def change(tx: Transaction) -> None:
        parent_id = house.world.parent_of(FIRST)
        phones.confirm_phone(tx, parent_id, 1, SECOND.phones[0], changed_at, undo_until=undo_until)

    await house.write(change)
    await first.taps("Agree")
    await first.taps("Yes, I agree")

    assert len(await parents_of(house, CHILD)) == 1
    assert first.t.moment(undo_until) in first.sees
    house.later(hours=72)
    await first.presses(f"joining:{await request_of(house, SECOND)}:agree:sure")
    assert first.reads(DONE)


async def test_a_second_parent_without_a_name_yet_is_shown_without_one(house: House, kind: str) -> None:
    with_comes(house)
    first, second = await house.acquaintance(kind), await house.acquaintance(kind)
    await is_confirmed(house, first, FIRST)
    await is_confirmed(house, second, SECOND)
    await second.says("/menu")

    await applies_for(house, second, CHILD)

    await first.hears(ASKS)
    assert not first.reads("Parent: {name}", name="")
    named = await house.write(lambda tx: people.words_of_parent(tx, house.world.parent_of(SECOND)))
    assert "name" not in named
