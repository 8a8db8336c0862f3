"""An application is told to both parents of the child, and stands in both journals."""

from domain.notice import Deed, Told
from tests.conversation.applying import fills_in_the_rest, wants_to_join
from tests.conversation.house import House
from tests.conversation.joining_plays import parent_named
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import CHILD, OTHER, noted, other_parent_at, parent_at, told


async def test_the_other_parent_is_told_of_it_and_of_its_place(house: House, language: str) -> None:
    other = await other_parent_at(house, "whatsapp", language)
    person = await parent_at(house, "telegram", language)
    await parent_named(house, ALDABEKOVS)
    await house.withdraws(CHILD)

    await wants_to_join(person, CHILD.person.iin)
    await fills_in_the_rest(person)
    await person.taps("Confirm")
    assert person.reads("You are in the queue")

    await other.hears("The other parent has applied for a kindergarten.")
    assert other.reads("Place in the queue: {place}", place=46)
    assert CHILD.person.name in other.heard[-1].text
    assert other.labels == other.named("Show the application", "Menu")
    assert await told(house, OTHER) == await told(house, ALDABEKOVS) == [Told.REGISTERED]
    assert [deed for deed, _ in await noted(house, OTHER)] == [Deed.APPLIED]
