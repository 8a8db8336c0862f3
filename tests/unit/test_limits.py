import pytest

from bot.conversation.limits import PROFILES, TELEGRAM, WHATSAPP, Limits, faults
from bot.conversation.reply import Button, Screen


def a_screen(*labels: str, text: str = "text") -> Screen:
    return Screen(text, rows=tuple((Button(label, "menu"),) for label in labels))


@pytest.mark.parametrize("limits", PROFILES.values(), ids=PROFILES)
def test_a_text_as_long_as_allowed_has_no_fault_and_one_character_more_has_one(limits: Limits) -> None:
    longest = Screen("x" * limits.plain_text)

    assert list(faults(longest, limits)) == []
    assert list(faults(Screen("x" * (limits.plain_text + 1)), limits)) == [
        f"{limits.plain_text + 1} characters of text, {limits.plain_text} allowed"
    ]


def test_a_title_counts_with_the_line_between_it_and_the_text() -> None:
    screen = Screen("x" * (TELEGRAM.plain_text - 7), title="title")

    assert list(faults(screen, TELEGRAM)) == []
    assert len(list(faults(Screen(screen.text + "x", title="title"), TELEGRAM))) == 1


def test_three_buttons_of_whatsapp_have_twenty_characters_each() -> None:
    assert list(faults(a_screen("x" * 20, "b", "c"), WHATSAPP)) == []
    assert list(faults(a_screen("x" * 21, "b", "c"), WHATSAPP)) == [
        f"a label of 21 characters, 20 allowed: {'x' * 21}"
    ]


def test_four_buttons_of_whatsapp_are_a_list_with_longer_rows_and_text() -> None:
    screen = a_screen("x" * 24, "b", "c", "d", text="y" * 1025)

    assert list(faults(screen, WHATSAPP)) == []


def test_whatsapp_shows_ten_rows_and_no_more() -> None:
    assert list(faults(a_screen(*"0123456789"), WHATSAPP)) == []
    assert list(faults(a_screen(*"0123456789x"), WHATSAPP)) == ["11 buttons, 10 allowed"]


def test_an_empty_message_is_a_fault_everywhere() -> None:
    assert [list(faults(Screen(" "), limits)) for limits in PROFILES.values()] == [
        ["a message without text"]
    ] * len(PROFILES)


def test_an_action_over_64_bytes_cannot_even_be_made() -> None:
    Button("ok", "x" * 64)

    with pytest.raises(ValueError, match="64 bytes"):
        Button("too long", "ә" * 33)
