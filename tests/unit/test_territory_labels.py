from bot.flows.territory_labels import labels_of
from domain.territory import Territory, TerritoryKind, Tree

REGION, VILLAGE = TerritoryKind.REGION, TerritoryKind.VILLAGE
TREE = Tree(
    [
        Territory(1, None, REGION, {"kk": "Түркістан облысы", "ru": "Туркестанская область"}),
        Territory(2, None, REGION, {"kk": "Қарағанды облысы", "ru": "Карагандинская область"}),
        Territory(3, 1, VILLAGE, {"kk": "Ақбұлақ", "ru": "Акбулак"}),
        Territory(4, 2, VILLAGE, {"kk": "Ақбұлақ", "ru": "Акбулак"}),
        Territory(5, 1, VILLAGE, {"kk": "Алғабас-Жаңаталап-Бірлік", "ru": "Алгабас-Жанаталап-Бирлик"}),
    ]
)


def test_a_name_that_fits_stands_as_it_is() -> None:
    assert labels_of(TREE, [1], "kk") == ["Түркістан облысы"]


def test_in_a_name_that_is_too_long_the_kind_of_place_is_abbreviated() -> None:
    assert labels_of(TREE, [1, 2], "ru") == ["Туркестанская обл.", "Карагандинская обл."]


def test_a_name_that_is_still_too_long_is_cut() -> None:
    assert labels_of(TREE, [5], "ru") == ["Алгабас-Жанаталап-Б…"]


def test_two_places_of_one_name_say_what_they_lie_in() -> None:
    assert labels_of(TREE, [3, 4], "kk") == ["Ақбұлақ · Түркістан…", "Ақбұлақ · Қарағанды…"]
