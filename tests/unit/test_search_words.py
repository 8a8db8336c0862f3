"""Words that are looked for: as people type them, marked where they are found."""

import pytest

from domain.search_words import MOST_WORDS, Part, is_found, parts_of, sought_in, words_of


def test_a_text_is_the_words_in_it_each_once() -> None:
    assert words_of("Балабақша, балабақша! №17 — «Күн»_2") == ["балабакша", "17", "кун", "2"]


@pytest.mark.parametrize("typed", ["Балабақша", "балабакша", "БАЛАБАҚША", "балабак", "бал"])
def test_a_word_is_found_without_its_kazakh_letters_and_by_its_beginning(typed: str) -> None:
    [word] = words_of("балабақшаға")

    assert is_found(word, sought_in(typed))


@pytest.mark.parametrize("typed", ["ба", "алабақша", "балабақшалар", ""])
def test_other_words_are_not_found(typed: str) -> None:
    [word] = words_of("балабақшаға")

    assert not is_found(word, sought_in(typed))


def test_a_short_word_is_found_as_a_whole() -> None:
    assert is_found("17", sought_in("17"))
    assert not is_found("170", sought_in("17"))


def test_letters_typed_in_two_pieces_are_the_same() -> None:
    assert words_of("и\u0306од") == words_of("йод")


def test_only_so_many_words_are_looked_for() -> None:
    assert sought_in(" ".join(f"сөз{number}" for number in range(20))) == [
        f"соз{number}" for number in range(MOST_WORDS)
    ]


def test_found_words_are_marked() -> None:
    assert parts_of("Қай балабақшаға, балам?", sought_in("бала"), 80) == [
        Part("Қай ", found=False),
        Part("балабақшаға", found=True),
        Part(", ", found=False),
        Part("балам", found=True),
        Part("?", found=False),
    ]


def test_a_text_in_which_nothing_is_found_stands_from_its_beginning() -> None:
    assert parts_of("Сәлем", ["жолдама"], 80) == [Part("Сәлем", found=False)]


def test_a_long_text_is_cut_around_the_first_word_that_is_found() -> None:
    text = "әрі " * 100 + "жолдама " + "бері " * 100

    parts = parts_of(text, ["жолдама"], 20)

    assert [each.text for each in parts][:3] == ["…", "әрі " * 5, "жолдама"]
    assert parts[-1].text == "…"
    assert [each.text for each in parts if each.found] == ["жолдама"]
    assert sum(len(each.text) for each in parts) == 22 + len("жолдама" + " бері" * 7) - 2


def test_nothing_of_a_text_is_lost_or_added_where_it_is_short() -> None:
    text = "а" * 30 + ' <b>жолдама</b> & "соңы"'

    parts = parts_of(text, ["жолдама", "соны"], 80)

    assert "".join(each.text for each in parts) == text
