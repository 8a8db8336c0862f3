import pytest

from bot.flows.territory_search import folded, named_like, nearest
from domain.territory import Territory, TerritoryKind, Tree


def a_place(number: int, parent: int | None, kind: TerritoryKind, kk: str, ru: str, en: str) -> Territory:
    return Territory(number, parent, kind, {"kk": kk, "ru": ru, "en": en})


REGION, DISTRICT = TerritoryKind.REGION, TerritoryKind.DISTRICT
CITY, VILLAGE = TerritoryKind.CITY, TerritoryKind.VILLAGE
TREE = Tree(
    [
        a_place(1, None, REGION, "Түркістан облысы", "Туркестанская область", "Turkistan region"),
        a_place(2, 1, CITY, "Түркістан", "Туркестан", "Turkistan"),
        a_place(3, 1, CITY, "Кентау", "Кентау", "Kentau"),
        a_place(4, 1, DISTRICT, "Сауран ауданы", "Сауранский район", "Sauran district"),
        a_place(5, 4, VILLAGE, "Қарашық", "Карашык", "Karashyk"),
        a_place(6, 4, VILLAGE, "Шорнақ", "Шорнак", "Shornak"),
        a_place(7, 1, DISTRICT, "Бәйдібек ауданы", "Байдибекский район", "Baidibek district"),
        a_place(8, 7, VILLAGE, "Шаян", "Шаян", "Shayan"),
        a_place(9, 7, VILLAGE, "Ақбұлақ", "Акбулак", "Akbulak"),
        a_place(10, 4, VILLAGE, "Ақбұлақ", "Акбулак", "Akbulak"),
    ]
)


def found(name: str) -> list[int]:
    return [territory.id for territory in named_like(TREE, name)]


@pytest.mark.parametrize(
    "typed",
    ["Түркістан", "туркестан", "ТУРКИСТАН", "Turkistan", "түркістан қаласы", "город Туркестан", "Туркестн",
     "turkstan", "  Түркістан  "],
)  # fmt: skip
def test_a_city_is_found_by_any_spelling_and_with_slips(typed: str) -> None:
    assert found(typed)[0] == 2


@pytest.mark.parametrize(("typed", "place"), [("Карашик", 5), ("карашык", 5), ("Кентауу", 3), ("шаян", 8)])
def test_a_village_is_found_without_its_kazakh_letters(typed: str, place: int) -> None:
    assert found(typed)[0] == place


def test_two_villages_of_one_name_are_both_offered() -> None:
    assert sorted(found("Акбулак")) == [9, 10]


@pytest.mark.parametrize("typed", ["", "   ", "Астрахань-17", "😀", "x" * 4000])
def test_what_is_like_no_place_finds_none(typed: str) -> None:
    assert found(typed) == []


def test_kazakh_letters_are_compared_as_their_neighbours() -> None:
    assert folded("Ақбұлақ ауылы") == "акбулак"


def test_the_nearest_place_comes_first() -> None:
    points = [(2, 43.30, 68.27), (3, 43.52, 68.51), (8, 42.99, 69.36)]

    assert nearest(points, 43.50, 68.50) == [3, 2, 8]


def test_a_degree_of_longitude_is_shorter_in_the_north() -> None:
    points = [(1, 60.0, 31.5), (2, 61.0, 30.0)]

    assert nearest(points, 60.0, 30.0) == [1, 2]
