import pytest

from domain.errors import ReviewFault, ReviewRefused
from domain.review import LONGEST_TEXT, review_text, stars


def fault_of(typed: str) -> ReviewFault:
    with pytest.raises(ReviewRefused) as refused:
        review_text(typed)
    return refused.value.fault


def test_a_text_is_kept_as_it_was_meant() -> None:
    assert review_text("  Жақсы   балабақша.  \n\n\n\n\nРахмет! \n") == "Жақсы балабақша.\n\nРахмет!"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "<b>Өте</b> жақсы & <script>alert(1)</script>",
        "Тәрбиешілер 5.Бәрі жақсы",
        "Топта 25 бала, 2 тәрбиеші, 08:00–18:30, айына 25 000 теңге",
        "Жақсы 👍👍👍",
        "Почта: спросите на входе",
    ],
)
def test_what_parents_say_is_taken(typed: str) -> None:
    assert review_text(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    [
        "Қараңыз: https://example.kz/x",
        "HTTP://EXAMPLE.COM",
        "www.example.kz",
        "біздің сайт example.kz",
        "t.me/somebody",
        "жазыңыз @somebody",
        "somebody@mail.ru",
        "наш сайт садик.рф",
    ],
)
def test_a_link_is_refused(typed: str) -> None:
    assert fault_of(typed) is ReviewFault.LINK


@pytest.mark.parametrize(
    "typed",
    ["Тел. +7 701 555 00 00", "8(701)555-00-00 нөміріне", "ЖСН 180101500123", "8.701.555.00.00 қоңырау"],
)
def test_a_number_to_call_or_to_be_known_by_is_refused(typed: str) -> None:
    assert fault_of(typed) is ReviewFault.NUMBER


@pytest.mark.parametrize("typed", ["!!!", "5/5", "★★★★★", "😀"])
def test_signs_alone_are_no_words(typed: str) -> None:
    assert fault_of(typed) is ReviewFault.NO_WORDS


def test_the_longest_text_is_taken_and_one_more_is_not() -> None:
    assert len(review_text("ә" * LONGEST_TEXT)) == LONGEST_TEXT
    with pytest.raises(ReviewRefused) as refused:
        review_text("ә" * (LONGEST_TEXT + 1))
    assert refused.value == ReviewRefused(ReviewFault.TOO_LONG, length=1001, longest=1000)


def test_stars_are_one_to_five() -> None:
    assert [stars(number) for number in (1, 5)] == [1, 5]
    for number in (-1, 0, 6):
        with pytest.raises(ReviewRefused) as refused:
            stars(number)
        assert refused.value.fault is ReviewFault.STARS
