"""Alerts: one tap under what is looked at, told when such seats come out, seen and ended."""

from bot.clockwork import Clockwork
from domain.alerts import MOST
from tests.conversation.copies import copy_of, makes_a_copy
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.mine_plays import parent_at
from tests.conversation.person import Person
from tests.conversation.places_plays import TODAY, has_seats
from tests.conversation.plays import WHO

TOO_MANY = (
    "There can be {number} alert at most. Please end one first.",
    "There can be {number} alerts at most. Please end one first.",
)
HERE = (43.297, 68.251)
FAR = (43.40, 68.40)


async def asks_at_places(person: Person) -> None:
    """From the free places, with the filters of the own child."""
    await person.says("/places")
    await person.taps("Tell me of new ones")


async def at_18_00(house: House) -> None:
    house.clock.move_to(TODAY.publish_at)
    await Clockwork(house.database).look()


async def comes_out(house: House, name: str = "Күншуақ", **given: object) -> None:
    """Seats of today's list, far more of which a queue could not fill."""
    await has_seats(house, name, 1, of=TODAY, **given)  # type: ignore[arg-type]


async def test_one_tap_under_the_free_places_asks_to_be_told_of_such_seats(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)
    await asks_at_places(person)
    assert person.reads("The alert is on.")

    await comes_out(house)
    await at_18_00(house)
    await person.hears("{moment}: open to everyone.", moment=person.t.moment(TODAY.priority_ends_at))

    assert "Күншуақ" in person.sees
    await person.taps("Show what is free")
    assert "Күншуақ" in person.sees


async def test_it_is_ended_under_the_message_that_it_brought(house: House, kind: str, language: str) -> None:
    person = await parent_at(house, kind, language)
    await asks_at_places(person)
    await comes_out(house)
    await at_18_00(house)
    await person.hears("{moment}: open to everyone.", moment=person.t.moment(TODAY.priority_ends_at))

    await person.taps("End this alert")

    assert person.reads("This alert is ended.")
    assert person.reads("You have no alerts.")


async def test_seats_of_one_kindergarten_are_asked_for_on_its_page(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)
    garden = await has_seats(house, "Балдырған")

    await person.presses(f"house:{garden.id}")
    await person.taps("Tell me of new ones")

    assert person.reads("The alert is on.")
    assert "Балдырған" in person.sees
    await person.says("/settings")
    await person.taps("My alerts")
    assert "Балдырған" in person.sees


async def test_it_is_in_the_copy_of_ones_data(house: House, language: str) -> None:
    person = await parent_at(house, "webchat", language)
    garden = await has_seats(house, "Балдырған")
    await person.presses(f"house:{garden.id}")
    await person.taps("Tell me of new ones")

    await makes_a_copy(person)
    copy = await copy_of(house, house.world.parent_of(ALDABEKOVS))

    assert [each["kindergartens"] for each in copy.data["alerts"]] == [["Балдырған"]]
    assert "Балдырған" in copy.page


async def test_the_same_one_twice_is_one(house: House) -> None:
    person = await parent_at(house, "telegram")
    await asks_at_places(person)

    await asks_at_places(person)

    assert person.reads("You have this alert already.")
    await person.taps("My alerts")
    assert person.named("Alert {number}")[0].format(number=2) not in person.labels


async def test_it_is_narrowed_to_what_is_near_a_place_that_is_not_kept(
    house: House, kind: str, language: str
) -> None:
    person = await parent_at(house, kind, language)
    await has_seats(house, "Жақын", at=HERE)
    await has_seats(house, "Алыс", at=FAR)
    await asks_at_places(person)

    await person.taps(person.t("Only within {km} km", km=2))
    await person.shares_location(*HERE)

    near = ("{number} kindergarten within {distance} km", "{number} kindergartens within {distance} km")
    assert person.reads("Saved.")
    assert person.t.many(*near, 1, distance=2) in person.sees or "Жақын" in person.sees


async def test_where_no_kindergarten_is_near_the_alert_stays_as_it_was(house: House) -> None:
    person = await parent_at(house, "telegram")
    await has_seats(house, "Алыс", at=FAR)
    await asks_at_places(person)
    await person.taps(person.t("Only within {km} km", km=2))

    await person.shares_location(*HERE)

    assert person.reads("No kindergarten is known within {km} km of there. The alert stays as it was.", km=2)


async def test_there_can_be_ten_and_no_more(house: House) -> None:
    person = await parent_at(house, "telegram")
    gardens = [await has_seats(house, f"Бақша {n}", of=TODAY) for n in range(MOST + 1)]
    for each in gardens[:MOST]:
        await person.presses(f"alerthouse:{each.id}")
        assert person.reads("The alert is on.")

    await person.presses(f"alerthouse:{gardens[MOST].id}")

    assert person.t.many(*TOO_MANY, MOST) in person.sees


async def test_a_stranger_signs_in_first(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)

    await person.says("/places")
    await person.taps("Tell me of new ones")

    assert not person.reads("The alert is on.")
    assert person.reads(WHO)


async def test_another_parents_alert_looks_ended(house: House) -> None:
    person = await parent_at(house, "telegram")
    await person.presses("alert:123456789")

    assert person.reads("This alert is ended.")


async def test_who_waits_far_behind_is_not_told_without_an_alert(house: House) -> None:
    person = await parent_at(house, "telegram", family=ALDABEKOVS)
    await comes_out(house)

    await at_18_00(house)
    house.later(minutes=1)
    await person.says("/menu")

    opens = person.t("{moment}: open to everyone.", moment=person.t.moment(TODAY.priority_ends_at))
    assert not any(opens in each.text for each in person.heard)
