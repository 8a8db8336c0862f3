import pytest

from domain.spelling import essence, folded, sounded


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("Ақбөбек", "акбобек"), ("ӘҒҚҢӨҰҮҺІЁ", "агкноуухие"), ("Жұлдызша", "жулдызша"), ("Kids", "kids")],
)
def test_kazakh_letters_are_written_as_their_neighbours(typed: str, compared: str) -> None:
    assert folded(typed) == compared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Әлия", "Алия"),
        ("Әлия", "aliya"),
        ("Әлия", "ALIA"),
        ("Аққу", "Aqqu"),
        ("Аққу", "akku"),
        ("Жұлдыз", "zhuldyz"),
        ("Жұлдыз", "juldız"),
        ("Ханзада", "Khanzada"),
        ("Ақжелек", "aqjelek"),
        ("Шұғыла", "şuğyla"),
        ("Ёлочка", "елочка"),
        ("Ёлочка", "Е\u0308лочка"),
        ("Қуаныш", "Quanysh"),
        ("Ай", "Ai"),
    ],
)
def test_one_name_sounds_the_same_in_every_alphabet(one: str, other: str) -> None:
    assert sounded(one) == sounded(other) != ""


def test_signs_are_not_heard_and_numbers_stay_what_they_are() -> None:
    assert sounded(' «Бал-Дәурен»  №11, "2" ') == "bal dauren 11 2"
    assert sounded("№ – ★ 😀") == ""


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ('"Әлия" бөбекжай-балабақшасы', "alia"),
        ("Детский сад «Алия»", "alia"),
        ('"Керемет" бастауыш мектеп-балабақша кешені', "keremet"),
        ("№ 12 бөбекжай", "12"),
        ("Балабақша", "balabaksha"),
        ("", ""),
    ],
)
def test_of_a_name_what_all_have_tells_none_from_another(name: str, own: str) -> None:
    assert essence(name) == own
