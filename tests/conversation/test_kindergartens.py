"""Looking for a kindergarten: the list, a name, a location; its passport and its place on the map."""

import pytest

from storage.tables import kindergarten
from storage.transaction import Transaction
from tests.conversation.garden_plays import GARDENS, Gardens, opens_gardens
from tests.conversation.house import House
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED
from tests.integration.gardens import add_group, is_taken

LIST = "Type a name or a part of it, or choose from the list."
HOME = (43.3010, 68.2600)
ALMATY = (43.238, 76.945)
FAR = (
    "The nearest one in {territory} is {distance} from there. If your queue is in another place, "
    "choose that one."
)


@pytest.fixture
async def gardens(house: House) -> Gardens:
    return await opens_gardens(house)


async def opened(person: Person) -> Person:
    await person.says("/menu")
    await person.taps("The kindergartens")
    return person


async def test_from_the_menu_to_the_list_and_leafing_through_it(gardens: Gardens, parent: Person) -> None:
    await opened(parent)

    assert parent.reads(LIST)
    assert "1. № 12 бөбекжай\nfree seats: 0" in parent.sees
    assert parent.labels[:5] == ("№ 12 бөбекжай", "Ақжелек", "Әлия", "Амина", "Балапан")
    await parent.taps("More")
    assert parent.labels == (
        "Балапанай",
        "Керемет",
        *parent.named("To the beginning", "By my location", "Menu"),
    )
    await parent.taps("To the beginning")
    assert parent.labels[0] == "№ 12 бөбекжай"


async def test_nothing_is_left_behind_in_the_menu(gardens: Gardens, house: House) -> None:
    person = await opened(await house.acquaintance("webchat"))

    await person.taps("Menu")

    assert person.t("Go on where I stopped") not in person.labels


@pytest.mark.parametrize(
    ("typed", "garden"),
    [
        ("Әлия", "Әлия"),
        ("алия", "Әлия"),
        ("aliya", "Әлия"),
        ("Детский сад «Алия»", "Әлия"),
        ("Акжелек", "Ақжелек"),
        ("akjelek", "Ақжелек"),
        ("Ақжелкк", "Ақжелек"),
        ("керимет", "Керемет"),
        ("keremet", "Керемет"),
        ("амина балабакшасы", "Амина"),
        ("Аминна", "Амина"),
        ("12", "№ 12"),
        ("№12", "№ 12"),
    ],
)
async def test_a_name_leads_to_the_passport_in_every_spelling(
    house: House, gardens: Gardens, typed: str, garden: str
) -> None:
    person = await opened(await house.acquaintance("whatsapp"))

    await person.says(typed)

    [name] = [each for each, *_ in GARDENS if garden in each]
    assert person.sees.startswith(f"{name}\n\n")


async def test_of_several_alike_the_person_chooses(gardens: Gardens, parent: Person) -> None:
    await opened(parent)

    await parent.says("балапа")

    assert parent.reads("Did you mean one of these?")
    assert parent.labels[:2] == ("Балапан", "Балапанай")
    await parent.taps("Балапанай")
    assert parent.sees.startswith('"Балапанай" балабақшасы')


@pytest.mark.parametrize("typed", ["Атлантида", "x" * 4000, "★", "😀😀", "<b>", "'; DROP TABLE"])
async def test_no_such_name_is_said_and_the_list_is_there(house: House, gardens: Gardens, typed: str) -> None:
    person = await opened(await house.acquaintance("whatsapp"))

    await person.says(typed)

    assert person.reads("I found no kindergarten of that name here. Try another spelling, or a part of it.")
    assert person.labels[0] == "№ 12 бөбекжай"


async def test_an_iin_is_looked_up_as_anywhere(house: House, gardens: Gardens) -> None:
    person = await opened(await house.acquaintance("webchat"))

    await person.says("200500007")

    assert person.reads(
        "There is no application with this number. Please compare it with the message you were sent."
    )


