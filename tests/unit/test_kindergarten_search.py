import pytest

from bot.flows.kindergartens.labels import labels_of, own_name
from bot.flows.kindergartens.numbers import decimal, distance
from bot.flows.kindergartens.search import named_like
from bot.texts import texts_in
from domain.spelling import essence
from storage.kindergartens import Listed

NAMES = (
    '"Әлия" бөбекжай-балабақшасы',
    '"Бал дәурен" балабақшасы',
    "№ 1 бөбекжай",
    "№ 11 бөбекжай",
    "№ 12 бөбекжай",
    '"Ақбота" балабақшасы',
    '"Ақбұлақ" балабақшасы',
    "Ай",
)
SOUGHT = {number: essence(name) for number, name in enumerate(NAMES)}


def found(typed: str) -> list[str]:
    return [NAMES[each] for each in named_like(SOUGHT, typed)]


@pytest.mark.parametrize(
    "typed", ["дәурен", "даурен", "Dauren", "дауран", "бал даурен", "Балдаурен", "дәурен б"]
)
def test_a_part_of_a_name_is_enough(typed: str) -> None:
    assert found(typed)[0] == '"Бал дәурен" балабақшасы'


@pytest.mark.parametrize(
    ("typed", "first"), [("1", "№ 1 бөбекжай"), ("№11", "№ 11 бөбекжай"), ("12", "№ 12 бөбекжай")]
)
def test_numbers_lead_to_their_own(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_what_is_clearly_behind_a_sure_one_is_left_out() -> None:
    assert found("Ақбота") == ['"Ақбота" балабақшасы']


def test_a_short_name_is_found_by_itself_and_in_no_longer_one() -> None:
    assert found("ай") == ["Ай"]


@pytest.mark.parametrize("typed", ["", " ", "№", "балабақшаларымыз", "😀", "x" * 100_000, "щщщщ"])
def test_what_is_like_none_finds_none(typed: str) -> None:
    assert found(typed) == []


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "10 m"),
        (4, "10 m"),
        (94, "90 m"),
        (994, "990 m"),
        (995, "1.0 km"),
        (1_000, "1.0 km"),
        (1_249, "1.2 km"),
        (9_940, "9.9 km"),
        (9_960, "10 km"),
        (10_400, "10 km"),
        (701_800, "702 km"),
    ],
)
def test_a_distance_is_said_as_people_say_it(metres: float, said: str) -> None:
    assert distance(texts_in("en"), metres) == said


def test_the_comma_is_that_of_the_language() -> None:
    assert [decimal(texts_in(language), 4.55) for language in ("kk", "ru", "en")] == ["4,5", "4,5", "4.5"]
    assert distance(texts_in("ru"), 1_234) == "1,2 км"


def listed(*names: str) -> list[Listed]:
    return [Listed(number, name, None) for number, name in enumerate(names)]


def test_labels_are_short_and_no_two_alike() -> None:
    long = '"Алтын бесік балалар бақшасы № 1"'
    labels = labels_of(listed('"Әлия" бөбекжай', "«Әлия» балабақшасы", long, "Ай", '"" x', '" " y'))

    assert labels[:4] == ["1. Әлия", "2. Әлия", "Алтын бесік балалар…", "Ай"]
    assert len(set(labels)) == 6
    assert all(0 < len(label) <= 20 for label in labels)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ('"Әлия" бөбекжай', "Әлия"),
        ("«Аққу»", "Аққу"),
        ("“Ай” бақша", "Ай"),
        ("№ 12", "№ 12"),
        ('5" экран', '5" экран'),
    ],
)
def test_the_own_part_of_a_name_is_what_stands_in_quotes(name: str, own: str) -> None:
    assert own_name(name) == own
