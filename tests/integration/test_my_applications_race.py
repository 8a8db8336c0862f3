"""Two who act on one application at the same instant, on PostgreSQL: one effect, and each sees what is."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from domain.application import QueueClass, QueueKind, Status
from domain.notice import Told
from domain.privilege import PrivilegeState
from storage import people, privileges
from storage.applications import ApplicationExists
from storage.recount import recount
from storage.submitting import NewApplication, submit
from storage.transaction import Transaction
from tests.conversation.fixtures import house_on
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import (
    CHILD,
    OTHER,
    has_privilege,
    opens,
    other_parent_at,
    parent_at,
    status_of,
    told,
    whole,
)
from tests.conversation.person import Person

pytestmark = pytest.mark.postgresql
APOLOGY = "Something went wrong on our side. Nothing was changed. Please try again in a minute."


@pytest.fixture
async def crowded(postgresql_url: str) -> AsyncIterator[House]:
    """A house on PostgreSQL, where turns run side by side."""
    async with house_on(postgresql_url) as house:
        yield house
        assert not [screen for screen in house.witness.screens if APOLOGY in screen.text]
        assert await recount(house.database, repair=False) == []


async def both(house: House) -> tuple[Person, Person]:
    """The two parents of one child."""
    other = await other_parent_at(house, "whatsapp")
    return await parent_at(house, "webchat"), other


async def press_at_once(house: House, people_pressing: tuple[Person, ...], *actions: str) -> None:
    """Each presses an own button, all at the same instant."""
    pairs = zip(people_pressing, actions, strict=True)
    await asyncio.gather(*(person.presses(action) for person, action in pairs))


async def test_both_parents_withdraw_at_once_and_it_is_withdrawn_once(crowded: House) -> None:
    pair = await both(crowded)
    sure = f"withdraw:{crowded.world.application_of(CHILD)}:yes:awaiting_place"

    await press_at_once(crowded, pair, sure, sure)

    assert await status_of(crowded) is Status.WITHDRAWN
    assert await told(crowded, OTHER) == await told(crowded, ALDABEKOVS) == [Told.WITHDRAWN]


async def test_one_pauses_and_the_other_withdraws_and_the_queue_is_right(crowded: House) -> None:
    pair = await both(crowded)
    which = crowded.world.application_of(CHILD)

    await press_at_once(crowded, pair, f"pause:{which}:yes", f"withdraw:{which}:yes:awaiting_place")

    assert await status_of(crowded) is Status.WITHDRAWN
    assert Told.WITHDRAWN in await told(crowded, ALDABEKOVS)


async def test_both_restore_at_once_and_it_comes_back_once(crowded: House) -> None:
    await crowded.withdraws(CHILD)
    pair = await both(crowded)
    sure = f"restore:{crowded.world.application_of(CHILD)}:yes:old"

    await press_at_once(crowded, pair, sure, sure)

    assert await status_of(crowded) is Status.AWAITING_PLACE
    assert await told(crowded, OTHER) == [Told.RESTORED]


async def test_restored_and_applied_anew_at_once_one_application_lives(crowded: House) -> None:
    await crowded.withdraws(CHILD)
    person = await parent_at(crowded, "webchat")
    await opens(person, "Archive", CHILD.person.name, "Restore")

    def applies(tx: Transaction) -> str:
        child_id = people.find_child_by_iin(tx, CHILD.person.iin)
        assert child_id is not None
        people.lock_child(tx, child_id)
        me, town = crowded.world.parent_of(ALDABEKOVS), crowded.world.town
        where = {"territory_id": town, "kind": QueueKind.GENERAL, "birth_year": 2024}
        try:
            submit(tx, NewApplication(child_id=child_id, parent_id=me, **where))  # type: ignore[arg-type]
        except ApplicationExists:
            return "refused"
        return "applied"

    outcome, _ = await asyncio.gather(crowded.write(applies), person.taps("Yes, restore it"))

    restored = await status_of(crowded) is Status.AWAITING_PLACE
    assert restored is (outcome == "refused")


async def test_both_give_the_privilege_up_at_once_and_it_is_given_up_once(crowded: House) -> None:
    change = await has_privilege(crowded, "large_family")
    pair = await both(crowded)
    sure = f"privdrop:{change.privilege.id}:yes:12"

    await press_at_once(crowded, pair, sure, sure)

    found = await crowded.write(lambda tx: privileges.find(tx, change.privilege.id))
    assert found.privilege.state is PrivilegeState.DROPPED
    assert (await whole(crowded)).queue_class is QueueClass.GENERAL
    assert await told(crowded, OTHER) == [Told.PRIVILEGE_DROPPED]
