import pytest

from bot.flows.names import full, short


def test_a_full_name_begins_with_the_surname() -> None:
    assert full("Алдабеков", "Сәкен", "Ерланұлы") == "Алдабеков Сәкен Ерланұлы"


def test_what_is_unknown_leaves_no_gap() -> None:
    assert (full("Алдабеков", "Сәкен"), full("", "Сәкен"), full(" ", "")) == ("Алдабеков Сәкен", "Сәкен", "")


@pytest.mark.parametrize(
    ("name", "surname", "said"),
    [
        ("Інжу", "Алдабекова", "Інжу А."),
        ("Айару", "әбенова", "Айару Ә."),
        ("Інжу", "", "Інжу"),
        ("", "Алдабекова", "А."),
        (" ", " ", ""),
    ],
)
def test_a_short_name_gives_only_the_first_letter_of_the_surname_away(
    name: str, surname: str, said: str
) -> None:
    assert short(name, surname) == said
