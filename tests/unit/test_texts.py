"""A number stays on the line of its sign, in every language and wherever a text is put together."""

import ast

import pytest
from babel.messages.pofile import read_po

from bot.texts import CATALOGUES, LANGUAGES, NUMBER_SIGN, texts_in
from tests.guards.asked_texts import BOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_a_number_with_its_sign(language: str) -> None:
    t = texts_in(language)
    with (CATALOGUES / language / "LC_MESSAGES" / "kezek.po").open("rb") as file:
        asked = [each.id for each in read_po(file, locale=language) if each.id]
    told = [
        t(each) if isinstance(each, str) else t.many(each[0], each[1], 2)
        for each in asked
        if "№" in str(each)
    ]

    assert len(told) > 20
    assert [each for each in told if "№ " in each] == []
    assert all(NUMBER_SIGN in each for each in told)


def test_no_text_that_is_put_together_has_a_plain_space_after_the_sign() -> None:
    plain = [
        f"{path.relative_to(BOT)}:{node.lineno}"
        for path in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant) and str(part.value).endswith("№ ")
    ]
    pages = [path.name for path in BOT.rglob("*.html") if "№ {{" in path.read_text(encoding="utf-8")]

    assert (plain, pages) == ([], [])
