import pytest

from bot.conversation.cleaning import cleaned


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Қайырлы күн", "Қайырлы күн"),
        ("a\x00b\x07c", "abc"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u202eexe.iin\u202c", "exe.iin"),
        ("\u2066hidden\u2069", "hidden"),
        ("مرحبا", "مرحبا"),
        ("👩‍👧‍👦 ❤️", "👩‍👧‍👦 ❤️"),
        ("half a pair \ud83d", "half a pair "),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_control_and_direction_characters_go_and_everything_else_stays(sent: str, kept: str) -> None:
    assert cleaned(sent) == kept
