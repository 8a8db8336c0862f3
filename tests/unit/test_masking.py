import pytest

from bot.conversation.masking import masked, without
from bot.conversation.reply import Sensitivity


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("170914500123", "••••••23"),
        ("ЖСН 170914 500 123, көмектесіңізші", "ЖСН ••••••23, көмектесіңізші"),
        ("+7 701 555 01 01", "••••••01"),
        ("8 (701) 555-01-01", "••••••01"),
        ("8.701.555.01.01", "••••••01"),
        ("1709    1450    0123", "••••••23"),
        ("1709‑1450‑0123", "••••••23"),
        ("1709−1450−0123", "••••••23"),
        ("1709 \n\n 1450\u00a0-\u00a0-\u00a00123", "••••••23"),
        ("170914.500123", "••••••23"),
        ("код 123456", "код ••••••"),
        ("123 456", "••••••"),
        ("код:123456, SMS.123-456:", "код:••••••, SMS.••••••:"),
        ("16:123456 1.123456", "16:123456 1.123456"),
        ("пишите на aigul.test@example.kz", "пишите на ••••••kz"),
        ("Өтініш 7000391", "Өтініш 7000391"),
        ("26.06.2019 16:20", "26.06.2019 16:20"),
        ("орын 391", "орын 391"),
        ("12345", "12345"),
    ],
)
def test_what_names_a_person_is_masked_wherever_it_is_said(said: str, logged: str) -> None:
    assert masked(said) == logged


def test_a_personal_answer_keeps_its_last_two_characters_only() -> None:
    assert masked("Абай көшесі 12", Sensitivity.PERSONAL) == "••••••12"


def test_a_short_personal_answer_keeps_nothing() -> None:
    assert masked("Айша", Sensitivity.PERSONAL) == "••••••"


def test_a_secret_leaves_not_even_its_length() -> None:
    assert masked("парольпароль", Sensitivity.SECRET) == masked("123456", Sensitivity.SECRET)


def test_names_that_a_screen_of_ours_shows_are_masked_in_its_copy() -> None:
    copy = without("Айару: орын 391. Айару Нұр", frozenset({"Айару"}))

    assert copy == "•••: орын 391. ••• Нұр"


def test_an_iin_in_a_screen_of_ours_is_masked_unasked() -> None:
    assert without("170914500123", frozenset()) == "••••••23"