async def test_a_picture_is_no_name(house: House, gardens: Gardens) -> None:
    person = await opened(await house.acquaintance("whatsapp"))

    await person.sends_file("a.jpg", b"a picture")

    assert person.reads("Please type a name, or choose from the list.")


async def test_by_a_shared_location_the_nearest_come_first(gardens: Gardens, parent: Person) -> None:
    await opened(parent)

    await parent.taps("By my location")
    assert parent.t("Share my location") in parent.labels
    await parent.shares_location(*HOME)

    assert parent.labels[:5] == ("Амина", "Әлия", "Ақжелек", "Керемет", "Балапан")
    assert '1. "Амина" балабақшасы\n90 m · free seats: 3' in parent.sees
    assert "1.2 km · free seats: 1" in parent.sees
    await parent.taps("Farther away")
    assert parent.labels[0] == "Балапанай"
    assert "№ 12" not in parent.sees


async def test_a_location_may_be_shared_at_any_time(gardens: Gardens, parent: Person) -> None:
    await parent.says("/menu")

    await parent.shares_location(*HOME)

    assert parent.labels[0] == "Амина"


async def test_far_from_everything_it_is_said_how_far(house: House, gardens: Gardens) -> None:
    person = await opened(await house.acquaintance("webchat"))

    await person.shares_location(*ALMATY)

    assert person.reads(FAR, territory="Turkistan", distance="702 km")
    await person.taps("Another place")
    assert person.reads("Territory")


@pytest.mark.parametrize("point", [(90.0, 0.0), (-90.0, 180.0), (0.0, -180.0)])
async def test_the_edges_of_the_map_are_places_too(
    house: House, gardens: Gardens, point: tuple[float, float]
) -> None:
    person = await opened(await house.acquaintance("whatsapp"))

    await person.shares_location(*point)

    assert "km" in person.sees
    assert len(person.labels) == 9


async def test_a_location_is_kept_nowhere_but_in_the_draft(house: House, gardens: Gardens) -> None:
    person = await opened(await house.acquaintance("webchat"))
    await person.shares_location(*HOME)
    await person.taps("Menu")

    await person.presses("answer:housefind:which:near:5")

    assert person.reads(OUTDATED)


async def test_where_no_place_on_the_map_is_known_there_is_the_list(house: House) -> None:
    await opens_gardens(house, [("Амина", None, None, "state", 0)])
    person = await opened(await house.acquaintance("whatsapp"))

    await person.shares_location(*HOME)

    assert person.reads(
        "I don't know yet where the kindergartens of this place are on the map. Here is the way to the list."
    )


async def test_an_empty_territory_says_so(house: House, kind: str, language: str) -> None:
    person = await opened(await house.acquaintance(kind, language))

    assert person.reads("No kindergarten of this place is known here yet.")
    assert person.labels == person.named("Another place", "Menu")


async def test_a_passport_tells_what_is_known(gardens: Gardens, parent: Person) -> None:
    await opened(parent)
    await parent.taps("Амина")

    for line in (
        "Private kindergarten",
        "Address: Тәуке хан даңғылы, 2",
        "Phone: +7 725 335 51 02",
        "Hours: 08:00–18:30",
        "Languages: Kazakh",
        "Groups: 1, places: 25, free now: 3",
        "• Күншуақ: born 2023 (3–4 years), Kazakh, places: 25, free now: 3",
    ):
        assert line in parent.sees


async def test_from_the_passport_straight_to_its_free_places(gardens: Gardens, parent: Person) -> None:
    await opened(parent)
    await parent.taps("Амина")

    await parent.taps("Free places")

    assert '1. "Амина" балабақшасы · Күншуақ' in parent.sees
    assert "Ақжелек" not in parent.sees
    await parent.taps("1. Амина")
    await parent.taps("The kindergarten")
    assert parent.reads("Private kindergarten")


async def test_a_seat_that_is_held_is_not_free_until_the_hold_is_over(house: House, gardens: Gardens) -> None:
    person = await house.acquaintance("webchat")
    await house.write(lambda tx: is_taken(tx, gardens.seats["Амина"][0], claim_id=1, minutes=10))

    await person.presses(f"house:{gardens.of('Амина')}")
    assert "free now: 2" in person.sees
    house.later(minutes=11)
    await person.presses(f"house:{gardens.of('Амина')}")

    assert "free now: 3" in person.sees


async def test_its_place_on_the_map_comes_as_a_pin_and_leads_back(gardens: Gardens, parent: Person) -> None:
    await opened(parent)
    await parent.taps("Амина")

    await parent.taps("On the map")

    assert parent.heard[-2].place == '"Амина" балабақшасы'
    assert "Тәуке хан даңғылы, 2" in parent.heard[-2].text or parent.channel == "webchat"
    await parent.taps("The kindergarten")
    assert parent.sees.startswith('"Амина" балабақшасы')


async def test_without_a_place_on_the_map_there_is_no_way_to_it(house: House, gardens: Gardens) -> None:
    person = await house.acquaintance("whatsapp")

    await person.presses(f"house:{gardens.of('№ 12')}")
    assert person.t("On the map") not in person.labels
    await person.presses(f"housepin:{gardens.of('№ 12')}")

    assert person.reads("Where it is on the map is not known here yet.")


@pytest.mark.parametrize(
    "action",
    [
        *("house:1", "house:", "house:-1", "house:x", "house", "housepin:1", "housereviews:1"),
        *(
            "houses:after:1",
            "houses:after",
            "houses:x",
            "housereviews:1:o:1",
            "answer:housefind:which:near:0",
        ),
    ],
)
async def test_unknown_ids_are_out_of_date(house: House, gardens: Gardens, action: str) -> None:
    person = await house.acquaintance("whatsapp")

    await person.presses(action)

    assert person.reads(OUTDATED)


async def test_one_of_another_territory_can_be_looked_at_but_is_in_no_list_here(
    house: House, gardens: Gardens
) -> None:
    there = await opens_gardens(house, [("Кентау бақшасы", 43.5, 68.5, "state", 0)], "kentau")
    person = await opened(await house.acquaintance("whatsapp"))

    assert "Кентау" not in person.sees
    await person.presses(f"house:{there.of('Кентау')}")

    assert person.sees.startswith("Кентау бақшасы")


async def test_a_closed_one_is_in_no_list_and_says_so_to_whoever_comes(
    house: House, gardens: Gardens
) -> None:
    closed = gardens.of("Амина")
    await house.write(
        lambda tx: tx.conn.execute(
            kindergarten.update().where(kindergarten.c.id == closed).values(closed_at=tx.now)
        )
    )
    person = await opened(await house.acquaintance("webchat"))

    assert "Амина" not in person.sees
    await person.says("амина")
    assert "Амина" not in person.sees
    await person.presses(f"house:{closed}")

    assert person.reads("This kindergarten is closed since {date}.", date="20.11.2026")


async def test_what_a_file_may_bring_fits_every_channel(house: House) -> None:
    long = '"' + "Ұзын атау " * 48 + '"'
    gardens = await opens_gardens(house, [(f"{long}{n}", 43.3, 68.25, "state", 0) for n in range(6)])
    there = next(iter(gardens.ids.values()))

    def many(tx: Transaction) -> None:
        told = {"address": "а" * 500, "website": "w" * 500, "hours": "h" * 500, "phone": "1" * 500}
        words = {"kk": "", "ru": "", "en": "d" * 500}
        row = kindergarten.update().where(kindergarten.c.id == there)
        tx.conn.execute(row.values(description=words, **told))
        for number in range(30):
            add_group(tx, there, f"{number} " + "топ " * 120)

    await house.write(many)
    person = await opened(await house.acquaintance("whatsapp"))
    assert len(set(person.labels)) == len(person.labels)
    await person.presses(f"house:{there}")

    assert "and 16 more groups" in person.sees
    # Whatever is too long for a channel, the house finds out in the end.
    await person.presses(f"housepin:{there}")
    await person.presses(f"housereviews:{there}")
